import type { LogLine } from '#lib/model/docker/log-line.ts';
import { plainLine } from '#lib/view/terminal/plain-line.ts';

/** A line of the download: time in UTC, replica, stream, text without colours and control characters. */
export function formatLogText({ atMs, stream, text, truncated }: LogLine, name: string): string {
  const at = new Date(Math.floor(atMs)).toISOString();
  return `${at} ${name} ${stream === 'stderr' ? 'err' : 'out'} ${plainLine(text)}${truncated ? ' …' : ''}\n`;
}
