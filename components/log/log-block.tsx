import { memo } from 'react';
import type { LogBlock } from '#lib/client/log/log-entry.ts';
import { LogRow, type RowLooks } from './log-row.tsx';

/** Rows that the browser need not lay out while they are out of view. */
export const LogBlockRows = memo(function LogBlockRows({ block, ...looks }: RowLooks & { block: LogBlock }) {
  return (
    <div className="log-block" style={{ containIntrinsicBlockSize: `auto ${block.entries.length * 19}px` }}>
      {block.entries.map((entry) => (
        <LogRow key={entry.id} entry={entry} {...looks} />
      ))}
    </div>
  );
});
