import { expect, test } from 'vitest';
import { createFacts } from '#lib/facts/create-facts.ts';
import type { RootSign } from '#lib/model/contract/node-sign.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { english } from '#lib/testing/word-findings.ts';
import { createDecisions } from './create-decisions.ts';
import { createRoots } from './create-roots.ts';

const sign = (overrides: Partial<RootSign>): RootSign => ({
  kind: 'probes',
  nodeId: 'node-1',
  serviceId: 'a',
  serviceName: overrides.serviceId ?? 'a',
  key: '1',
  object: null,
  cannot: 'be-probed',
  words: null,
  sinceMs: 100_000,
  timedOut: true,
  ...overrides,
});

/** One service after the other shows these, and each time it is decided. */
function show(...ofServices: (readonly RootSign[])[]) {
  const roots = createRoots(() => ({ service: 'web', host: null }));
  const decided = ofServices.map((signs) => {
    roots.set(signs[0]?.serviceId ?? '', signs, []);
    return roots.decide(0);
  });
  return { roots, decided, kinds: (nodeId = 'node-1') => roots.ofNode(nodeId).map(({ kind }) => kind) };
}

test.each<[situation: string, kinds: string[], signs: RootSign[]]>([
  ['nothing', [], []],
  ['two services, one full disk', ['disk'], [sign({ kind: 'disk' }), sign({ serviceId: 'b', kind: 'disk' })]],
  ['one service, twice', [], [sign({ kind: 'disk' }), sign({ kind: 'disk', key: '2' })]],
  ['on two nodes', [], [sign({ kind: 'disk' }), sign({ serviceId: 'b', kind: 'disk', nodeId: 'node-2' })]],
  [
    'two log servers',
    [],
    [
      sign({ kind: 'log-server', object: '10.0.0.5:24224' }),
      sign({ serviceId: 'b', kind: 'log-server', object: '10.0.0.6:24224' }),
    ],
  ],
  [
    'another limit each',
    [],
    [
      sign({ kind: 'limit', object: 'processes' }),
      sign({ serviceId: 'b', kind: 'limit', object: 'inotify' }),
    ],
  ],
  ['probes of two services', [], [sign({}), sign({ serviceId: 'b' })]],
  [
    'probes of three within 10 s',
    ['probes'],
    [sign({}), sign({ serviceId: 'b', sinceMs: 105_000 }), sign({ serviceId: 'c', sinceMs: 110_000 })],
  ],
  [
    'probes of three within 11 s',
    [],
    [sign({}), sign({ serviceId: 'b', sinceMs: 105_000 }), sign({ serviceId: 'c', sinceMs: 111_000 })],
  ],
  [
    'three that fail elsewhere too',
    [],
    ['a', 'b', 'c'].flatMap((serviceId) => [
      sign({ serviceId }),
      sign({ serviceId, nodeId: 'node-2', key: '2', sinceMs: 104_000 }),
    ]),
  ],
  [
    'three here and one of another service elsewhere: they may hang on that one',
    [],
    [...['a', 'b', 'c'].map((serviceId) => sign({ serviceId })), sign({ serviceId: 'd', nodeId: 'node-2' })],
  ],
  [
    'three here and one elsewhere a minute before',
    ['probes'],
    [
      ...['a', 'b', 'c'].map((serviceId) => sign({ serviceId })),
      sign({ serviceId: 'd', nodeId: 'node-2', sinceMs: 40_000 }),
    ],
  ],
  [
    'four here and one elsewhere, by chance',
    ['probes'],
    [
      ...['a', 'b', 'c', 'd'].map((serviceId) => sign({ serviceId })),
      sign({ serviceId: 'e', nodeId: 'node-2' }),
    ],
  ],
  [
    'four here and four on another node',
    [],
    [
      ...['a', 'b', 'c', 'd'].map((serviceId) => sign({ serviceId })),
      ...['e', 'f', 'g', 'h'].map((serviceId) => sign({ serviceId, nodeId: 'node-2', sinceMs: 108_000 })),
    ],
  ],
  [
    'three that failed elsewhere long ago',
    ['probes'],
    ['a', 'b', 'c'].flatMap((serviceId) => [
      sign({ serviceId }),
      sign({ serviceId, nodeId: 'node-2', key: '2', sinceMs: 4_000 }),
    ]),
  ],
])('%s: %j', (_situation, kinds, signs) => {
  const services = [...new Set(signs.map(({ serviceId }) => serviceId))];
  const ofServices = services.map((id) => signs.filter(({ serviceId }) => serviceId === id));
  expect(show(...ofServices).kinds()).toEqual(kinds);
  expect(show(...ofServices.toReversed()).kinds()).toEqual(kinds);
});

test('those who were there before point to a root that came later, and to none when it is gone', () => {
  const { roots, decided } = show([sign({})], [sign({ serviceId: 'b' })], [sign({ serviceId: 'c' })]);
  expect([...(decided[1]?.serviceIds ?? [])]).toEqual([]);
  expect([...(decided[2]?.serviceIds ?? [])].sort()).toEqual(['a', 'b', 'c']);
  expect(roots.rootOf(sign({}), 't')).toEqual({
    cause: 'node-probes',
    subject: { kind: 'node', nodeId: 'node-1' },
  });
  roots.set('b', [], []);
  expect([...roots.decide(0).serviceIds].sort()).toEqual(['a', 'b', 'c']);
  expect(roots.rootOf(sign({}), 't')).toBeNull();
});

test('what is shown again is no change, and the time of the first counts', () => {
  const { roots } = show(
    [sign({ kind: 'disk' })],
    [sign({ serviceId: 'b', kind: 'disk' })],
    [sign({ kind: 'disk', sinceMs: 200_000 })],
  );
  expect(roots.decide(0).nodeIds.size).toBe(0);
  expect(roots.ofNode('node-1')[0]?.signs.map(({ sinceMs }) => sinceMs)).toEqual([100_000, 100_000]);
});

const NODES = 200;
const SERVICES = 1_000;
const REPLICAS = 10;

/** 10,000 replicas, those of each service on ten nodes; all run. */
function observe(): Observation[] {
  const nodes = Array.from({ length: NODES }, (_, at) => buildNode({ id: `n${at}`, hostname: `host-${at}` }));
  const services = Array.from({ length: SERVICES }, (_, at) =>
    buildService({ id: `s${at}`, name: `web-${at}`, mode: { kind: 'replicated', replicas: REPLICAS } }),
  );
  const tasks = services.flatMap(({ id }, at) =>
    Array.from({ length: REPLICAS }, (_, slot) =>
      buildTask({
        id: `${id}-${slot}`,
        serviceId: id,
        slot: slot + 1,
        nodeId: `n${(at + slot) % NODES}`,
      }),
    ),
  );
  return [
    { kind: 'nodes', nodes },
    { kind: 'services', services, complete: true },
    { kind: 'tasks', tasks, serviceIds: null },
    ...nodes.map(({ id }) => ({
      kind: 'engine' as const,
      source: buildSource({ nodeId: id, endpoint: id }),
    })),
  ];
}

test('at 10,000 replicas a full disk has one node and the services that suffer from it decided, and no other', () => {
  const facts = createFacts();
  for (const observation of observe()) facts.apply(observation);
  const decisions = createDecisions(facts, english);
  for (const { id } of facts.services()) decisions.decideService(id, 30_000);
  decisions.decideRoots(30_000);
  expect(decisions.decideNodes(30_000).size).toBe(NODES);
  const refuse = (at: number) => {
    const task = facts.tasksOf(`s${at}`).find(({ slot }) => slot === 1);
    facts.apply({
      kind: 'tasks',
      tasks: facts
        .tasksOf(`s${at}`)
        .map((one) =>
          one === task
            ? { ...one, state: 'rejected', desiredState: 'shutdown', error: 'no space left on device' }
            : one,
        ),
      serviceIds: [`s${at}`],
    });
    decisions.decideService(`s${at}`, 31_000);
    const { services, nodeIds } = decisions.decideRoots(31_000);
    return {
      services: [...services.keys()].sort(),
      nodes: [...decisions.decideNodes(31_000, nodeIds).keys()],
    };
  };
  // The first slots of these are on one node.
  expect(refuse(0)).toEqual({ services: [], nodes: [] });
  expect(refuse(NODES)).toEqual({ services: ['s0', 's200'], nodes: ['n0'] });
  expect(refuse(2 * NODES)).toEqual({ services: ['s400'], nodes: ['n0'] });
  expect(refuse(1)).toEqual({ services: [], nodes: [] });
  expect(decisions.service('s0')?.replicas[0]?.findings[0]?.because).toEqual({
    cause: 'node-disk',
    subject: { kind: 'node', nodeId: 'n0' },
  });
});

test('one log server that services on two nodes do not reach is the root of all of them, and of no node', () => {
  const server = { kind: 'log-server', object: '10.0.0.5:12201', cannot: 'start' } as const;
  const files = { ...server, kind: 'volume-server' } as const;
  const onNodes = (...nodeIds: string[]) =>
    show(...nodeIds.map((nodeId, at) => [sign({ ...server, serviceId: `s${at}`, nodeId })]));
  const { roots, decided, kinds } = onNodes('node-1', 'node-1', 'node-2');
  expect([...(decided[2]?.serviceIds ?? [])].sort()).toEqual(['s0', 's1', 's2']);
  expect(kinds()).toEqual([]);
  expect(roots.ofSwarm()).toMatchObject([{ cause: 'log-server-unreached', facts: { nodes: 2 } }]);
  expect(roots.rootOf(sign({ ...server, serviceId: 's0' }), 't')?.subject).toEqual({ kind: 'swarm' });
  expect(roots.rootOf(sign({ ...files, serviceId: 's0' }), 't')).toBeNull();
  // One node reaches it again: it is the other one's.
  roots.set('s2', [], []);
  expect([...roots.decide(0).serviceIds].sort()).toEqual(['s0', 's1', 's2']);
  expect([kinds(), roots.ofSwarm()]).toEqual([['log-server'], []]);
  expect(onNodes('node-1').roots.ofSwarm()).toEqual([]);
});

test('a file server that two nodes do not reach is the swarm’s; one that one node does not reach is that node’s', () => {
  const server = { kind: 'volume-server', object: '10.0.0.6', cannot: 'start' } as const;
  const far = show(
    ...['node-1', 'node-2'].map((nodeId, at) => [sign({ ...server, serviceId: `s${at}`, nodeId })]),
  );
  expect([far.kinds(), far.roots.ofSwarm()]).toMatchObject([
    [],
    [{ cause: 'volume-server-unreached', facts: { server: '10.0.0.6', nodes: 2 } }],
  ]);
  const near = show(...[0, 1].map((at) => [sign({ ...server, serviceId: `s${at}`, nodeId: 'node-1' })]));
  expect([near.kinds(), near.roots.ofSwarm()]).toEqual([['volume-server'], []]);
});

test('of two file servers that are not reached, the swarm names both, first the one that more services need', () => {
  const first = sign({ kind: 'volume-server', object: '10.0.0.6', cannot: 'start' });
  const second = { ...first, object: '10.0.0.5' };
  const of = (one: RootSign, serviceId: string, nodeId: string) => ({ ...one, serviceId, nodeId });
  const { roots, kinds } = show(
    ...[[of(first, 'a', 'node-1')], [of(first, 'b', 'node-2')]],
    ...[[of(second, 'c', 'node-1')], [of(second, 'd', 'node-1')], [of(second, 'e', 'node-2')]],
  );
  const servers = () => roots.ofSwarm().map(({ facts }) => facts);
  const explains = () => [first, second].map((one) => roots.rootOf(one, 't') !== null);
  const both = [{ server: '10.0.0.5', others: { count: 1, servers: ['10.0.0.6'] } }];
  expect(servers()).toMatchObject(both);
  expect(explains()).toEqual([true, true]);
  expect(kinds()).toEqual([]);
  // As many need each now: the first by name stays.
  roots.set('c', [], []);
  roots.decide(0);
  expect(servers()).toMatchObject(both);
  roots.set('d', [], []);
  expect([...roots.decide(0).serviceIds].sort()).toEqual(['d', 'e']);
  const one = [{ server: '10.0.0.6', others: { count: 0 } }];
  expect([servers(), explains(), kinds()]).toMatchObject([one, [true, false], []]);
});

test('an address of two running tasks is the swarm’s, once it has lasted; one that ended gives it back', () => {
  const roots = createRoots(({ serviceId }) => ({ service: serviceId, host: null }));
  const task = (id: string, stateAtMs: number, overrides: Partial<Task> = {}) =>
    buildTask({
      id,
      serviceId: id,
      stateAtMs,
      addresses: ['10.0.1.5', '10.0.2.1', '10.0.3.1', '10.0.4.1'],
      // The third is of another network for each, and of the fourth nobody knows.
      networkIds: ['net-1', 'net-2', `net-of-${id}`, null],
      ...overrides,
    });
  roots.set('a', [], [task('a', 0)]);
  roots.set('b', [], [task('b', 5_000)]);
  roots.set('c', [], [task('c', 0, { state: 'failed', desiredState: 'shutdown' })]);
  expect([...roots.decide(5_000).serviceIds]).toEqual([]);
  expect([roots.ofSwarm(), roots.nextDueMs()]).toEqual([[], 15_000]);
  expect([...roots.decide(15_000).serviceIds].sort()).toEqual(['a', 'b']);
  expect(roots.ofSwarm()).toMatchObject([{ cause: 'address-doubled', facts: { count: 2, more: 1 } }]);
  expect([roots.rootOf(null, 'a')?.cause, roots.rootOf(null, 'c')]).toEqual(['address-doubled', null]);
  // A list that says the same again changes nothing.
  roots.set('b', [], [task('b', 5_000)]);
  expect([...roots.decide(16_000).serviceIds]).toEqual([]);
  roots.set('a', [], [task('a', 17_000, { state: 'complete', desiredState: 'shutdown' })]);
  expect([...roots.decide(17_000).serviceIds].sort()).toEqual(['a', 'b']);
  expect([roots.ofSwarm(), roots.rootOf(null, 'b'), roots.nextDueMs()]).toEqual([
    [],
    null,
    Number.POSITIVE_INFINITY,
  ]);
});
