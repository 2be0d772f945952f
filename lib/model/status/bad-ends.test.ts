import { expect, test } from 'vitest';
import type { Task } from '#lib/model/docker/task.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { wasNeverHealthy } from './bad-ends.ts';

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
