import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createStore } from '#lib/history/store/create-store.ts';

// Half a second is promised of a server that is not kept from its work.
test.describe.configure({ lock: '-exclusive-' });

/** So many kills: `KILLS=20 npm run e2e -- history-kill` is the long version. */
const ROUNDS = Number(process.env.KILLS ?? 10);
/** What a kill may take. */
const PROMISED_MS = 500;
/** The same probe, after the engine's clock was measured again. */
const SAME_MS = 100;

interface Shown {
  taskId: string;
  startedAtMs: number;
  exitCode: number;
  /** When an answer had it. */
  atMs: number;
}

/** Looks at the picture until it is stopped: every probe that was shown, and when first. */
function watchProbes(vitals: VitalsServer) {
  const shown = new Map<string, Shown>();
  let ended = false;
  const done = (async () => {
    while (!ended) {
      const picture = await readSwarm(vitals).catch(() => null);
      const atMs = Date.now();
      for (const { taskId, health } of picture?.services.flatMap(({ replicas }) => replicas) ?? []) {
        const probe = health?.lastProbe ?? null;
        if (taskId === null || probe === null) continue;
        const key = `${taskId} ${probe.startedAtMs}`;
        const { startedAtMs, exitCode } = probe;
        if (!shown.has(key)) shown.set(key, { taskId, startedAtMs, exitCode, atMs });
      }
      await sleep(50);
    }
  })();
  return {
    shown: () => [...shown.values()],
    async end() {
      ended = true;
      await done;
    },
  };
}

test('a server is killed at any moment: every probe that was shown half a second before is in its history', async () => {
  test.setTimeout(400_000);
  const folder = mkdtempSync(join(tmpdir(), 'vitals-kill-'));
  const abort = new AbortController();
  const demo = await startDemoSwarm({ nodes: 5, services: 20, replicas: 200 }, abort.signal);
  const vitals = await startVitals({ ...demo.settings, VITALS_DATA: folder });
  const missed: string[] = [];
  let checked = 0;
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      const watch = watchProbes(vitals);
      await sleep(1_500 + Math.random() * 2_000);
      const killedAtMs = Date.now();
      await vitals.kill();
      await watch.end();
      const due = watch.shown().filter(({ atMs }) => atMs <= killedAtMs - PROMISED_MS);
      const path = join(folder, 'history.db');
      const store = createStore({ path, maxAgeDays: 8, maxBytes: 1e9, nowMs: Date.now() });
      const taskIds = [...new Set(due.map(({ taskId }) => taskId))];
      const kept = store.ask({ kind: 'probes', taskIds, limit: 60 });
      store.close();
      for (const { taskId, startedAtMs, exitCode, atMs } of due) {
        checked += 1;
        const found = kept[taskId]?.some(
          (one) => Math.abs(one.startedAtMs - startedAtMs) < SAME_MS && one.exitCode === exitCode,
        );
        if (!found) missed.push(`round ${round}: ${taskId}, shown ${killedAtMs - atMs} ms before`);
      }
      await vitals.start();
    }
    expect(missed).toEqual([]);
    expect(checked, 'probes that were compared').toBeGreaterThan(ROUNDS * 100);
  } finally {
    await vitals.kill();
    await demo.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
