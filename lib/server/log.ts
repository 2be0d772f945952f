import { maskText } from '#lib/model/text/masking/mask-text.ts';
import { toVisibleText } from '#lib/model/text/show-hidden.ts';

export type LogLevel = 'info' | 'warn' | 'error';

const MAX_CHARS = 8_192;

/**
 * The only writer to the console: one line an entry, time first. What others wrote (an engine's error, an address) is in
 * it without secrets and control characters, and a line break in it starts no entry.
 */
export function log(level: LogLevel, text: string): void {
  const shown = toVisibleText(maskText(text.slice(0, MAX_CHARS))).replaceAll('\n', '\n  ');
  const line = `${new Date().toISOString()} ${level} ${shown}`;
  if (level === 'info') console.info(line);
  else console.error(line);
}
