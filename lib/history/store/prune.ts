import { DAY_MS, WEEK_MS } from './codec/encode-tally.ts';
import { OUTPUT_USE_MS } from './create-output-table.ts';
import { PART_MS } from './create-probe-tally.ts';
import type { Database } from './database.ts';

/** Over its bound, it is brought this far below: else every round would have a little to do. */
const SPARE = 0.9;
/** The oldest goes in slices of this part of the whole time. */
const STEPS = 100;

/** So much longer than the rest is kept what reports are made of: small, and of no use before it is old. */
const REPORTED_MS = 92 * DAY_MS;

interface Removal {
  sql: string;
  /** So much longer than the rest. */
  keptMs: number;
  /** The same where the history is over its size. */
  keptOverMs: number;
}

/** Each removes a few hundred rows at most. A block of probes lasts an hour, and a use of an output is noted once an hour. */
const listRemovals = (db: Database): Removal[] => [
  toRemoval(db.singleBlocks('probes'), '(task, from_ms)', 'task, from_ms', 'until_ms < ?'),
  toRemoval(db.singleBlocks('usage'), '(task, from_ms)', 'task, from_ms', 'until_ms < ?'),
  toRemoval('spans', 'n', 'n', 'until_ms < ?'),
  toRemoval('ports', 'n', 'n', 'until_ms < ?'),
  toRemoval('events', 'id', 'id', 'at_ms < ?'),
  toRemoval('incidents', 'n', 'n', 'until_ms < ?', REPORTED_MS, 0),
  toRemoval('runs', 'n', 'n', 'until_ms < ?'),
  toRemoval('tasks', 'n', 'n', 'until_ms < ?'),
  toRemoval('tasks', 'n', 'n', 'service_id IS NULL AND seen_ms < ?'),
  toRemoval('services', 'id', 'id', 'gone_ms < ?', REPORTED_MS),
  // A week ends when its last hour does.
  toRemoval(
    'tally_weeks',
    '(week, service_id)',
    'week, service_id',
    toEarlier('week', WEEK_MS),
    REPORTED_MS + WEEK_MS,
  ),
  toRemoval(
    'end_days',
    '(day, service_id, cause)',
    'day, service_id, cause',
    toEarlier('day', DAY_MS),
    REPORTED_MS + DAY_MS,
  ),
  toRemoval(
    'probe_parts',
    '(part, service_id)',
    'part, service_id',
    toEarlier('part', PART_MS),
    REPORTED_MS + PART_MS,
  ),
  toRemoval(
    'probe_days',
    '(day, service_id)',
    'day, service_id',
    toEarlier('day', DAY_MS),
    REPORTED_MS + DAY_MS,
  ),
  toRemoval('tally_now', 'service_id', 'service_id', 'state IS NULL AND from_ms < ?', REPORTED_MS),
  toRemoval('outputs', 'n', 'n', 'used_ms < ?', 3 * OUTPUT_USE_MS),
];

function toRemoval(
  table: string,
  key: string,
  columns: string,
  condition: string,
  keptMs = 0,
  keptOverMs = keptMs,
) {
  const some = `SELECT ${columns} FROM ${table} WHERE ${condition} LIMIT 200`;
  const sql = `DELETE FROM ${table} WHERE ${key} IN (${some}) RETURNING 1 AS removed`;
  return { sql, keptMs, keptOverMs };
}

/** Those that ended before, of stretches of this length that are counted from the epoch on. */
function toEarlier(column: string, lengthMs: number): string {
  return `${column} < (CAST(? AS BIGINT) + ${lengthMs - 1}) / ${lengthMs}`;
}

/** The oldest moment that something is kept of; `null`: nothing is. */
export function findOldest(db: Database): number | null {
  const row = db
    .prepare(
      `SELECT min(at) AS at FROM (SELECT min(until_ms) AS at FROM probes UNION ALL SELECT min(until_ms) FROM usage UNION ALL SELECT min(until_ms) FROM spans
      UNION ALL SELECT min(at_ms) FROM events UNION ALL SELECT min(until_ms) FROM tasks) AS oldest`,
    )
    .get();
  return row?.at == null ? null : Number(row.at);
}

/** Keeps the history in its bounds, a little at a time: whoever writes or asks waits no longer for it than one step. */
export interface Pruner {
  /**
   * What ended before the oldest day that is kept goes (what reports are made of, `REPORTED_MS` later), and while it is still
   * too big the oldest of the rest.
   *
   * @param agedMs the time by which it grows old (create-age-clock.ts)
   * @param withinMs so long, and one more step of some milliseconds
   * @returns whether there is nothing left to do
   */
  run(nowMs: number, agedMs: number, withinMs: number): boolean;
}

export function createPruner(
  db: Database,
  { maxAgeDays, maxBytes }: { maxAgeDays: number; maxBytes: number },
  /** Monotonic, in milliseconds. */
  steadyMs: () => number,
): Pruner {
  const removals = listRemovals(db).map(({ sql, ...kept }) => ({ statement: db.prepare(sql), ...kept }));
  const trimRuns = db.prepare('UPDATE runs SET from_ms = min(?, until_ms) WHERE from_ms < ?');
  let isShrinking = false;

  /** @returns whether nothing is left that ended before */
  function removeBefore(beforeMs: number, endMs: number, isOver: boolean): boolean {
    // Of what goes nobody may say that it was looked at, and that there was nothing.
    trimRuns.run(beforeMs, beforeMs);
    for (const table of ['probes', 'usage'] as const) db.dropBlocks(table, beforeMs);
    for (const { statement, keptMs, keptOverMs } of removals) {
      const keptFromMs = beforeMs - (isOver ? keptOverMs : keptMs);
      while (statement.all(keptFromMs).length > 0) if (steadyMs() > endMs) return false;
    }
    return true;
  }

  return {
    run(nowMs, agedMs, withinMs) {
      const endMs = steadyMs() + withinMs;
      if (!removeBefore(agedMs - maxAgeDays * DAY_MS, endMs, false)) return false;
      isShrinking ||= db.isBounded && db.bytes() > maxBytes;
      while (isShrinking && db.bytes() > maxBytes * SPARE) {
        const oldestMs = findOldest(db);
        if (oldestMs === null) break;
        // Whatever year a clock may say it is.
        const spanMs = Math.min(nowMs - oldestMs, maxAgeDays * DAY_MS);
        const cutMs = oldestMs + Math.max(1_000, spanMs / STEPS);
        if (!removeBefore(cutMs, endMs, true)) return false;
      }
      if (isShrinking) db.compact();
      isShrinking = false;
      return true;
    },
  };
}
