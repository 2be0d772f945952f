import { describe, expect, test } from 'vitest';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { isServiceWell } from '#lib/model/status/decide-service-status.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildServiceFacts } from '#lib/testing/build-service-facts.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { deriveService, type ServiceFacts } from './derive-service.ts';

const derive = (container: Container | null, overrides: Partial<ServiceFacts> = {}) =>
  deriveService(buildServiceFacts(container, overrides));
const fail = (startedAtMs: number) => buildProbe({ startedAtMs, exitCode: 1, output: 'HTTP 503' });
const pass = (startedAtMs: number) => buildProbe({ startedAtMs });

test('a healthy service of one replica, whole', () => {
  const lastProbe = pass(15_000);
  const { picture, recheckAtMs } = derive(buildCheckedContainer({ probes: [lastProbe] }));
  expect(recheckAtMs).toBeNull();
  // What the tests of everything else take for a healthy service.
  expect(picture).toEqual(buildServicePicture());
});

test.each([
  [
    'lost with its node',
    {
      nodeOf: () => buildNode({ status: 'down' }),
      engineOf: () => buildSource({ state: 'unreachable', error: 'refused' }),
    },
    'node-down',
    'node-down',
  ],
  [
    'on a node that Swarm counts as lost, whose engine answers',
    { nodeOf: () => buildNode({ status: 'down' }) },
    'node-down',
    'node-cut-off',
  ],
  [
    'on a node whose engine is gone',
    { engineOf: () => buildSource({ state: 'unreachable', error: 'refused' }) },
    'engine-unread',
    'engine-unread',
  ],
  ['on a node that nothing leads to', { engineOf: () => null }, 'engine-unread', 'engine-unconfigured'],
])('a replica %s points to what is said of the node', (_situation, facts, cause, root) => {
  const [replica] = derive(null, facts).picture.replicas;
  expect(replica?.findings).toEqual([
    {
      cause,
      level: 'problem',
      subject: { kind: 'replica', serviceId: 'service-1', key: '1' },
      sentence: replica?.sentence,
      evidence: null,
      hint: replica?.hint,
      sinceMs: replica?.sinceMs,
      because: { cause: root, subject: { kind: 'node', nodeId: 'node-1' } },
    },
  ]);
});

describe('a replica that was lost with its node is missing until it runs, as one that crashed', () => {
  const of = (slot: number, nodeId: string, over: Partial<Task> = {}) =>
    buildTask({ id: `task-${slot}-${nodeId}`, slot, nodeId, specKey: 'a', ...over });
  const kept = of(1, 'node-1');
  const next = (over: Partial<Task>) => of(2, 'node-3', { createdAtMs: 15_000, specKey: 'a', ...over });
  const stopped = (over: Partial<Task> = {}) => of(2, 'node-2', { desiredState: 'shutdown', ...over });
  const preparing = next({ state: 'preparing' });
  const starting = next({ state: 'starting' });

  interface Step {
    node: Partial<SwarmNode>;
    tasks: Task[];
    is: [verdict: string, isWell: boolean];
  }
  const DOWN = { status: 'down' } as const;
  const DRAINED = { availability: 'drain' } as const;
  const up: Step = { node: {}, tasks: [kept, of(2, 'node-2')], is: ['running', true] };
  const lost: Step = { node: DOWN, tasks: [kept, of(2, 'node-2')], is: ['degraded', false] };
  const bad = (node: Partial<SwarmNode>, tasks: Task[]): Step => ({ node, tasks, is: ['degraded', false] });
  const coming = (node: Partial<SwarmNode>, tasks: Task[]): Step => ({ node, tasks, is: ['starting', true] });

  test.each<[situation: string, steps: Step[]]>([
    [
      'its node goes down, and comes back while the next one starts',
      [
        up,
        lost,
        bad(DOWN, [kept, stopped(), preparing]),
        bad(DOWN, [kept, stopped(), starting]),
        bad({}, [kept, stopped({ state: 'shutdown' }), starting]),
        { node: {}, tasks: [kept, stopped({ state: 'shutdown' }), next({})], is: ['running', true] },
      ],
    ],
    [
      'the task that shows it is forgotten',
      [lost, bad(DOWN, [kept, stopped(), preparing]), bad({}, [kept, preparing])],
    ],
    [
      'there is no room for it',
      [
        lost,
        bad(DOWN, [kept, stopped(), next({ nodeId: null, state: 'pending', error: 'no suitable node' })]),
      ],
    ],
    [
      'it crashes besides, and is updated then',
      [
        bad(DOWN, [kept, stopped(), preparing]),
        bad({}, [kept, stopped({ state: 'shutdown' }), next({ specKey: 'b', state: 'preparing' })]),
      ],
    ],
    ['nobody looked before', [bad(DOWN, [kept, stopped(), starting])]],
    ['it crashed instead', [up, bad({}, [kept, stopped({ state: 'failed', stateAtMs: 14_000 }), preparing])]],
    [
      'its node is drained by hand, which is planned: so is all that follows from it',
      [
        up,
        coming(DRAINED, [kept, stopped(), preparing]),
        coming({ ...DRAINED, ...DOWN }, [kept, stopped({ state: 'shutdown' }), starting]),
        coming({}, [kept, stopped({ state: 'shutdown' }), starting]),
      ],
    ],
    ['it is scaled up', [up, coming({}, [kept, of(2, 'node-2'), of(3, 'node-3', { state: 'preparing' })])]],
    ['it is updated', [up, coming({}, [kept, stopped(), next({ specKey: 'b', state: 'preparing' })])]],
  ])('%s', (_situation, steps) => {
    let previous: ServicePicture | null = null;
    for (const [index, { node, tasks, is }] of steps.entries()) {
      const replicas = new Set(tasks.map(({ slot }) => slot)).size;
      const nodeOf = (id: string) => buildNode({ id, hostname: id, ...(id === 'node-2' ? node : {}) });
      const service = buildService({ mode: { kind: 'replicated', replicas }, specKey: 'a' });
      const containerOf = ({ id, state }: Task) =>
        state === 'running' ? buildContainer({ id: `container-${id}`, taskId: id }) : null;
      const { picture } = derive(null, { service, tasks, nodeOf, containerOf, previous, nowMs: 20_000 });
      expect([index, picture.verdict, isServiceWell(picture)]).toEqual([index, ...is]);
      previous = picture;
    }
  });

  test('it points to its node, and says what it does until then', () => {
    const nodeOf = (id: string) =>
      buildNode({ id, hostname: id, status: id === 'node-2' ? 'down' : 'ready' });
    const engineOf = (nodeId: string) =>
      buildSource({ nodeId, ...(nodeId === 'node-2' ? { state: 'unreachable' } : {}) });
    const facts = {
      tasks: [
        { ...stopped(), slot: 1 },
        { ...preparing, slot: 1 },
      ],
      nodeOf,
      engineOf,
    };
    const [replica] = derive(null, facts).picture.replicas;
    expect(replica).toMatchObject({
      cause: 'starting-after-loss',
      sentence:
        'Lost with its node node-2, which is down, and not up again yet. Being prepared on node-3: image, networks, volumes and container.',
      findings: [{ because: { cause: 'node-down', subject: { kind: 'node', nodeId: 'node-2' } } }],
    });
  });
});

describe('identity', () => {
  const twoTasks = [buildTask(), buildTask({ id: 'task-2', slot: 2, nodeId: 'node-2' })];
  const two = (second: Container): Partial<ServiceFacts> => ({
    service: buildService({ mode: { kind: 'replicated', replicas: 2 } }),
    tasks: twoTasks,
    containerOf: (task) => (task.id === 'task-2' ? second : buildCheckedContainer()),
  });
  const other = (health: Parameters<typeof buildCheckedContainer>[0] = {}) =>
    buildCheckedContainer(health, { id: 'container-2', taskId: 'task-2' });

  test('nothing changed: the same picture, later too', () => {
    const first = derive(null, two(other())).picture;
    expect(derive(null, { ...two(other()), previous: first, nowMs: 60_000 }).picture).toBe(first);
  });

  test('one replica changed: the others are the same objects', () => {
    const first = derive(null, two(other())).picture;
    const { picture } = derive(null, {
      ...two(other({ failingStreak: 1, probes: [fail(18_000)] })),
      previous: first,
    });
    expect(picture).not.toBe(first);
    expect(picture.replicas[0]).toBe(first.replicas[0]);
    expect(picture.replicas[1]?.status).toBe('failing');
  });
});

describe('when to look again', () => {
  test('when an unhealthy one becomes stuck', () => {
    expect(
      derive(buildCheckedContainer({ status: 'unhealthy', failingStreak: 3, statusSinceMs: 19_000 }))
        .recheckAtMs,
    ).toBe(36_000);
  });

  test('when a starting one becomes overdue, and not after', () => {
    const starting = buildCheckedContainer({ status: 'starting' });
    const { recheckAtMs } = derive(starting);
    expect(recheckAtMs).toBe(10_000 + 15_000 + 1_000);
    const later = derive(starting, { nowMs: recheckAtMs ?? 0 });
    expect(later.recheckAtMs).toBeNull();
    expect(later.picture.replicas[0]?.sentence).toContain('Still not healthy');
  });

  test('when the grace for a task to be placed ends', () => {
    const { picture, recheckAtMs } = derive(null, {
      tasks: [buildTask({ state: 'pending', nodeId: null, createdAtMs: 15_000 })],
    });
    expect([picture.verdict, recheckAtMs]).toEqual(['starting', 25_000]);
  });
});

test('a service of 10,000 replicas is derived whole, and is the same one when nothing changed', () => {
  const tasks = Array.from({ length: 10_000 }, (_, i) => buildTask({ id: `t${i}`, slot: i + 1 }));
  const facts = buildServiceFacts(null, {
    service: buildService({ mode: { kind: 'replicated', replicas: 10_000 } }),
    tasks,
    containerOf: (task) => buildCheckedContainer({}, { taskId: task.id }),
  });
  const { picture } = deriveService(facts);
  expect(picture.healthy).toBe(10_000);
  expect(deriveService({ ...facts, previous: picture }).picture).toBe(picture);
});

test('replicas that wait for long have room looked for once, however many there are', () => {
  const tasks = ['1', '2', '3'].map((id, index) =>
    buildTask({
      ...{ id, slot: index + 1, nodeId: null, state: 'pending', stateAtMs: 0 },
      error: 'no suitable node (insufficient resources on 3 nodes)',
    }),
  );
  const reserved = { cpuNano: 1, memoryBytes: null, generic: [] };
  let looks = 0;
  const { picture } = derive(null, {
    service: buildService({ mode: { kind: 'replicated', replicas: 3 }, reserved }),
    tasks,
    roomFor: () => {
      looks += 1;
      return buildNode();
    },
    nowMs: 3_600_000,
  });
  expect(picture.replicas.map(({ sentence }) => sentence)).toEqual(
    Array.from({ length: 3 }, () => expect.stringContaining('host-1 has room for it')),
  );
  expect(looks).toBe(1);
});
