import { expect, test } from 'vitest';
import type { Task } from '#lib/model/docker/task.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findLostWith } from './find-lost-with.ts';

const down = buildNode({ id: 'gone', hostname: 'docker02', status: 'down' });
const nodeOf = (nodeId: string) => (nodeId === 'gone' ? down : buildNode({ id: nodeId }));
const pending = buildTask({ id: 'new', state: 'pending', nodeId: null, createdAtMs: 9_000 });
const on = (nodeId: string, createdAtMs: number, overrides: Partial<Task> = {}) =>
  buildTask({ id: `t${createdAtMs}`, nodeId, createdAtMs, desiredState: 'shutdown', ...overrides });

test.each<[situation: string, hostname: string | null, newest: Task, earlier: Task[]]>([
  ['its last task was on a node that is down', 'docker02', pending, [on('here', 1), on('gone', 2)]],
  ['its last task was on a node that is up', null, pending, [on('gone', 1), on('here', 2)]],
  ['its last task had ended before', null, pending, [on('gone', 1, { state: 'failed' })]],
  ['it was never anywhere', null, pending, []],
  ['it has a node again', null, buildTask({ state: 'preparing' }), [on('gone', 1)]],
])('%s', (_situation, hostname, newest, earlier) => {
  expect(findLostWith(newest, earlier, nodeOf)?.hostname ?? null).toBe(hostname);
});
