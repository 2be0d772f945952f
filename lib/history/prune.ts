import type { DatabaseSync } from 'node:sqlite';
import { OUTPUT_USE_MS } from './create-output-table.ts';

const DAY_MS = 86_400_000;
/** Over its bound, it is brought this far below: else every round would have a little to do. */
const SPARE = 0.9;
const STEPS_MAX = 40;

/** Bytes in use, of those that the file has. */
export function measureBytes(db: DatabaseSync): number {
  const pragma = (name: string) => Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}

/** The oldest moment that something is kept of; `null`: nothing is. */
export function findOldest(db: DatabaseSync): number | null {
  const row = db
    .prepare(
      `SELECT min(at) AS at FROM (SELECT min(until_ms) AS at FROM probes UNION ALL SELECT min(until_ms) FROM spans
      UNION ALL SELECT min(at_ms) FROM events UNION ALL SELECT min(until_ms) FROM tasks)`,
    )
    .get();
  return row?.at == null ? null : Number(row.at);
}

/**
 * Keeps the history in its bounds: what ended before the oldest day that is kept goes, and while it is still too big
 * the oldest of the rest, in steps.
 */
export function prune(
  db: DatabaseSync,
  { maxAgeDays, maxBytes, nowMs }: { maxAgeDays: number; maxBytes: number; nowMs: number },
): void {
  removeBefore(db, nowMs - maxAgeDays * DAY_MS);
  if (measureBytes(db) <= maxBytes) return;
  for (let step = 0; step < STEPS_MAX && measureBytes(db) > maxBytes * SPARE; step++) {
    const oldestMs = findOldest(db);
    if (oldestMs === null) return;
    removeBefore(db, oldestMs + Math.max(1_000, (nowMs - oldestMs) / 20));
  }
  db.exec('PRAGMA incremental_vacuum(4096)');
}

function removeBefore(db: DatabaseSync, beforeMs: number): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.prepare('DELETE FROM probes WHERE until_ms < ?').run(beforeMs);
    db.prepare('DELETE FROM spans WHERE until_ms < ?').run(beforeMs);
    db.prepare('DELETE FROM events WHERE at_ms < ?').run(beforeMs);
    db.prepare('DELETE FROM tasks WHERE until_ms < ?').run(beforeMs);
    db.prepare('DELETE FROM tasks WHERE service_id IS NULL AND seen_ms < ?').run(beforeMs);
    db.prepare('DELETE FROM services WHERE gone_ms < ?').run(beforeMs);
    // A block of probes lasts an hour, and a use is noted once an hour.
    db.prepare('DELETE FROM outputs WHERE used_ms < ?').run(beforeMs - 3 * OUTPUT_USE_MS);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
