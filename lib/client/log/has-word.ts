import type { LogEntry } from './log-entry.ts';

/** Whether a line has this word, given in lower case. */
export function hasWord(entry: LogEntry, word: string): boolean {
  return entry.kind === 'line' && entry.plain.toLowerCase().includes(word);
}
