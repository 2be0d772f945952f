import { describe, expect, test } from 'vitest';
import type { SwarmNode } from '#lib/model/docker/node.ts';
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
