import { expect, test } from 'vitest';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findLoss, findLostWith, type Loss } from './loss.ts';

const NODES = [
  buildNode({ id: 'here', hostname: 'docker01' }),
  buildNode({ id: 'down', hostname: 'docker02', status: 'down' }),
  buildNode({ id: 'drained', hostname: 'docker03', availability: 'drain' }),
  buildNode({ id: 'maintained', hostname: 'docker04', availability: 'drain', status: 'down' }),
  buildNode({ id: 'away', hostname: 'docker05', status: 'disconnected' }),
];
const nodeOf = (id: string) => NODES.find((node) => node.id === id) ?? null;

const comes = (over: Partial<Task> = {}) =>
  buildTask({ id: 'new', nodeId: 'here', state: 'preparing', createdAtMs: 9_000, specKey: 'a', ...over });
/** Told to stop, and not known to have ended. */
const left = (nodeId: string | null, over: Partial<Task> = {}) =>
  buildTask({ id: 'old', nodeId, desiredState: 'shutdown', createdAtMs: 1_000, specKey: 'a', ...over });
const ended = (nodeId: string, over: Partial<Task> = {}) => left(nodeId, { state: 'shutdown', ...over });

interface Known {
  wasMissing?: boolean | null;
  service?: Partial<Service>;
  task?: Task;
}

const updated = (startedAtMs: number, completedAtMs: number | null): Partial<Service> => ({
  update: {
    state: completedAtMs === null ? 'updating' : 'completed',
    startedAtMs,
    completedAtMs,
    message: '',
  },
});

test.each<[situation: string, now: Loss['now'] | null, earlier: Task[], known?: Known]>([
  ['it never ran anywhere', null, []],
  ['its node went down', 'down', [left('down')]],
  [
    'its node went down, and the next one finds no node',
    'down',
    [left('down')],
    { task: comes({ nodeId: null }) },
  ],
  ['… and the next one was given up before it had a node', 'down', [left(null, { id: 'mid' }), left('down')]],
  ['its node was removed from the swarm', 'gone', [left('removed')]],
  ['it is orphaned, and its node is removed', 'gone', [left('removed', { state: 'orphaned' })]],
  ['it is orphaned, and its node is still down', 'down', [left('down', { state: 'orphaned' })]],
  ['two nodes in a row', 'down', [left('down', { id: 'mid', createdAtMs: 5_000 }), left('down')]],
  ['it failed, which its end says', null, [left('here', { state: 'failed' })]],
  ['it failed before its node went down', null, [left('down', { state: 'failed' })]],
  // Asked for.
  ['its node is drained, and it ends', null, [left('drained')]],
  ['its node is drained, and it ended', null, [ended('drained')], { wasMissing: null }],
  ['its node was drained and is down: maintenance', null, [left('maintained')]],
  ['its node only looks for another manager', null, [left('away')]],
  ['an update replaces it', null, [left('here', { specKey: 'b' })], { wasMissing: null }],
  [
    'an update of ports replaces it',
    null,
    [ended('here')],
    { wasMissing: null, service: updated(8_000, null) },
  ],
  ['it was scaled down and up', null, [ended('here', { desiredState: 'remove' })], { wasMissing: null }],
  ['what it is made of is not known', null, [ended('here', { specKey: null })], { wasMissing: null }],
  ['a later task of the slot says nothing of it', null, [left('down', { createdAtMs: 9_500 })]],
  ['in a start-first update two are wanted', null, [left('down', { desiredState: 'running' })]],
  // Its node is back, and ends it.
  ['its node is back, and it was missing', 'back', [ended('here')], { wasMissing: true }],
  ['its node is back, and has not ended it yet', 'back', [left('here')], { wasMissing: true }],
  [
    'its node is back, and an update came before',
    'back',
    [ended('here')],
    { wasMissing: true, service: updated(1, 2) },
  ],
  ['its node was drained, which is over', null, [ended('here')], { wasMissing: false }],
  ['nobody looked, and nothing asked for it', 'back', [ended('here')], { wasMissing: null }],
  [
    'nobody looked, and the place of a global service may be new',
    null,
    [ended('here')],
    { wasMissing: null, service: { mode: { kind: 'global' } } },
  ],
])('%s: %s', (_situation, now, earlier, { wasMissing = false, service = {}, task = comes() } = {}) => {
  const facts = { service: buildService(service), task, earlier, nodeOf, node: null, wasMissing };
  expect(findLoss(buildReplicaFacts(facts))?.now ?? null).toBe(now);
});

const pending = buildTask({ id: 'new', state: 'pending', nodeId: null, createdAtMs: 9_000 });
const wasOn = (nodeId: string, createdAtMs: number, overrides: Partial<Task> = {}) =>
  buildTask({ id: `t${createdAtMs}`, nodeId, createdAtMs, desiredState: 'shutdown', ...overrides });

test.each<[situation: string, hostname: string | null, newest: Task, earlier: Task[]]>([
  ['its last task was on a node that is down', 'docker02', pending, [wasOn('here', 1), wasOn('down', 2)]],
  ['its last task was on a node that is up', null, pending, [wasOn('down', 1), wasOn('here', 2)]],
  ['its last task had ended before', null, pending, [wasOn('down', 1, { state: 'failed' })]],
  ['it was never anywhere', null, pending, []],
  ['it has a node again', null, buildTask({ state: 'preparing' }), [wasOn('down', 1)]],
])('%s', (_situation, hostname, newest, earlier) => {
  expect(findLostWith(newest, earlier, nodeOf)?.hostname ?? null).toBe(hostname);
});
