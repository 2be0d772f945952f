import type { ProbeRow } from './codec/encode-probes.ts';
import { DAY_MS } from './codec/encode-tally.ts';
import type { Database, SqlRow } from './database.ts';

/** What a row is of: a quarter of a day. */
export const PART_MS = 21_600_000;

/** Of each service and quarter of a day, and each day: how many probes there were, how many failed, and the slowest of them. */
export interface ProbeTally {
  /** Probes of tasks, when they go from the journal into blocks. */
  add(tasks: readonly (readonly [task: number, rows: readonly ProbeRow[]])[]): void;
}

export function createProbeTally(db: Database): ProbeTally {
  const placeOf = db.prepare('SELECT service_id, key FROM tasks WHERE n = ?');
  const parts = { lengthMs: PART_MS, put: db.prepare(toAdding('probe_parts', 'part')) };
  const days = { lengthMs: DAY_MS, put: db.prepare(toAdding('probe_days', 'day')) };

  function addTask(place: SqlRow | undefined, rows: readonly ProbeRow[]): void {
    // Of a task whose service nobody has named yet.
    if (typeof place?.service_id !== 'string') return;
    const key = typeof place.key === 'string' ? place.key : null;
    for (const { lengthMs, put } of [parts, days])
      for (const [at, of] of Map.groupBy(rows, (row) => Math.floor(toStartMs(row) / lengthMs))) {
        const slowest = of.reduce((most, row) => (row.durationMs > most.durationMs ? row : most));
        const failed = of.filter(({ exitCode }) => exitCode !== 0).length;
        put.run(at, place.service_id, of.length, failed, slowest.durationMs, toStartMs(slowest), key);
      }
  }

  return {
    add(tasks) {
      const places = db.getEach(
        placeOf,
        tasks.map(([task]) => [task]),
      );
      for (const [index, [, rows]] of tasks.entries()) addTask(places[index], rows);
    },
  };
}

function toAdding(table: string, column: string): string {
  const isSlower = 'excluded.slowest_ms > kept.slowest_ms';
  return `INSERT INTO ${table} AS kept(${column}, service_id, probes, failed, slowest_ms, slowest_at_ms, slowest_key)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(${column}, service_id) DO UPDATE SET
      probes = kept.probes + excluded.probes, failed = kept.failed + excluded.failed,
      slowest_at_ms = CASE WHEN ${isSlower} THEN excluded.slowest_at_ms ELSE kept.slowest_at_ms END,
      slowest_key = CASE WHEN ${isSlower} THEN excluded.slowest_key ELSE kept.slowest_key END,
      slowest_ms = max(kept.slowest_ms, excluded.slowest_ms)`;
}

const toStartMs = ({ startMs, skewMs }: ProbeRow) => startMs - skewMs;
