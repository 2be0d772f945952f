import type { DatabaseSync } from 'node:sqlite';
import type { Database } from './database.ts';

/** What SQLite cannot store of one record, it can of others: SQLITE_ERROR, TOOBIG, CONSTRAINT, MISMATCH, RANGE. */
const OF_RECORD = new Set([1, 18, 19, 20, 25]);

/** One file, or memory: the database of everybody who sets nothing up. */
export function createSqliteDatabase(db: DatabaseSync): Database {
  const pragma = (name: string) => Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);
  return {
    prepare: (sql) => db.prepare(sql),
    getEach: (statement, values) => values.map((one) => statement.get(...one)),
    allOfEach: (questions) => questions.map(([statement, ...values]) => statement.all(...values)),
    transact(act) {
      db.exec('BEGIN IMMEDIATE');
      try {
        act();
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    // Nobody else has its file.
    atOneMoment: (act) => act(),
    attempt(act) {
      try {
        act();
      } catch (error) {
        if (!isOfRecord(error)) throw error;
      }
      // What came before the statement that failed stays.
      return true;
    },
    // Of those that the file has.
    bytes: () => (pragma('page_count') - pragma('freelist_count')) * pragma('page_size'),
    isBounded: true,
    prepareBlocks() {},
    dropBlocks() {},
    singleBlocks: (table) => table,
    compact: () => db.exec('PRAGMA incremental_vacuum(1024)'),
    // SQLite itself would wait for a thousand pages, many minutes in a small swarm: what a power loss takes is since here.
    checkpoint: () => db.exec('PRAGMA wal_checkpoint(PASSIVE)'),
    close: () => db.close(),
  };
}

function isOfRecord(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode === undefined || OF_RECORD.has(errcode & 0xff);
}
