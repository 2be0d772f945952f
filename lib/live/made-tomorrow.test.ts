import { expect, test } from 'vitest';
import { createFacts } from '#lib/facts/create-facts.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { startLive } from '#lib/testing/start-live.ts';

const HOUR_MS = 3_600_000;

test.each([
  ['right', -2 * HOUR_MS],
  ['3 h ahead', 3 * HOUR_MS],
])(
  'a replica that failed for good is down, by whatever clock the completed task before was made: %s',
  (_, madeMs) => {
    const clock = createFakeClock(100 * HOUR_MS);
    const { facts, live } = startLive(clock, { facts: createFacts(clock.nowMs) });
    const restart = { ...buildService().restart, condition: 'none' as const };
    const end = (id: string, byMs: number, how: Partial<Task>) => {
      const atMs = clock.nowMs() + byMs;
      const times = { createdAtMs: atMs, updatedAtMs: atMs, stateAtMs: atMs };
      return buildTask({ id, ...times, desiredState: 'shutdown', ...how });
    };
    facts.apply({ kind: 'managers', sources: [buildSource({ kind: 'manager' })] });
    facts.apply({ kind: 'nodes', nodes: [buildNode()] });
    facts.apply({ kind: 'services', services: [buildService({ restart })], complete: true });
    facts.apply({ kind: 'engine', source: buildSource() });
    const old = end('old', madeMs, { state: 'complete', exitCode: 0, versionIndex: 210 });
    const last = end('last', -HOUR_MS, { state: 'failed', exitCode: 3, versionIndex: 220 });
    facts.apply({ kind: 'tasks', tasks: [old, last], serviceIds: null });
    expect(live.picture().services[0]).toMatchObject({ verdict: 'down', replicas: [{ status: 'failed' }] });
  },
);
