import { describe, expect, it } from 'vitest';
import type { Observation } from '#lib/model/docker/observation.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFacts } from './create-facts.ts';
import type { FactChange } from './fact-change.ts';

const NODES: Observation = {
  kind: 'nodes',
  nodes: [buildNode({ id: 'node-1' }), buildNode({ id: 'node-2' })],
};
const SERVICES: Observation = { kind: 'services', services: [buildService()], complete: true };
const TASK = buildTask();
const TASKS: Observation = { kind: 'tasks', tasks: [TASK], serviceIds: null };
const OWN = buildCheckedContainer();
const SWARM = [NODES, SERVICES, TASKS];

function setUp(observations: Observation[] = SWARM) {
  const facts = createFacts();
  let changes: FactChange[] = [];
  facts.subscribe((found) => changes.push(...found));
  const observe = (...all: Observation[]) => {
    changes = [];
    all.forEach(facts.apply);
    return changes;
  };
  observe(...observations);
  return { facts, observe, kinds: (...all: Observation[]) => observe(...all).map(({ kind }) => kind) };
}

const see = (container: typeof OWN): Observation => ({ kind: 'container', container });
const gone = (nodeId = 'node-1'): Observation => ({ kind: 'container-gone', nodeId, containerId: OWN.id });
const listOf = (...tasks: (typeof TASK)[]): Observation => ({ kind: 'tasks', tasks, serviceIds: null });

describe('what an observation changed', () => {
  it('is nothing when it says the same again, and whoever listens is called all the same', () => {
    const { facts } = setUp();
    let calls = 0;
    facts.subscribe((changes) => {
      calls += 1;
      expect(changes).toEqual([]);
    });
    for (const observation of structuredClone(SWARM)) facts.apply(observation);
    expect(calls).toBe(SWARM.length);
    expect(facts.tasksOf('service-1')[0]).toBe(TASK);
  });

  it.each<[string, Observation[], Observation, FactChange['kind'][]]>([
    ['all tasks, for the first time', [NODES, SERVICES], TASKS, ['task', 'tasks-listed']],
    ['a node that left', SWARM, { kind: 'nodes', nodes: [buildNode({ id: 'node-1' })] }, ['node-gone']],
    ['a task that failed', SWARM, listOf(buildTask({ state: 'failed' })), ['task']],
    ['a task that is replaced', SWARM, listOf(buildTask({ id: 'task-2' })), ['task-gone', 'task']],
    [
      'one service of several, listed anew: of the others nothing is said',
      SWARM,
      { kind: 'tasks', tasks: [buildTask({ id: 'x', serviceId: 'service-2' })], serviceIds: ['service-2'] },
      ['task'],
    ],
    [
      'a service that is removed, and its tasks with it',
      SWARM,
      { kind: 'service-gone', serviceId: 'service-1' },
      ['task-gone', 'service-gone'],
    ],
    ['a container, each time it is read', [...SWARM, see(OWN)], see(OWN), ['container']],
    ['a container that is gone', [...SWARM, see(OWN)], gone(), ['container-gone']],
    ['a container that was gone before', SWARM, gone(), []],
    [
      'a dead container goes with its task',
      [...SWARM, see(buildContainer({ state: 'exited' }))],
      listOf(),
      ['task-gone', 'container-gone'],
    ],
    ['a container that still runs outlives its task', [...SWARM, see(OWN)], listOf(), ['task-gone']],
    ['an engine that was never known is gone', SWARM, { kind: 'engine-gone', endpoint: 'tcp://x' }, []],
  ])('%s', (_what, before, observation, expected) => {
    expect(setUp(before).kinds(observation)).toEqual(expected);
  });

  it('what a listener brings about comes to every listener after what it follows from', () => {
    const { facts } = setUp([]);
    const seen: string[] = [];
    facts.subscribe((changes) => {
      if (changes.some(({ kind }) => kind === 'node'))
        facts.apply({ kind: 'engine', source: buildSource({ state: 'unreachable' }) });
    });
    facts.subscribe((changes) => seen.push(...changes.map(({ kind }) => kind)));
    facts.apply(NODES);
    expect(seen).toEqual(['node', 'node', 'engine']);
  });
});

describe('who owns a container', () => {
  it('an engine’s word on a task counts from when a manager has listed it there', () => {
    const { facts, kinds } = setUp([NODES, SERVICES]);
    expect(kinds(see({ ...OWN, nodeId: 'node-2' }), see(OWN))).toEqual([
      'container-unowned',
      'container-unowned',
    ]);
    expect(kinds(TASKS)).toEqual(['task', 'container', 'tasks-listed']);
    expect(facts.containerOf(TASK)).toBe(OWN);
  });

  it('another node’s engine changes nothing of it, not even by taking it back', () => {
    const { facts, kinds } = setUp([...SWARM, see(OWN)]);
    const lie = see({ ...OWN, nodeId: 'node-2', state: 'exited' });
    expect(kinds(lie, gone('node-2'), { kind: 'containers', nodeId: 'node-2', containers: [] })).toEqual([]);
    expect(facts.containerOf(TASK)).toBe(OWN);
  });

  it('one with a copied task label is not the task’s: the manager knows the id', () => {
    const task = buildTask({ containerId: OWN.id });
    const copied = { ...OWN, id: 'spoof' };
    for (const order of [
      [see(copied), listOf(task)],
      [listOf(task), see(copied)],
    ]) {
      const { facts } = setUp([NODES, SERVICES, ...order]);
      expect(facts.containerOf(task)).toBeNull();
      expect(facts.lastSeenContainerOf(task)).toBeNull();
    }
  });

  it('one with a copied task label does not hide the task’s own', () => {
    const task = buildTask({ containerId: OWN.id });
    const { facts } = setUp([NODES, SERVICES, listOf(task), see(OWN), see({ ...OWN, id: 'spoof' })]);
    expect(facts.containerOf(task)).toBe(OWN);
  });

  it('of a task that is listed no longer it is its own until it is gone', () => {
    const { kinds } = setUp([...SWARM, see(OWN), listOf()]);
    expect(kinds(see({ ...OWN, nodeId: 'node-2' }))).toEqual([]);
    expect(kinds(see({ ...OWN, state: 'exited' }))).toEqual(['container']);
    expect(kinds(gone())).toEqual(['container-gone']);
    expect(kinds(see(OWN))).toEqual(['container-unowned']);
  });
});

describe('what is remembered', () => {
  it('of tasks that a manager lists and forgets without end has a limit, whatever they say', () => {
    const count = 3_000;
    const services = Array.from({ length: count }, (_, n) => buildService({ id: `s${n}`, name: `s${n}` }));
    const { facts, observe } = setUp([NODES, { kind: 'services', services, complete: true }]);
    for (let round = 0; round < 4; round += 1)
      observe(
        listOf(
          ...services.map(({ id }) =>
            buildTask({ id: `${id}-${round}`, serviceId: id, error: `${round}${'x'.repeat(16_000)}` }),
          ),
        ),
      );
    const past = services.flatMap(({ id }) => facts.pastTasksOf(id));
    const chars = past.reduce((sum, { error }) => sum + (error?.length ?? 0), 0);
    expect(chars).toBeLessThan(48_000_000);
    expect(chars).toBeGreaterThan(10_000_000);
    expect(facts.pastTasksOf(`s${count - 1}`).length).toBeGreaterThan(0);
  });

  it('is how a container was last seen, also when it is read again after it was gone', () => {
    const { facts, observe } = setUp([...SWARM, see(OWN)]);
    observe({ kind: 'containers', nodeId: 'node-1', containers: [] });
    expect(facts.containerOf(TASK)).toBeNull();
    expect(facts.lastSeenContainerOf(TASK)).toBe(OWN);
    expect(observe(see(buildContainer()))).toMatchObject([{ before: null, lastSeen: OWN }]);
  });

  it('is nothing of this process’s own when an earlier one saw it', () => {
    const { facts, observe } = setUp();
    facts.restore([{ task: TASK, container: OWN }]);
    expect(facts.lastSeenContainerOf(TASK)).toBe(OWN);
    expect(observe(see(OWN))).toMatchObject([{ before: null, lastSeen: null }]);
  });

  it('is a task that the manager forgot, as long as its service is there', () => {
    const { facts, observe } = setUp([...SWARM, listOf()]);
    expect(facts.pastTasksOf('service-1')).toEqual([TASK]);
    observe({ kind: 'service-gone', serviceId: 'service-1' });
    expect(facts.pastTasksOf('service-1')).toEqual([]);
  });

  it('is no task of a service that was removed while nobody looked', () => {
    const old = buildTask({ serviceId: 'removed' });
    for (const isEarly of [true, false]) {
      const { facts, observe } = setUp([]);
      if (isEarly) facts.restore([{ task: old, container: null }]);
      observe(...SWARM);
      if (!isEarly) facts.restore([{ task: old, container: null }]);
      expect(facts.pastTasksOf('removed')).toEqual([]);
    }
  });
});

describe('whether every node is read', () => {
  const engine = (nodeId: string, state: 'live' | 'stale'): Observation => ({
    kind: 'engine',
    source: buildSource({ endpoint: `tcp://${nodeId}-${state}`, nodeId, state }),
  });
  const down: Observation = {
    kind: 'nodes',
    nodes: [buildNode({ id: 'node-1' }), buildNode({ id: 'node-2', status: 'down' })],
  };
  it.each([
    ['no node is known', [engine('node-1', 'live')], false],
    ['one is not', [NODES, engine('node-1', 'live')], false],
    ['one is stale', [NODES, engine('node-1', 'live'), engine('node-2', 'stale')], false],
    ['all are', [NODES, engine('node-1', 'live'), engine('node-2', 'live')], true],
    ['the other one is down', [down, engine('node-1', 'live')], true],
    [
      'of two ways to one node, one reads it',
      [down, engine('node-1', 'stale'), engine('node-1', 'live')],
      true,
    ],
  ])('%s', (_what, observations, expected) => {
    expect(setUp(observations as Observation[]).facts.isCovered()).toBe(expected);
  });
});
