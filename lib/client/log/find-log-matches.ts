import { hasWord } from './has-word.ts';
import type { LogBlock } from './log-entry.ts';

/** The ids of the entries that have the query, oldest first. */
export function findLogMatches(blocks: readonly LogBlock[], query: string): number[] {
  if (query === '') return [];
  const needle = query.toLowerCase();
  return blocks.flatMap(({ entries }) =>
    entries.filter((entry) => hasWord(entry, needle)).map(({ id }) => id),
  );
}
