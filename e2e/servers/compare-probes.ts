import { createPostgresDatabase } from '#lib/history/postgres/create-postgres-database.ts';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';
import type { ProbeRow } from '#lib/history/store/codec/encode-probes.ts';
import { createProbeTable } from '#lib/history/store/create-probe-table.ts';
import { CONNECTION_FILE } from '#lib/testing/start-postgres.ts';

/** An engine's clock is measured by each server: on ours a probe is the same to this. */
const SAME_MS = 20;

/**
 * What was shown, and what the database has of it now.
 * @param shown probes: `task start`, epoch milliseconds
 */
export function compareProbes(
  address: PostgresAddress,
  shown: ReadonlySet<string>,
): { shown: number; missed: string[]; doubles: string[] } {
  const nowMs = Date.now();
  const kept = { address, connectionFile: CONNECTION_FILE, maxAgeDays: 8, connectWithinMs: 10_000 };
  const db = createPostgresDatabase({ ...kept, nowMs: () => nowMs, role: 'reader' });
  const table = createProbeTable(db);
  const tasks = db.prepare('SELECT n, id FROM tasks').all();
  const probes = new Map(
    tasks.map(({ n, id }) => [String(id), table.read(Number(n), 0, Number.MAX_SAFE_INTEGER)]),
  );
  db.close();
  const atMs = ({ startMs, skewMs }: ProbeRow) => startMs - skewMs;
  const missed = [...shown].filter((key) => {
    const [taskId = '', startedAtMs] = key.split(' ');
    return !probes.get(taskId)?.some((one) => Math.abs(atMs(one) - Number(startedAtMs)) < SAME_MS);
  });
  const doubles = [...probes].flatMap(([taskId, all]) => {
    const byStart = all.toSorted((a, b) => a.startMs - b.startMs);
    return byStart.flatMap((one, at) => {
      const before = byStart[at - 1];
      // By the engine's own clock: a demo may probe twice within some milliseconds.
      if (before === undefined || one.startMs !== before.startMs) return [];
      return [`${taskId} ${one.startMs}-${one.skewMs} ${before.startMs}-${before.skewMs}`];
    });
  });
  return {
    shown: shown.size,
    missed: missed.map((key) => `${key} (${toNearest(probes, key)})`),
    doubles,
  };
}

/** How far from it the nearest of its task is, for whoever looks for a cause. */
function toNearest(probes: ReadonlyMap<string, ProbeRow[]>, key: string): string {
  const [taskId = '', startedAtMs] = key.split(' ');
  const gaps = (probes.get(taskId) ?? []).map(
    ({ startMs, skewMs }) => startMs - skewMs - Number(startedAtMs),
  );
  const nearest = gaps.sort((a, b) => Math.abs(a) - Math.abs(b))[0];
  return `${new Date(Number(startedAtMs)).toISOString()}, of ${gaps.length} the nearest is ${nearest} ms off`;
}
