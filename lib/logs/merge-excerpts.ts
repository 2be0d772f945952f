import type { LogLine } from '#lib/model/docker/log-line.ts';
import type { LogExcerpt } from './create-logs.ts';

/** A line of one of several logs. */
export type MergedLine = LogLine & { taskId: string };

/** What a line takes in JSON besides its text, about. */
const LINE_BYTES = 120;

/**
 * The lines of several logs by time, the newest of them in so many bytes of JSON: an answer is made in one turn of the
 * thread. `leftOut` is how many older ones were left out.
 */
export function mergeExcerpts(
  excerpts: readonly LogExcerpt[],
  maxBytes: number,
): { lines: MergedLine[]; leftOut: number } {
  const all = excerpts
    .flatMap(({ target: { taskId }, lines }) => lines.map((line) => ({ taskId, ...line })))
    .sort((a, b) => a.atMs - b.atMs);
  let first = all.length;
  let bytes = 0;
  for (; first > 0; first -= 1) {
    // As it is written: a control character takes six.
    bytes += LINE_BYTES + Buffer.byteLength(JSON.stringify(all[first - 1]?.text ?? ''));
    if (bytes > maxBytes) break;
  }
  return { lines: first === 0 ? all : all.slice(first), leftOut: first };
}
