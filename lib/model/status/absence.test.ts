import { describe, expect, test } from 'vitest';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findAbsence } from './absence.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = 10 * HOUR_MS;
const BEGUN_MS = 5 * HOUR_MS;

/** A global job that began five hours ago: what became of it on `b`, while all of it is done on `a`. */
function look(b: Partial<SwarmNode>, onB: readonly Partial<Task>[], nowMs = NOW_MS, isDoneOnA = true) {
  const service = buildService({
    ...{ mode: { kind: 'global-job' }, jobIteration: 3, updatedAtMs: BEGUN_MS },
    restart: { condition: 'on-failure', delayMs: 5_000, maxAttempts: null, windowMs: null },
  });
  const done = { state: 'complete', desiredState: 'complete' } as const;
  const tasks = [
    ...(isDoneOnA ? [{ nodeId: 'a', ...done }] : []),
    ...onB.map((task) => ({ nodeId: 'b', ...task })),
  ].map((task, at) => buildTask({ id: `task-${at}`, slot: null, jobIteration: 3, ...task }));
  const nodes = [
    ...(isDoneOnA ? [buildNode({ id: 'a', hostname: 'a' })] : []),
    buildNode({ id: 'b', hostname: 'b', ...b }),
  ];
  const replicas = isDoneOnA ? [{ status: 'complete' as const }] : [];
  const { hosts, lateHosts, recheckAtMs } = findAbsence(service, replicas, nowMs, {
    tasks,
    nodes: () => nodes,
  });
  return { hosts, lateHosts, recheckAtMs };
}

const cutOff = { state: 'shutdown', desiredState: 'shutdown', stateAtMs: 6 * HOUR_MS } as const;
const done = { state: 'complete', desiredState: 'shutdown', stateAtMs: 6 * HOUR_MS } as const;
const failed = { state: 'failed', desiredState: 'shutdown', stateAtMs: 6 * HOUR_MS } as const;
const LEFT_OUT = { hosts: ['b'], lateHosts: [], recheckAtMs: null };
const LATE = { hosts: [], lateHosts: ['b'], recheckAtMs: null };
const NOTHING = { hosts: [], lateHosts: [], recheckAtMs: null };

describe('a global job on a node', () => {
  test.each<[situation: string, node: Partial<SwarmNode>, tasks: Partial<Task>[], found: object]>([
    ['that was drained while it ran, and is active again: cut off', {}, [cutOff], LEFT_OUT],
    ['that is drained still: it takes none', { availability: 'drain' }, [cutOff], NOTHING],
    ['where it was cut off, and done in another go', {}, [done, { ...cutOff, createdAtMs: 9_000 }], NOTHING],
    ['where it was done in the run before this one', {}, [{ ...done, jobIteration: 2 }], LEFT_OUT],
    ['where it failed: its replica says so', {}, [failed], NOTHING],
    ['that it never ran on', {}, [], LEFT_OUT],
    [
      'that was paused when it began, and takes tasks since an hour ago',
      { updatedAtMs: 9 * HOUR_MS },
      [],
      LATE,
    ],
    ['that joined after it began', { createdAtMs: 6 * HOUR_MS, updatedAtMs: 6 * HOUR_MS }, [], LATE],
    [
      'that joined after it began, and where it was cut off',
      { createdAtMs: 5.5 * HOUR_MS },
      [cutOff],
      LEFT_OUT,
    ],
    ['of which nobody knows since when it is there', { createdAtMs: null, updatedAtMs: null }, [], LEFT_OUT],
  ])('%s', (_situation, node, tasks, found) => {
    expect(look(node, tasks)).toEqual(found);
  });

  test('where it was cut off a moment ago is given a minute', () => {
    const endMs = 6 * HOUR_MS + 60_000;
    expect(look({}, [cutOff], 6 * HOUR_MS)).toEqual({ hosts: [], lateHosts: [], recheckAtMs: endMs });
    expect(look({}, [cutOff], endMs)).toEqual(LEFT_OUT);
  });

  test('that is the only one, and where it was cut off: it is not done', () => {
    expect(look({}, [cutOff], NOW_MS, false)).toEqual(LEFT_OUT);
  });
});

describe('a replicated job', () => {
  /** Of ten completions at most two at a time: what its tasks are, the last of them since five hours. */
  function lookAtJob(statuses: readonly ReplicaStatus[], nowMs: number, over: Partial<Service> = {}) {
    const service = buildService({
      ...{ mode: { kind: 'replicated-job', maxConcurrent: 2, totalCompletions: 10 } },
      ...{ createdAtMs: HOUR_MS, updatedAtMs: HOUR_MS, jobIteration: 0, ...over },
    });
    const tasks = statuses.map((_, at) => buildTask({ id: `task-${at}`, slot: at, stateAtMs: BEGUN_MS }));
    const replicas = statuses.map((status) => ({ status }));
    const { isMissing, isComing, recheckAtMs } = findAbsence(service, replicas, nowMs, {
      tasks,
      nodes: () => [],
    });
    return isMissing ? 'missing' : isComing ? 'coming' : (recheckAtMs ?? 'present');
  }
  const done = (count: number) => Array.from({ length: count }, () => 'complete' as const);

  test.each<[situation: string, statuses: ReplicaStatus[], found: string]>([
    ['that has as many under way as it may', [...done(3), 'running', 'preparing'], 'present'],
    ['that has its last one under way', [...done(9), 'running'], 'present'],
    ['that is done', done(10), 'present'],
    ['that is done, and more than that, as on 20.10', done(12), 'present'],
    ['one of which failed for good: its replica says so', [...done(3), 'running', 'failed'], 'present'],
    ['of which Swarm makes no more tasks', done(3), 'missing'],
    ['of which one works where two could: Swarm looks again at its end', [...done(3), 'running'], 'present'],
    ['whose last task but one stops, and no other was made', [...done(8), 'stopping'], 'missing'],
    ['of which no task was made', [], 'missing'],
  ])('%s', (_situation, statuses, found) => {
    expect(lookAtJob(statuses, NOW_MS)).toBe(found);
  });

  test('of which a task ended a moment ago is given a minute for the next', () => {
    expect(lookAtJob(done(3), BEGUN_MS + 59_999)).toBe(BEGUN_MS + 60_000);
    expect(lookAtJob(done(3), BEGUN_MS + 60_000)).toBe('missing');
  });

  test('that wants nothing is present', () => {
    const mode = { kind: 'replicated-job', maxConcurrent: 1, totalCompletions: 0 } as const;
    expect(lookAtJob([], NOW_MS, { mode })).toBe('present');
  });
});
