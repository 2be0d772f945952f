import { expect, test } from 'vitest';
import { createFacts } from '#lib/facts/create-facts.ts';
import { AGE_LIMITS_MS } from '#lib/model/status/age-limits.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { startLive } from '#lib/testing/start-live.ts';

test('a container that was read before its task, and is being stopped hours later, is forgotten when it is late', async () => {
  const clock = createFakeClock(30_000);
  const { facts, live } = startLive(clock, { facts: createFacts(clock.nowMs) });
  const causes = () => live.picture().services[0]?.findings.map(({ cause }) => cause);
  const service = buildService();
  const toContainer = (n: number) =>
    buildCheckedContainer({ status: 'healthy' }, { id: `c${n}`, taskId: `task-${n}` });
  facts.apply({ kind: 'managers', sources: [buildSource({ kind: 'manager' })] });
  facts.apply({ kind: 'nodes', nodes: [buildNode()] });
  facts.apply({ kind: 'services', services: [service], complete: true });
  facts.apply({ kind: 'engine', source: buildSource() });
  facts.apply({ kind: 'tasks', tasks: [], serviceIds: null });
  facts.apply({ kind: 'containers', nodeId: 'node-1', containers: [toContainer(1)] });
  await clock.advance(1_000);
  const first = buildTask({ containerId: 'c1' });
  facts.apply({ kind: 'tasks', tasks: [first], serviceIds: null });
  await clock.advance(2 * 3_600_000);
  expect(causes()).toEqual([]);

  const nowMs = clock.nowMs();
  const times = { createdAtMs: nowMs, stateAtMs: nowMs, updatedAtMs: nowMs };
  const stopped = { ...first, ...times, state: 'shutdown', desiredState: 'shutdown' } as const;
  const second = buildTask({ id: 'task-2', containerId: 'c2', ...times });
  facts.apply({ kind: 'containers', nodeId: 'node-1', containers: [toContainer(1), toContainer(2)] });
  facts.apply({ kind: 'tasks', tasks: [stopped, second], serviceIds: null });
  await clock.advance(service.stopGraceMs + AGE_LIMITS_MS.stopping - 1_000);
  expect(causes()).toEqual([]);
  await clock.advance(3_000);
  expect(causes()).toEqual(['container-forgotten']);
});
