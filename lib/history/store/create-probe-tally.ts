import type { ProbeRow } from './codec/encode-probes.ts';
import type { Database, SqlRow } from './database.ts';

/** What a row is of: a quarter of a day. */
export const PART_MS = 21_600_000;

/** Of each service and quarter of a day: how many probes there were, how many failed, and the slowest of them. */
export interface ProbeTally {
  /** Probes of tasks, when they go from the journal into blocks. */
  add(tasks: readonly (readonly [task: number, rows: readonly ProbeRow[]])[]): void;
}

export function createProbeTally(db: Database): ProbeTally {
  const placeOf = db.prepare('SELECT service_id, key FROM tasks WHERE n = ?');
  const isSlower = 'excluded.slowest_ms > kept.slowest_ms';
  const put = db.prepare(
    `INSERT INTO probe_parts AS kept(part, service_id, probes, failed, slowest_ms, slowest_at_ms, slowest_key)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(part, service_id) DO UPDATE SET
      probes = kept.probes + excluded.probes, failed = kept.failed + excluded.failed,
      slowest_at_ms = CASE WHEN ${isSlower} THEN excluded.slowest_at_ms ELSE kept.slowest_at_ms END,
      slowest_key = CASE WHEN ${isSlower} THEN excluded.slowest_key ELSE kept.slowest_key END,
      slowest_ms = max(kept.slowest_ms, excluded.slowest_ms)`,
  );

  function addTask(place: SqlRow | undefined, rows: readonly ProbeRow[]): void {
    // Of a task whose service nobody has named yet.
    if (typeof place?.service_id !== 'string') return;
    for (const [part, ofPart] of Map.groupBy(rows, toPart)) {
      const slowest = ofPart.reduce((most, row) => (row.durationMs > most.durationMs ? row : most));
      const failed = ofPart.filter(({ exitCode }) => exitCode !== 0).length;
      const key = typeof place.key === 'string' ? place.key : null;
      const { durationMs } = slowest;
      put.run(part, place.service_id, ofPart.length, failed, durationMs, toStartMs(slowest), key);
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

const toPart = (row: ProbeRow) => Math.floor(toStartMs(row) / PART_MS);
const toStartMs = ({ startMs, skewMs }: ProbeRow) => startMs - skewMs;
