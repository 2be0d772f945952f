import { hasWord } from './has-word.ts';
import type { LogBlock } from './log-entry.ts';

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
