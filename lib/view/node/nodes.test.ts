import { describe, expect, test } from 'vitest';
import type { ServiceLoss } from '#lib/model/contract/node-detail.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import { findNodeFindings, NOTHING_MORE } from '#lib/model/findings/find-node-findings.ts';
import { decideQuorum } from '#lib/model/status/decide-quorum.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { wordFindings } from '#lib/testing/word-findings.ts';
import { toNodeNames } from './node-names.ts';
import {
  describeManagerLoss,
  describeNode,
  describeRole,
  describeServiceLoss,
  describeSkew,
} from './nodes.ts';

const { engine } = buildNodePicture();
const unread = { ...engine, state: 'unreachable' as const };

describe('a node in one sentence', () => {
  const CASES: [words: string, onlyNotices: boolean, node: Partial<NodePicture>][] = [
    ['Ready, and its engine is read.', true, {}],
    ['Drained by hand', true, { availability: 'drain' }],
    ['Paused by hand', true, { availability: 'pause' }],
    [
      'No manager hears from it (heartbeat failure)',
      false,
      { status: 'down', statusMessage: 'heartbeat failure', engine: unread },
    ],
    ['Down for Swarm, but its engine answers', false, { status: 'down' }],
    ['Its agent is away from its manager:', false, { status: 'disconnected', statusMessage: '' }],
    ['Drained before it went down', true, { status: 'down', availability: 'drain' }],
    ['does not know its state', false, { status: 'unknown' }],
    ['other managers do not reach it', false, { role: 'manager', reachability: 'unreachable' }],
    ['Ready. Its engine cannot be read', false, { engine: unread }],
    ['Its engine cannot be read', false, { availability: 'drain', engine: unread }],
    ['asked for the first time', true, { engine: { ...engine, state: 'connecting' } }],
  ];
  test.each(CASES)('%s', (words, onlyNotices, node) => {
    const picture = buildNodePicture(node);
    const findings = wordFindings('node', findNodeFindings(picture, 10_000, NOTHING_MORE));
    expect(describeNode({ ...picture, findings })).toContain(words);
    expect(findings.every(({ level }) => level === 'notice')).toBe(onlyNotices);
  });
});

describe('its clock', () => {
  test.each([
    ['in step', {}],
    ['2.40 s ahead', { skewMs: 2400 }],
    ['1 min 5 s behind', { skewMs: -65_000 }],
    ['not known', { lastReadMs: null }],
    ['not known', { state: 'unconfigured' as const }],
    ['not known', { state: 'unreachable' as const, skewMs: 2400 }],
  ])('%s', (words, overrides) => expect(describeSkew({ ...engine, ...overrides })).toBe(words));
});

describe('what a service keeps without it', () => {
  const loss = (here: number, kept: number, desired: number, global = false): ServiceLoss => ({
    serviceId: 'api',
    serviceName: 'api',
    here,
    kept,
    desired,
    global,
  });
  test.each([
    [loss(2, 1, 3), 'keeps 1 of 3'],
    [loss(1, 0, 1), 'keeps none: its only replica is here'],
    [loss(3, 0, 3), 'keeps none: all 3 replicas are here'],
    [loss(1, 0, 3), 'keeps none of 3'],
    [loss(1, 4, 3), 'keeps 4 of 4'],
    [loss(1, 5, 5, true), 'loses its place here and nothing else'],
  ])('%j %s', (one, words) => expect(describeServiceLoss(one)).toBe(words));
});

describe('what the managers are left with', () => {
  const manager = { role: 'manager', reachability: 'reachable', status: 'ready' } as const;
  const dead = { role: 'manager', reachability: 'unreachable', status: 'ready' } as const;
  const worker = { role: 'worker', reachability: null, status: 'ready' } as const;
  test.each([
    [[manager, manager, manager], manager, 'The swarm can still be changed: 2 of 3 managers remain.'],
    [
      [manager, manager, dead],
      manager,
      'The swarm cannot be changed then: 1 of 3 managers remain, 2 are needed.',
    ],
    [[manager, worker], manager, 'It is the only manager: the swarm cannot be changed without it.'],
    [[manager, manager, dead], dead, null],
    [[manager, worker], worker, null],
  ])('%j without %j', (nodes, node, words) => {
    expect(describeManagerLoss(decideQuorum(nodes, null), node)).toBe(words);
  });
});

test.each([
  [{ role: 'worker', leader: false, reachability: null } as const, 'worker'],
  [{ role: 'manager', leader: true, reachability: 'reachable' } as const, 'manager, leader'],
  [{ role: 'manager', leader: false, reachability: 'reachable' } as const, 'manager'],
  [{ role: 'manager', leader: false, reachability: 'unreachable' } as const, 'manager, unreachable'],
])('%j is %s', (node, words) => expect(describeRole(node)).toBe(words));

test('two nodes of one name are both reachable, by id', () => {
  const nodes = [
    { id: 'a', hostname: 'docker01' },
    { id: 'b', hostname: 'twin' },
    { id: 'c', hostname: 'twin' },
  ];
  expect([...toNodeNames(nodes)]).toEqual([
    ['a', 'docker01'],
    ['b', 'b'],
    ['c', 'c'],
  ]);
});
