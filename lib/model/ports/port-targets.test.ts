import { expect, test } from 'vitest';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { listPortTargets, listSwarmTargets, toManagerPort } from './port-targets.ts';

const NODES = [
  buildNode({ id: 'a', role: 'manager', availability: 'drain', listedAddress: '10.0.0.1' }),
  buildNode({ id: 'b', listedAddress: '10.0.0.2' }),
  buildNode({ id: 'c', status: 'down' }),
  buildNode({ id: 'd', os: 'windows' }),
].map((node) => ({ ...node, isSilent: false, managerPort: toManagerPort(node) }));
const tcp = (published: number, mode: 'ingress' | 'host') =>
  ({ published, target: 80, protocol: 'tcp', mode }) as const;
const on = (nodeId: string, inRotation: boolean | null, key = nodeId) =>
  buildReplica({
    key,
    nodeId,
    inRotation,
    status: inRotation === true ? 'healthy' : 'failed',
    taskId: `task-${key}`,
  });

test('a port of the mesh is asked on each node that is ready, one in host mode where a replica is', () => {
  const service = buildService({
    ports: [
      tcp(80, 'ingress'),
      tcp(90, 'host'),
      { ...tcp(80, 'ingress'), protocol: 'udp' },
      { ...tcp(1, 'host'), published: null },
    ],
  });
  const targets = listPortTargets(service, { replicas: [on('b', true), on('c', true)] }, NODES);
  expect(
    targets.map(({ nodeId, port, mode, connections }) => `${nodeId} ${port} ${mode} ${connections}`),
  ).toEqual(['a 80 ingress 2', 'b 80 ingress 2', 'b 90 host 1']);
  expect(targets.every(({ expects }) => expects === 'answer')).toBe(true);
});

test.each([
  ['none is up', [on('a', false)], 'nothing'],
  ['one is not known', [on('a', null)], null],
  ['one starts', [buildReplica({ key: 'a', inRotation: false, status: 'starting' })], null],
  ['one takes traffic, whatever others do', [on('a', null), on('b', true)], 'answer'],
  ['there is none at all', [], 'nothing'],
] as const)('what a port should do when %s', (_situation, replicas, expects) => {
  const service = buildService({ ports: [tcp(80, 'ingress')] });
  expect(listPortTargets(service, { replicas: [...replicas] }, NODES)[0]?.expects).toBe(expects);
});

test('other replicas behind a port make another basis of it; another probe of them does not', () => {
  const service = buildService({ ports: [tcp(80, 'ingress')] });
  const basisOf = (replica: ReturnType<typeof on>) =>
    listPortTargets(service, { replicas: [replica] }, NODES)[0]?.basis;
  expect(basisOf(on('a', true))).toBe(basisOf({ ...on('a', true), sinceMs: 5, restarts1h: 2 }));
  expect(basisOf(on('a', true))).not.toBe(basisOf({ ...on('a', true), taskId: 'task-2' }));
  expect(basisOf(on('a', true))).not.toBe(basisOf(on('a', false)));
});

test('a label leaves its ports alone; a job’s come and go', () => {
  const ports = [tcp(80, 'ingress')];
  const replicas = [on('a', true)];
  const off = buildService({ ports, checks: [{ port: null, ask: { kind: 'off' } }] });
  expect(listPortTargets(off, { replicas }, NODES)).toEqual([]);
  const job = buildService({
    ports,
    mode: { kind: 'replicated-job', maxConcurrent: 1, totalCompletions: 1 },
  });
  expect(listPortTargets(job, { replicas }, NODES)).toEqual([]);
});

test('Swarm’s own: gossip on each node that is up, the managers’ port on managers', () => {
  expect(listSwarmTargets(NODES).map(({ nodeId, port }) => `${nodeId} ${port}`)).toEqual([
    'a 7946',
    'a 2377',
    'b 7946',
  ]);
});

test('of a service with hundreds of ports on hundreds of nodes some thousand are asked, and listing them is quick', () => {
  const nodes = Array.from({ length: 200 }, (_, i) =>
    buildNode({ id: `n${i}`, listedAddress: `10.0.0.${i}` }),
  ).map((node) => ({ ...node, isSilent: false, managerPort: null }));
  const replicas = nodes.map(({ id }) => on(id, true));
  for (const mode of ['ingress', 'host'] as const) {
    const ports = Array.from({ length: 500 }, (_, i) => tcp(10_000 + i, mode));
    const targets = listPortTargets(buildService({ ports }), { replicas }, nodes);
    expect(targets).toHaveLength(5_000);
    // Each port's replicas are looked at once, and not for each port anew.
    expect(new Set(targets.map(({ basis }) => basis)).size).toBe(mode === 'ingress' ? 1 : 200);
  }
});

test('on a node whose engine fell silent nothing is expected of any port: its whole host may be gone', () => {
  const service = buildService({ ports: [tcp(80, 'ingress')] });
  const nodes = NODES.map((node) => ({ ...node, isSilent: node.id === 'b' }));
  const all = [...listPortTargets(service, { replicas: [on('a', true)] }, nodes), ...listSwarmTargets(nodes)];
  expect(all.map(({ nodeId, port, expects }) => `${nodeId} ${port} ${expects}`)).toEqual([
    'a 80 answer',
    'b 80 null',
    'a 7946 answer',
    'a 2377 answer',
    'b 7946 null',
  ]);
});

test('a global service in host mode is asked on each node by itself, past nodes that it has not started on', () => {
  const service = buildService({ mode: { kind: 'global' }, ports: [tcp(90, 'host')] });
  const starting = buildReplica({ key: 'b', nodeId: 'b', inRotation: false, status: 'starting' });
  const targets = listPortTargets(service, { replicas: [on('a', true), starting] }, NODES);
  expect(targets.map(({ nodeId, connections, expects }) => `${nodeId} ${connections} ${expects}`)).toEqual([
    'a 1 answer',
    'b 1 null',
  ]);
});

test('one number for several: TCP and UDP, two services on different nodes, a range', () => {
  const one = buildService({ id: 'one', ports: [{ ...tcp(53, 'host'), protocol: 'udp' }, tcp(53, 'host')] });
  const other = buildService({ id: 'other', ports: [tcp(53, 'host')] });
  const keysOf = (service: typeof one, nodeId: string) =>
    listPortTargets(service, { replicas: [on(nodeId, true)] }, NODES).map(({ key }) => key);
  expect([...keysOf(one, 'a'), ...keysOf(other, 'b')]).toEqual(['one a 53', 'other b 53']);
  const range = buildService({ ports: Array.from({ length: 101 }, (_, i) => tcp(30_000 + i, 'ingress')) });
  const targets = listPortTargets(range, { replicas: [on('a', true)] }, NODES);
  expect([targets.length, targets[0]?.port, targets.at(-1)?.port]).toEqual([202, 30_000, 30_100]);
});

test('a service that is scaled to none: its port on the mesh should answer nowhere, its host-mode ports are gone', () => {
  const service = buildService({
    mode: { kind: 'replicated', replicas: 0 },
    ports: [tcp(80, 'ingress'), tcp(90, 'host')],
  });
  const targets = listPortTargets(service, { replicas: [] }, NODES);
  expect(targets.map(({ nodeId, port, expects }) => `${nodeId} ${port} ${expects}`)).toEqual([
    'a 80 nothing',
    'b 80 nothing',
  ]);
});

test.each([
  ['10.0.0.1:2377', 2377],
  ['10.0.0.1:2378', 2378],
  ['[fd00::1]:4000', 4000],
  ['10.0.0.1', 2377],
  ['10.0.0.1:0', 2377],
  ['10.0.0.1:99999', 2377],
  [null, 2377],
])('managers listen where they are listed: %s', (address, port) => {
  const manager = { leader: false, reachability: 'reachable', address } as const;
  expect(toManagerPort({ role: 'manager', manager })).toBe(port);
  expect(toManagerPort({ role: 'worker', manager: null })).toBeNull();
});
