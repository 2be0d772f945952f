import type { LogBlock, LogEntry } from './log-entry.ts';

/** The ids of the entries that have the query, oldest first. */
export function findLogMatches(blocks: readonly LogBlock[], query: string): number[] {
  if (query === '') return [];
  const needle = query.toLowerCase();
  return blocks.flatMap(({ entries }) =>
    entries.filter((entry) => hasWord(entry, needle)).map(({ id }) => id),
  );
}

export interface LogSelection {
  /** Replicas that are not shown. */
  hidden: ReadonlySet<string>;
  query: string;
  /** Show only the lines with the query. */
  onlyMatches: boolean;
}

const chosen = new WeakMap<LogBlock, { by: LogSelection; block: LogBlock }>();

/** The blocks with only what is to be shown; a block that was chosen from alike before is the same object again. */
export function selectLogBlocks(blocks: readonly LogBlock[], by: LogSelection): readonly LogBlock[] {
  const { hidden, query, onlyMatches } = by;
  const needle = onlyMatches ? query.toLowerCase() : '';
  if (hidden.size === 0 && needle === '') return blocks;
  return blocks
    .map((block) => {
      const known = chosen.get(block);
      if (known?.by === by) return known.block;
      const entries = block.entries.filter(
        (entry) => !hidden.has(entry.key) && (needle === '' || hasWord(entry, needle)),
      );
      const selected = { id: block.id, entries };
      chosen.set(block, { by, block: selected });
      return selected;
    })
    .filter(({ entries }) => entries.length > 0);
}

/** Whether a line has this word, given in lower case. */
function hasWord(entry: LogEntry, word: string): boolean {
  return entry.kind === 'line' && entry.plain.toLowerCase().includes(word);
}
