import { expect, it } from 'vitest';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { startLive } from '#lib/testing/start-live.ts';

const NODES = ['node-1', 'node-2', 'node-3'];

/** Three nodes, a replica on each; the engine of the first answers. */
const SWARM: Observation[] = [
  { kind: 'nodes', nodes: NODES.map((id) => buildNode({ id, hostname: id })) },
  { kind: 'services', services: [buildService()], complete: true },
  {
    kind: 'tasks',
    tasks: NODES.map((nodeId, at) => buildTask({ id: `task-${at}`, slot: at + 1, nodeId })),
    serviceIds: null,
  },
  { kind: 'engine', source: buildSource() },
];

/** An endpoint that was set, and has not said whose it is since this server started. */
function silent(endpoint: string, overrides: Partial<Source> = {}): Observation {
  const over: Partial<Source> = { state: 'unreachable', error: 'connect ECONNREFUSED', lastReadMs: null };
  return {
    kind: 'engine',
    source: buildSource({ endpoint, nodeId: null, engineVersion: null, ...over, ...overrides }),
  };
}

async function show(observations: readonly Observation[]) {
  const clock = createFakeClock(30_000);
  const { facts, live } = startLive(clock);
  for (const observation of [...SWARM, ...observations]) {
    facts.apply(observation);
    await clock.advance(1_000);
  }
  const { nodes, services } = live.picture();
  return {
    engines: nodes.map(({ engine }) => engine.state),
    sentences: services[0]?.replicas.map(({ sentence }) => sentence) ?? [],
    errors: nodes.map(({ engine }) => engine.error),
  };
}

it.each<[situation: string, observations: Observation[], engines: string[]]>([
  ['nothing is set for two nodes', [], ['live', 'unconfigured', 'unconfigured']],
  [
    'one endpoint is set and silent, and either may be it',
    [silent('tcp://b:1')],
    ['live', 'unconfigured', 'unconfigured'],
  ],
  [
    'two are set and silent',
    [silent('tcp://b:1'), silent('tcp://c:1')],
    ['live', 'unreachable', 'unreachable'],
  ],
  [
    'two are asked for the first time',
    [
      silent('tcp://b:1', { state: 'connecting', error: null }),
      silent('tcp://c:1', { state: 'connecting', error: null }),
    ],
    ['live', 'connecting', 'connecting'],
  ],
  [
    'one of them answers, and is the third’s',
    [
      silent('tcp://b:1'),
      silent('tcp://c:1'),
      { kind: 'engine', source: buildSource({ endpoint: 'tcp://c:1', nodeId: 'node-3' }) },
    ],
    ['live', 'unreachable', 'live'],
  ],
  [
    'one of them answers and is another swarm’s',
    [silent('tcp://b:1'), silent('tcp://c:1'), silent('tcp://c:1', { engineVersion: '28.5.0' })],
    ['live', 'unconfigured', 'unconfigured'],
  ],
  [
    'one of them is no longer set',
    [silent('tcp://b:1'), silent('tcp://c:1'), { kind: 'engine-gone', endpoint: 'tcp://c:1' }],
    ['live', 'unconfigured', 'unconfigured'],
  ],
  [
    'a node that is new may be none of them',
    [
      silent('tcp://b:1'),
      silent('tcp://c:1'),
      { kind: 'nodes', nodes: [...NODES, 'node-4'].map((id) => buildNode({ id, hostname: id })) },
    ],
    ['live', 'unconfigured', 'unconfigured', 'unconfigured'],
  ],
])('started in an outage: %s', async (_, observations, engines) => {
  const shown = await show(observations);
  expect(shown.engines).toEqual(engines);
});

it('names the endpoints of which one leads to it', async () => {
  const { errors } = await show([silent('tcp://b:1'), silent('tcp://c:1', { error: 'i/o timeout' })]);
  expect(errors[1]).toBe('tcp://b:1, tcp://c:1');
});

it('says of replicas there that their engine cannot be reached, not that nothing was set up', async () => {
  const { sentences: before } = await show([silent('tcp://b:1')]);
  const { sentences: after } = await show([silent('tcp://b:1'), silent('tcp://c:1')]);
  expect(before[2]).toMatch(/^Health not known: nothing that answers leads to the engine of node-3;/);
  expect(after[2]).toMatch(/^Health not known: the engine of node-3 cannot be reached: tcp:..b:1, tcp:..c:1/);
});

it('says the same of a node and of the replicas on it as nodes come and go', async () => {
  const list = (...ids: string[]): Observation => ({
    kind: 'nodes',
    nodes: ids.map((id) => buildNode({ id, hostname: id })),
  });
  const both = [silent('tcp://b:1'), silent('tcp://c:1')];
  const { sentences: joined } = await show([...both, list(...NODES, 'node-4')]);
  expect(joined[2]).toMatch(/^Health not known: nothing that answers leads to the engine of node-3;/);
  const { sentences: gone } = await show([...both, list(...NODES, 'node-4'), list(...NODES)]);
  expect(gone[2]).toMatch(/^Health not known: the engine of node-3 cannot be reached/);
});

/** Four nodes, 10.0.0.1 to 10.0.0.4, and the engine of the first answers at its address. */
function byAddress(first = 'tcp://10.0.0.1:2375'): Observation[] {
  const nodes = [1, 2, 3, 4].map((at) =>
    buildNode({ id: `node-${at}`, hostname: `host-${at}`, address: `10.0.0.${at}`, listedAddress: null }),
  );
  const gone: Observation = { kind: 'engine-gone', endpoint: 'tcp://10.0.0.1:2375' };
  return [{ kind: 'nodes', nodes }, gone, { kind: 'engine', source: buildSource({ endpoint: first }) }];
}

it.each<[situation: string, observations: Observation[], engines: string[]]>([
  [
    'an endpoint has the address of one of three nodes that nothing else leads to',
    [...byAddress(), silent('tcp://10.0.0.3:2375')],
    ['live', 'unconfigured', 'unreachable', 'unconfigured'],
  ],
  [
    'an endpoint has the name of one of them, in its domain',
    [...byAddress(), silent('ssh://docker@Host-4.example.org')],
    ['live', 'unconfigured', 'unconfigured', 'unreachable'],
  ],
  [
    'three endpoints are of hosts that are gone, while nothing was ever set for three nodes',
    [...byAddress(), ...[7, 8, 9].map((at) => silent(`tcp://10.0.0.${at}:2375`))],
    ['live', 'unconfigured', 'unconfigured', 'unconfigured'],
  ],
  [
    'one of them has the address of a node',
    [...byAddress(), ...[2, 8, 9].map((at) => silent(`tcp://10.0.0.${at}:2375`))],
    ['live', 'unreachable', 'unconfigured', 'unconfigured'],
  ],
  [
    'the endpoint that answers has no node’s address: those that do not may lead anywhere',
    [...byAddress('tcp://192.168.7.1:2375'), ...[7, 8, 9].map((at) => silent(`tcp://10.0.0.${at}:2375`))],
    ['live', 'unreachable', 'unreachable', 'unreachable'],
  ],
  [
    'they are forwarded on this machine: they may lead anywhere',
    [...byAddress(), ...[2, 3, 4].map((at) => silent(`tcp://127.0.0.1:${at}375`))],
    ['live', 'unreachable', 'unreachable', 'unreachable'],
  ],
  [
    'an endpoint has the address of the node that another one reads: it is no other node’s',
    [...byAddress('tcp://host-1:2375'), silent('tcp://10.0.0.1:2375')],
    ['live', 'unconfigured', 'unconfigured', 'unconfigured'],
  ],
  [
    'nodes have names with a domain, and an endpoint the first part of one’s',
    [
      ...byAddress(),
      {
        kind: 'nodes',
        nodes: [1, 2, 3].map((at) =>
          buildNode({
            id: `node-${at}`,
            hostname: `host-${at}.example.org`,
            address: `10.0.0.${at}`,
            listedAddress: null,
          }),
        ),
      },
      silent('tcp://host-3:2375'),
    ],
    ['live', 'unconfigured', 'unreachable'],
  ],
  [
    'two nodes have the same first part of a name: the endpoint may be either',
    [
      ...byAddress(),
      {
        kind: 'nodes',
        nodes: ['host-1', 'web.a.example.org', 'web.b.example.org'].map((hostname, at) =>
          buildNode({
            id: `node-${at + 1}`,
            hostname,
            address: `10.0.0.${at + 1}`,
            listedAddress: null,
          }),
        ),
      },
      silent('tcp://web:2375'),
    ],
    ['live', 'unconfigured', 'unconfigured'],
  ],
  [
    'one endpoint names a node whole, and another has the same first part in a domain of its own',
    [
      ...byAddress(),
      {
        kind: 'nodes',
        nodes: ['host-1', 'web.a.example.org', 'zoo.b.example.org'].map((hostname, at) =>
          buildNode({
            id: `node-${at + 1}`,
            hostname,
            address: `10.0.0.${at + 1}`,
            listedAddress: null,
          }),
        ),
      },
      silent('tcp://web.a.example.org:2375'),
      silent('tcp://web.z.example.org:2375'),
    ],
    ['live', 'unreachable', 'unconfigured'],
  ],
  [
    'an endpoint has the IPv6 address of a node',
    [
      ...byAddress(),
      {
        kind: 'nodes',
        nodes: ['10.0.0.1', 'fd00::2', 'fd00::3'].map((address, at) =>
          buildNode({ id: `node-${at + 1}`, hostname: `host-${at + 1}`, address, listedAddress: null }),
        ),
      },
      silent('tcp://[FD00::3]:2375'),
    ],
    ['live', 'unconfigured', 'unreachable'],
  ],
])('told by its host: %s', async (_, observations, engines) => {
  const shown = await show(observations);
  expect(shown.engines).toEqual(engines);
});
