import type { BlockTableName, Database, Statement } from '#lib/history/store/database.ts';
import { BLOCK_TABLES, SCHEMA } from './schema.ts';

const DAY_MS = 86_400_000;
/** A block lasts so long. */
const BLOCK_MS = 3_600_000;
/** Ahead of us a day has a part as far as clocks are off. */
const DAYS_AHEAD = 2;

/** The parts of the tables of blocks, one for each day. */
export type BlockDays = Pick<Database, 'prepareBlocks' | 'dropBlocks'>;

export function createBlockDays(
  prepare: (sql: string) => Statement,
  exec: (sql: string) => void,
  { maxAgeDays, nowMs }: { maxAgeDays: number; nowMs(): number },
): BlockDays {
  const days = new Set<string>();
  const isThere = prepare('SELECT 1 FROM pg_class WHERE oid = to_regclass(?)');
  const list = prepare(
    'SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = to_regclass(?)',
  );
  for (const table of BLOCK_TABLES)
    for (const { relname } of list.all(`${SCHEMA}.${table}`)) days.add(String(relname));

  return {
    prepareBlocks(table, fromMs) {
      const startMs = Math.floor(fromMs / DAY_MS) * DAY_MS;
      const [endMs, leftMs] = [startMs + DAY_MS, nowMs() - fromMs];
      // An engine may tell of any year: it has no part of its own.
      if (leftMs > (maxAgeDays + 1) * DAY_MS || leftMs < -DAYS_AHEAD * DAY_MS) return;
      const name = toDayName(table, startMs);
      if (days.has(name)) return;
      days.add(name);
      const others = prepare(`SELECT 1 FROM ${table}_others WHERE from_ms >= ? AND from_ms < ? LIMIT 1`);
      // What was written while a clock was off stays where it is, and the rest of that day comes to it.
      if (others.get(startMs, endMs) !== undefined) return;
      const create = `CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES FROM (${startMs}) TO (${endMs})`;
      exec(toUnlocked(`${table}, ONLY ${table}_others`, create));
    },
    dropBlocks(table, beforeMs) {
      for (const name of days) {
        const startMs = toDayStart(table, name);
        if (startMs === null || startMs + DAY_MS + BLOCK_MS > beforeMs) continue;
        exec(toUnlocked(`${table}, ${name}`, `DROP TABLE ${name}`));
        if (isThere.get(`${SCHEMA}.${name}`) === undefined) days.delete(name);
      }
    },
  };
}

/**
 * Only if nobody has these tables: a backup reads them for hours, and others would wait behind us. Then a day's blocks are among the
 * others, and an old day goes later.
 */
function toUnlocked(tables: string, sql: string): string {
  return `DO $$ BEGIN LOCK TABLE ONLY ${tables} IN ACCESS EXCLUSIVE MODE NOWAIT; ${sql};
    EXCEPTION WHEN lock_not_available OR undefined_table THEN NULL; END $$`;
}

/** `probes_20260601` */
function toDayName(table: BlockTableName, startMs: number): string {
  return `${table}_${new Date(startMs).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

function toDayStart(table: BlockTableName, name: string): number | null {
  const [, year, month, day] = new RegExp(`^${table}_(\\d{4})(\\d\\d)(\\d\\d)$`).exec(name) ?? [];
  return day === undefined ? null : Date.UTC(Number(year), Number(month) - 1, Number(day));
}
