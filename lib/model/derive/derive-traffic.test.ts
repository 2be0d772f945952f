import { expect, test } from 'vitest';
import type { PortState } from '#lib/model/docker/port-check.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildPortCheck, buildPortTarget, buildRound } from '#lib/testing/build-port.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { deriveTraffic, findLeastReach, findRotation } from './derive-traffic.ts';

const NODES = [
  buildNode({ id: 'node-10', hostname: 'docker10' }),
  buildNode({ id: 'node-2', hostname: 'docker2' }),
];
const PORT = { mode: 'ingress', published: 30_000, target: 80, protocol: 'tcp' } as const;

test('each port on each node, by the nodes’ names; what cannot be asked says why', () => {
  const check = buildPortCheck({ target: buildPortTarget({ nodeId: 'node-2' }) });
  const service = buildService({
    ports: [PORT, { ...PORT, published: 53, protocol: 'udp' }],
    checks: [{ port: null, ask: { kind: 'http', path: '/?token=abcdef0123456789' } }],
  });
  const down = [{ ...NODES[0], status: 'down' } as (typeof NODES)[0], NODES[1] as (typeof NODES)[0]];
  const { ports } = deriveTraffic(service, [], { checks: [check], nodes: down, isUnreached: () => false });
  expect(ports).toMatchObject([
    {
      unchecked: null,
      nodes: [
        { hostname: 'docker2', notAsked: null, state: 'answers', answered: 3, asked: 3, ms: 2 },
        { hostname: 'docker10', notAsked: 'node-down', state: null },
      ],
    },
    { unchecked: 'protocol', ask: null, nodes: [] },
  ]);
  // Somebody put a secret there all the same.
  expect(JSON.stringify(ports)).not.toContain('abcdef0123456789');
});

test('a node that is not reached says so, whatever its ports seem to do', () => {
  const check = buildPortCheck({ target: buildPortTarget({ nodeId: 'node-2' }), state: 'timed-out' });
  const service = buildService({ ports: [PORT] });
  const { ports } = deriveTraffic(service, [], { checks: [check], nodes: NODES, isUnreached: () => true });
  expect(ports[0]?.nodes[0]).toMatchObject({ notAsked: 'unreached' });
});

test('of more ports than are asked the last ones say so; a node without an address that may be asked says that', () => {
  const check = buildPortCheck({ target: buildPortTarget({ nodeId: 'node-2' }) });
  const service = buildService({ ports: [PORT, { ...PORT, published: 30_001 }] });
  const { ports } = deriveTraffic(service, [], { checks: [check], nodes: NODES, isUnreached: () => false });
  expect(ports.map(({ nodes }) => nodes.map(({ notAsked }) => notAsked))).toEqual([
    [null, 'no-address'],
    ['too-many', 'no-address'],
  ]);
});

test('of more nodes than one answer holds, those where something is wrong are there', () => {
  const nodes = Array.from({ length: 200 }, (_, i) => buildNode({ id: `n${i}`, hostname: `docker${i}` }));
  const bad = buildPortCheck({ target: buildPortTarget({ nodeId: 'n150' }), state: 'refused' });
  const traffic = deriveTraffic(buildService({ ports: [PORT] }), [], {
    checks: [bad],
    nodes,
    isUnreached: () => false,
  });
  expect(traffic.moreNodes).toBe(140);
  expect(traffic.ports[0]?.nodes.map(({ nodeId }) => nodeId)).toContain('n150');
});

test('that replicas take traffic was seen when a round met each of them', () => {
  const replicas = ['1', '2', '3'].map((key) => buildReplica({ key, inRotation: true }));
  const target = buildPortTarget();
  const by = (round: Partial<ReturnType<typeof buildRound>>) =>
    findRotation(replicas, [buildPortCheck({ target, rounds: [buildRound(round)] })]);
  expect(by({})).toBe('checked');
  expect(by({ asked: 1, answered: 1 })).toBe('inferred');
  expect(by({ answered: 2, failure: 'timed-out' })).toBe('inferred');
  expect(by({ basis: 'others' })).toBe('inferred');
  expect(findRotation(replicas, [])).toBe('inferred');
});

test('of hundreds of ports on hundreds of nodes an answer holds some thousand cells', () => {
  const nodes = Array.from({ length: 200 }, (_, i) => buildNode({ id: `n${i}`, hostname: `docker${i}` }));
  const ports = Array.from({ length: 500 }, (_, i) => ({ ...PORT, published: 10_000 + i }));
  const facts = { checks: [], nodes, isUnreached: () => false };
  const traffic = deriveTraffic(buildService({ ports }), [], facts);
  expect(traffic.ports).toHaveLength(500);
  expect(traffic.ports.flatMap((port) => port.nodes)).toHaveLength(3_000);
  expect(traffic.moreNodes).toBe(194);
});

test('through how many nodes a port answers, of those where it should and of which that is known', () => {
  const on = (nodeId: string, state: PortState | null, more = {}) =>
    buildPortCheck({ target: buildPortTarget({ nodeId, ...more }), state });
  const checks = [
    on('n1', 'answers'),
    on('n2', 'partly'),
    on('n3', 'refused'),
    on('n4', 'answers'),
    on('starts', null),
    on('no replica', 'refused', { expects: 'nothing' }),
    on('far', 'timed-out'),
    on('n1', 'answers', { port: 30_001 }),
  ];
  const facts = { checks, nodes: NODES, isUnreached: (id: string) => id === 'far' };
  const service = buildService({
    ports: [PORT, { ...PORT, published: 30_001 }, { ...PORT, published: 30_002 }],
  });
  const reach = deriveTraffic(service, [], facts).ports.map(({ through }) => through);
  expect(reach).toEqual([{ answering: 2, of: 4 }, { answering: 1, of: 1 }, null]);
  expect(findLeastReach(service, facts)).toEqual({ answering: 2, of: 4 });
  expect(findLeastReach(buildService({ ports: [] }), facts)).toBeNull();
  expect(findLeastReach(service, null)).toBeNull();
});
