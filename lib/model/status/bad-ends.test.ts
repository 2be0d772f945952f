import { expect, test } from 'vitest';
import type { Task } from '#lib/model/docker/task.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { hasEndedBadly, wasNeverHealthy } from './bad-ends.ts';

const polite: Partial<Task> = { state: 'complete', message: 'finished' };

test.each<[situation: string, never: boolean, task: Partial<Task>, exitCodes: number[]]>([
  ['failed while it started', true, { state: 'failed', message: 'starting' }, [1, 1]],
  ['failed after it had started', false, { state: 'failed', message: 'started' }, [1, 1]],
  ['left with exit 0, and no probe ever passed', true, polite, [1, 1]],
  ['left with exit 0, and a probe had passed', false, polite, [0, 1, 1]],
  ['left with exit 0, and its first probes are forgotten', false, polite, [1, 1, 1, 1, 1]],
  ['left with exit 0, and no probe is known', false, polite, []],
])('%s', (_situation, never, task, exitCodes) => {
  const probes = exitCodes.map((exitCode, i) => buildProbe({ exitCode, startedAtMs: 11_000 + i * 1_000 }));
  const container = buildCheckedContainer({ status: 'unhealthy', probes }, { state: 'exited', exitCode: 0 });
  expect(wasNeverHealthy({ task: buildTask(task), container })).toBe(never);
});

const PORT = { mode: 'ingress', published: 80, target: 80, protocol: 'tcp' } as const;

test.each([
  ['alone, and nobody is sent to it', false, { ports: [] }, false, 900_000],
  ['alone, and it publishes a port', true, { ports: [PORT] }, false, 30_000],
  ['a minute ago, and another replica runs', false, { ports: [] }, true, 80_000],
  ['a quarter of an hour ago, and another replica runs on', true, { ports: [] }, true, 920_000],
] as const)('a replica that may end ended with 0 %s', (_, isBad, { ports }, sisterRuns, nowMs) => {
  const service = buildService({
    restart: { condition: 'on-failure', delayMs: 5_000, maxAttempts: null, windowMs: null },
    ports,
  });
  const task = buildTask({ ...polite, desiredState: 'shutdown', stateAtMs: 20_000 });
  expect(hasEndedBadly(buildReplicaFacts({ service, task, sisterRuns, nowMs }), null)).toBe(isBad);
});
