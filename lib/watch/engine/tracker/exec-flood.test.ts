import { expect, it } from 'vitest';
import type { EngineEvent } from '#lib/engine/port.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import { createEngineWatch } from '#lib/watch/engine/create-engine-watch.ts';
import { createReadBudget } from '#lib/watch/engine/create-read-budget.ts';
import { createSharedTurns } from '#lib/watch/engine/create-shared-turns.ts';

/** Ten thousand containers that are probed each 30 s leave some 2,000 reads a minute; a command each 5 ms would leave 1,000. */
const CONTAINERS = 10_000;
const INTERVAL_MS = 10_000;

/** Probes of ten containers pass each 10 s, while somebody runs commands in one of them. @returns the starts of all that were read */
async function watchFor(minutes: number, exitCode: number | null) {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock);
  const seen = new Map<string, Set<number>>();
  const failing = new Set<string>();
  let counted = 0;
  const budget = createReadBudget(clock, () => CONTAINERS);
  for (let each = 0; each < 10; each += 1) {
    const id = `c${each}`;
    const container = buildCheckedContainer(
      {},
      { id, taskId: `t${each}` },
      { intervalMs: INTERVAL_MS, retries: 3 },
    );
    engine.containers.set(id, { ...container, startedAtMs: clock.nowMs() - 60_000 });
  }
  createEngineWatch({
    client: engine.client,
    clock,
    pace: {
      budget: { ...budget, countEvent: () => (counted += 1) },
      turns: createSharedTurns(clock),
      syncs: createSemaphore(1),
      openings: createSemaphore(32),
      containers: () => CONTAINERS,
    },
    emit(observation) {
      if (observation.kind !== 'container') return;
      const { id, health } = observation.container;
      if (health?.status !== 'healthy' || health.failingStreak > 0) failing.add(id);
      const starts = seen.get(id) ?? new Set();
      for (const probe of health?.probes ?? []) starts.add(probe.startedAtMs);
      seen.set(id, starts);
    },
  });
  await clock.advance(5);
  const exec = (id: string, code: number): EngineEvent => {
    const atMs = clock.nowMs();
    return {
      kind: 'exec-die',
      containerId: id,
      taskId: `t${id.slice(1)}`,
      exitCode: code,
      atMs,
      engineAtMs: atMs,
    };
  };
  let made = 0;
  for (let tick = 0; tick < minutes * 600; tick += 1) {
    const nowMs = clock.nowMs();
    for (const [id, container] of engine.containers) {
      if (tick % 100 !== Number(id.slice(1)) * 10 || container.health === null) continue;
      const probe = buildProbe({ startedAtMs: nowMs - 20, endedAtMs: nowMs, exitCode: 0, durationMs: 20 });
      const probes = [...container.health.probes, probe].slice(-5);
      engine.containers.set(id, { ...container, health: { ...container.health, probes } });
      engine.emit(exec(id, 0));
      if (tick < (minutes - 1) * 600) made += 1;
    }
    if (exitCode !== null) for (let each = 0; each < 20; each += 1) engine.emit(exec('c3', exitCode));
    await clock.advance(100);
  }
  const read = [...seen.values()].reduce((sum, starts) => sum + starts.size, 0);
  return { made, read, counted, failing: [...failing], inspects: engine.counts.inspectContainer ?? 0 };
}

it.each([0, 1])('commands that end with %i, 12,000 a minute, cost the others no probe', async (exitCode) => {
  const calm = await watchFor(4, null);
  const flooded = await watchFor(4, exitCode);
  expect(flooded.read).toBeGreaterThanOrEqual(flooded.made);
  expect(flooded.failing).toEqual([]);
  expect(flooded.counted).toBeLessThan(calm.counted * 1.2);
  // One container is read twice a second at most.
  expect(flooded.inspects - calm.inspects).toBeLessThan(4 * 60 * 2 + 60);
});
