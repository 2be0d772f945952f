import { describe, expect, it } from 'vitest';
import { createFacts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createAgentDirectory } from './create-agent-directory.ts';

const NODES = [buildNode(), buildNode({ id: 'node-2', hostname: 'host-2' })];
const SERVICE = buildService({ id: 'agents', name: 'vitals_agent' });
const agent = (node: string, over: Parameters<typeof buildTask>[0] = {}) =>
  buildTask({
    id: `agent-${node}`,
    serviceId: 'agents',
    slot: null,
    nodeId: node,
    addresses: [`10.0.9.${node.slice(-1)}`],
    ...over,
  });

function setUp() {
  const facts = createFacts();
  const emitted: FactChange[] = [];
  const changes: (readonly SwarmNode[])[] = [];
  const directory = createAgentDirectory({ serviceName: 'vitals_agent', facts, nowMs: () => 7 });
  facts.subscribe((seen) => emitted.push(...seen.filter(({ kind }) => kind.startsWith('engine'))));
  facts.subscribe(directory.observe);
  directory.subscribe((nodes) => changes.push(nodes));
  return { directory, observe: facts.apply, emitted, changes };
}

const nodes: Observation = { kind: 'nodes', nodes: NODES };
const services: Observation = { kind: 'services', services: [SERVICE], complete: true };
const tasks = (...list: ReturnType<typeof agent>[]): Observation => ({
  kind: 'tasks',
  tasks: list,
  serviceIds: null,
});

describe('where the agents are', () => {
  it.each([
    ['services first', [nodes, services, tasks(agent('node-1'), agent('node-2'))]],
    ['tasks first', [tasks(agent('node-1'), agent('node-2')), services, nodes]],
  ])('finds each node’s, whichever list comes first: %s', (_what, observations) => {
    const { directory, observe, emitted } = setUp();
    for (const observation of observations) observe(observation);
    expect(NODES.map(directory.addressesOf)).toEqual([['10.0.9.1'], ['10.0.9.2']]);
    expect(emitted).toEqual([]);
  });

  it('says nothing before everything was listed', () => {
    const { observe, emitted, changes } = setUp();
    observe(nodes);
    observe(services);
    expect([emitted, changes]).toEqual([[], []]);
  });

  it('names a node without one, and takes that back when it comes', () => {
    const { directory, observe, emitted, changes } = setUp();
    for (const observation of [nodes, services, tasks(agent('node-1'))]) observe(observation);
    expect(emitted).toMatchObject([
      {
        kind: 'engine',
        source: {
          nodeId: 'node-2',
          state: 'unreachable',
          error: expect.stringContaining('No agent runs on host-2'),
        },
      },
    ]);
    observe({ kind: 'tasks', tasks: [agent('node-1'), agent('node-2')], serviceIds: ['agents'] });
    expect(emitted.at(-1)).toMatchObject({
      kind: 'engine-gone',
      source: { endpoint: 'agent of host-2 (node-2)' },
    });
    expect(changes.length).toBe(2);
    expect(directory.addressesOf(NODES[1] as SwarmNode)).toEqual(['10.0.9.2']);
  });

  it('reports an agent that moved, and nothing when nothing changed', () => {
    const { directory, observe, changes } = setUp();
    for (const observation of [nodes, services, tasks(agent('node-1'), agent('node-2'))])
      observe(observation);
    observe(tasks(agent('node-1'), agent('node-2')));
    expect(changes.length).toBe(1);
    observe(tasks(agent('node-1'), agent('node-2', { addresses: ['10.0.9.77'] })));
    expect(changes.length).toBe(2);
    expect(directory.addressesOf(NODES[1] as SwarmNode)).toEqual(['10.0.9.77']);
  });

  it('looks away from other services’ tasks', () => {
    const { directory, observe } = setUp();
    for (const observation of [nodes, services, tasks(agent('node-1'), agent('node-2'))])
      observe(observation);
    observe({ kind: 'tasks', tasks: [buildTask({ serviceId: 'web' })], serviceIds: ['web'] });
    expect(directory.addressesOf(NODES[0] as SwarmNode)).toEqual(['10.0.9.1']);
  });

  it('misses all of them when their service is removed', () => {
    const { directory, observe, emitted } = setUp();
    for (const observation of [nodes, services, tasks(agent('node-1'), agent('node-2'))])
      observe(observation);
    observe({ kind: 'service-gone', serviceId: 'agents' });
    expect(emitted.length).toBe(2);
    expect(NODES.map(directory.addressesOf)).toEqual([null, null]);
  });
});
