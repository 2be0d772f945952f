import type { UsagePoint } from '#lib/model/contract/usage.ts';
import { decodeUsage, encodeUsage } from './codec/encode-usage.ts';
import { type BlockTable, createBlockTable } from './create-block-table.ts';
import type { Database } from './database.ts';

/** What the containers of all tasks used. `task` is the row of the task. */
export type UsageTable = Pick<BlockTable<UsagePoint>, 'add' | 'read' | 'pack' | 'begin' | 'undo' | 'refresh'>;

export function createUsageTable(db: Database): UsageTable {
  return createBlockTable<UsagePoint>(db, {
    table: 'usage',
    journal: 'usage_journal',
    journalColumns: ['data'],
    toJournal: (point) => [encodeUsage([point])],
    fromJournal: ({ data }) => decodeUsage(data as Uint8Array),
    encode: encodeUsage,
    decode: decodeUsage,
    atMs: (point) => point.atMs,
    maxRows: 360,
  });
}
