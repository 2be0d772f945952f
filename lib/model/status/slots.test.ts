import { expect, test } from 'vitest';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service, ServiceMode } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { selectSlots } from './slots.ts';

const nodes = new Map<string, SwarmNode>(
  [
    buildNode({ id: 'a', hostname: 'host-10' }),
    buildNode({ id: 'b', hostname: 'host-9' }),
    buildNode({ id: 'down', hostname: 'host-2', status: 'down' }),
    buildNode({ id: 'drained', hostname: 'host-3', availability: 'drain' }),
    buildNode({ id: 'drained-down', hostname: 'host-4', availability: 'drain', status: 'down' }),
    buildNode({ id: 'paused', hostname: 'host-5', availability: 'pause' }),
  ].map((node) => [node.id, node]),
);

let count = 0;
const task = (overrides: Partial<Task>): Task => {
  count++;
  return buildTask({ id: `t${count}`, createdAtMs: count, nodeId: 'a', ...overrides });
};
const onNode = (nodeId: string, overrides: Partial<Task> = {}) => task({ slot: null, nodeId, ...overrides });
const replicated = (replicas: number): ServiceMode => ({ kind: 'replicated', replicas });
const jobMode: ServiceMode = { kind: 'replicated-job', maxConcurrent: 2, totalCompletions: 3 };
const failed: Partial<Task> = { state: 'failed', desiredState: 'shutdown' };
const stopping: Partial<Task> = { state: 'running', desiredState: 'shutdown' };
const shut: Partial<Task> = { state: 'shutdown', desiredState: 'shutdown' };

/** Keys with the state and desired state of the newest task, and how many came before it. */
const select = (mode: ServiceMode, tasks: Task[], service: Partial<Service> = {}) =>
  selectSlots(buildService({ mode, ...service }), tasks, (id) => nodes.get(id) ?? null).map(
    ({ key, newest, earlier }) => `${key} ${newest.state}/${newest.desiredState} +${earlier.length}`,
  );

test.each<[situation: string, mode: ServiceMode, tasks: Task[], expected: string[]]>([
  [
    'slots in order of their number',
    replicated(3),
    [task({ slot: 10 }), task({ slot: 9 }), task({ slot: 1 })],
    ['1 running/running +0', '9 running/running +0', '10 running/running +0'],
  ],
  [
    'history belongs to its slot',
    replicated(1),
    [task({ slot: 1, ...failed }), task({ slot: 1, ...failed }), task({ slot: 1 })],
    ['1 running/running +2'],
  ],
  [
    'start-first update: both should run, the one that does is the replica',
    replicated(1),
    [task({ slot: 1 }), task({ slot: 1, state: 'preparing' })],
    ['1 running/running +1'],
  ],
  [
    'stop-first update: the new one shows, not the old that stops',
    replicated(1),
    [task({ slot: 1, state: 'ready', desiredState: 'ready' }), task({ slot: 1, ...stopping })],
    ['1 ready/ready +1'],
  ],
  [
    'restart delay',
    replicated(1),
    [task({ slot: 1, ...failed }), task({ slot: 1, state: 'assigned', desiredState: 'ready' })],
    ['1 assigned/ready +1'],
  ],
  [
    'scaled down: the one that should stop shows until it is gone',
    replicated(1),
    [task({ slot: 1 }), task({ slot: 2, state: 'running', desiredState: 'remove' })],
    ['1 running/running +0', '2 running/remove +0'],
  ],
  [
    'scaled down and gone',
    replicated(1),
    [task({ slot: 1 }), task({ slot: 2, state: 'shutdown', desiredState: 'remove' })],
    ['1 running/running +0'],
  ],
  [
    'scaled down with history of failures',
    replicated(1),
    [task({ slot: 1 }), task({ slot: 2, ...failed })],
    ['1 running/running +0'],
  ],
  [
    'scaled to 0, with history',
    replicated(0),
    [task({ slot: 1, ...failed }), task({ slot: 1, ...shut })],
    [],
  ],
  [
    'scaled to 0, still stopping',
    replicated(0),
    [task({ slot: 1, state: 'running', desiredState: 'remove' })],
    ['1 running/remove +0'],
  ],
  [
    'gave up: max attempts used up',
    replicated(2),
    [task({ slot: 1 }), task({ slot: 2, ...failed }), task({ slot: 2, ...failed })],
    ['1 running/running +0', '2 failed/shutdown +1'],
  ],
  [
    'gave up: lowest numbers first, up to the wanted count',
    replicated(2),
    [task({ slot: 5, ...failed }), task({ slot: 2, ...failed }), task({ slot: 3, ...failed })],
    ['2 failed/shutdown +0', '3 failed/shutdown +0'],
  ],
  [
    'should stop and be replaced: fills its place',
    replicated(1),
    [task({ slot: 1, ...stopping }), task({ slot: 2, ...failed })],
    ['1 running/shutdown +0'],
  ],
  [
    'a pending task that should stop never was up',
    replicated(1),
    [task({ slot: 1 }), task({ slot: 2, state: 'pending', desiredState: 'shutdown', nodeId: null })],
    ['1 running/running +0'],
  ],
  [
    'node down, replacement elsewhere in the same slot',
    replicated(1),
    [task({ slot: 1, nodeId: 'down', ...stopping }), task({ slot: 1, nodeId: 'b' })],
    ['1 running/running +1'],
  ],
  [
    'node down, no replacement yet',
    replicated(1),
    [task({ slot: 1, nodeId: 'down', ...stopping })],
    ['1 running/shutdown +0'],
  ],
  [
    'node down, and scaled down',
    replicated(0),
    [task({ slot: 1, nodeId: 'down', state: 'running', desiredState: 'remove' })],
    [],
  ],
  [
    'orphaned, with a newer one',
    replicated(1),
    [task({ slot: 1, state: 'orphaned', desiredState: 'shutdown', nodeId: 'x' }), task({ slot: 1 })],
    ['1 running/running +1'],
  ],
  [
    'orphaned, without a newer one',
    replicated(1),
    [task({ slot: 1, state: 'orphaned', desiredState: 'shutdown', nodeId: 'x' })],
    ['1 orphaned/shutdown +0'],
  ],
  [
    'frozen engine came back: old tasks reappear beside the new',
    replicated(1),
    [task({ slot: 1, nodeId: 'b' }), task({ slot: 1, nodeId: 'a', ...stopping })],
    ['1 running/running +1'],
  ],
  [
    'unschedulable: each slot pending',
    replicated(2),
    [task({ slot: 1, state: 'pending', nodeId: null }), task({ slot: 2, state: 'pending', nodeId: null })],
    ['1 pending/running +0', '2 pending/running +0'],
  ],
  [
    'global: by hostname, numbers by value',
    { kind: 'global' },
    [onNode('a'), onNode('b')],
    ['b running/running +0', 'a running/running +0'],
  ],
  [
    'global: node down is lost, whatever is wanted of it',
    { kind: 'global' },
    [onNode('a'), onNode('down', stopping)],
    ['down running/shutdown +0', 'a running/running +0'],
  ],
  [
    'global: orphaned on a node that is still down',
    { kind: 'global' },
    [onNode('down', { state: 'orphaned', desiredState: 'shutdown' })],
    ['down orphaned/shutdown +0'],
  ],
  [
    'global: node deleted',
    { kind: 'global' },
    [onNode('x', { state: 'orphaned', desiredState: 'shutdown' })],
    [],
  ],
  ['global: drained and stopped', { kind: 'global' }, [onNode('drained', shut)], []],
  [
    'global: drained, still stopping',
    { kind: 'global' },
    [onNode('drained', stopping)],
    ['drained running/shutdown +0'],
  ],
  ['global: drained and down', { kind: 'global' }, [onNode('drained-down', stopping)], []],
  ['global: paused nodes keep theirs', { kind: 'global' }, [onNode('paused')], ['paused running/running +0']],
  ['global: constraint changed, its task was shut down', { kind: 'global' }, [onNode('a', shut)], []],
  ['global: gave up', { kind: 'global' }, [onNode('a', failed)], ['a failed/shutdown +0']],
  [
    'global: pending with a node',
    { kind: 'global' },
    [onNode('a', { state: 'pending' })],
    ['a pending/running +0'],
  ],
  [
    'job: complete and running slots; slot 0 comes without a number',
    jobMode,
    [
      task({ slot: null, state: 'complete', desiredState: 'complete' }),
      task({ slot: 1, desiredState: 'complete' }),
    ],
    ['0 complete/complete +0', '1 running/complete +0'],
  ],
  [
    'job: stray tasks without a slot (20.10) share slot 0',
    jobMode,
    [
      task({ slot: null, nodeId: 'a', state: 'complete', desiredState: 'complete' }),
      task({ slot: null, nodeId: 'b', state: 'complete', desiredState: 'complete' }),
    ],
    ['0 complete/complete +1'],
  ],
  [
    'job: failed, its retry running',
    jobMode,
    [task({ slot: 1, ...failed }), task({ slot: 1, desiredState: 'complete' })],
    ['1 running/complete +1'],
  ],
  ['job: failed for good', jobMode, [task({ slot: 1, ...failed })], ['1 failed/shutdown +0']],
  [
    'global job: complete on each node',
    { kind: 'global-job' },
    [onNode('a', { state: 'complete', desiredState: 'complete' })],
    ['a complete/complete +0'],
  ],
])('%s', (_situation, mode, tasks, expected) => {
  expect(select(mode, tasks)).toEqual(expected);
});

test('job: earlier iterations are another run', () => {
  const old = task({ slot: 1, state: 'complete', desiredState: 'complete', jobIteration: 0 });
  const current = task({ slot: 1, desiredState: 'complete', jobIteration: 7 });
  expect(select(jobMode, [old, current], { jobIteration: 7 })).toEqual(['1 running/complete +0']);
});

test('job: iteration 0 may be absent', () => {
  expect(select(jobMode, [task({ slot: 1, desiredState: 'complete' })], { jobIteration: 0 })).toHaveLength(1);
});
