import { expect, it } from 'vitest';
import { toContainer } from '#lib/engine/docker/decode/container/to-container.ts';
import { createMasker } from '#lib/engine/docker/decode/create-masker.ts';
import { toNode } from '#lib/engine/docker/decode/to-node.ts';
import { toService } from '#lib/engine/docker/decode/to-service.ts';
import { toTask } from '#lib/engine/docker/decode/to-task.ts';
import { decideServiceStatus } from '#lib/model/status/decide-service-status.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { startLive } from '#lib/testing/start-live.ts';
import { english } from '#lib/words/english.ts';

// What Docker answers, with one field taken out or put in another's place: nothing may crash, and nothing is well that was
// not well with it, but where the field is all that there is of the fault.

type Raw = { [key: string]: unknown };

const NOW_MS = Date.parse('2026-01-10T12:00:00Z');
const ago = (seconds: number) => new Date(NOW_MS - seconds * 1_000).toISOString();
const WEEK = 7 * 86_400;

const node = (id: string, over: Raw = {}): Raw => ({
  ...{ ID: id, Version: { Index: 10 }, CreatedAt: ago(WEEK), UpdatedAt: ago(WEEK) },
  Spec: { Labels: {}, Role: 'worker', Availability: 'active' },
  Description: {
    Hostname: id,
    Platform: { Architecture: 'x86_64', OS: 'linux' },
    Resources: { NanoCPUs: 8e9, MemoryBytes: 32e9 },
    Engine: { EngineVersion: '28.5.2', Plugins: [{ Type: 'Volume', Name: 'local' }] },
  },
  Status: { State: 'ready', Addr: '10.0.0.1' },
  ...over,
});

const MANAGER = { ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: '10.0.0.9:2377' } };

const service = (over: Raw = {}, spec: Raw = {}): Raw => ({
  ...{ ID: 's1', Version: { Index: 100 }, CreatedAt: ago(WEEK), UpdatedAt: ago(WEEK) },
  Spec: {
    Name: 'web',
    Labels: {},
    TaskTemplate: {
      ContainerSpec: { Image: 'app:1', StopGracePeriod: 10e9 },
      RestartPolicy: { Condition: 'any', Delay: 5e9, MaxAttempts: 0 },
      ForceUpdate: 0,
      Runtime: 'container',
    },
    Mode: { Replicated: { Replicas: 2 } },
    UpdateConfig: { Parallelism: 1, FailureAction: 'pause', Monitor: 5e9, Order: 'stop-first' },
    EndpointSpec: { Mode: 'vip' },
    ...spec,
  },
  Endpoint: { Spec: { Mode: 'vip' } },
  ...over,
});

const task = (slot: number, over: Raw = {}, status: Raw = {}): Raw => ({
  ...{ ID: `t${slot}`, Version: { Index: 200 }, CreatedAt: ago(3_600), UpdatedAt: ago(3_590) },
  Spec: { ContainerSpec: { Image: 'app:1' }, ForceUpdate: 0, Runtime: 'container' },
  ...{ ServiceID: 's1', Slot: slot, NodeID: `n${slot}`, DesiredState: 'running' },
  Status: {
    ...{ Timestamp: ago(3_590), State: 'running', Message: 'started' },
    ContainerStatus: { ContainerID: `c${slot}`, PID: 77, ExitCode: 0 },
    ...status,
  },
  ...over,
});

const probe = (seconds: number, exitCode: number) => ({
  ...{
    Start: ago(seconds),
    End: ago(seconds - 0.1),
    ExitCode: exitCode,
    Output: exitCode === 0 ? '' : '503',
  },
});

const container = (slot: number, state: Raw = {}, health: Raw | null = {}): Raw => ({
  ...{
    Id: `c${slot}`,
    Created: ago(3_600),
    Image: `sha256:${'a'.repeat(64)}`,
    Name: `/web.${slot}.t${slot}`,
  },
  State: {
    ...{ Status: 'running', Running: true, Paused: false, Restarting: false, OOMKilled: false, Dead: false },
    ...{ Pid: 77, ExitCode: 0, Error: '', StartedAt: ago(3_595), FinishedAt: '0001-01-01T00:00:00Z' },
    ...(health === null
      ? {}
      : {
          Health: {
            ...{ Status: 'healthy', FailingStreak: 0, Log: [probe(22, 0), probe(12, 0), probe(2, 0)] },
            ...health,
          },
        }),
    ...state,
  },
  Config: {
    Image: 'app:1',
    Labels: { 'com.docker.swarm.task.id': `t${slot}`, 'com.docker.swarm.service.id': 's1' },
    ...(health === null
      ? {}
      : { Healthcheck: { Test: ['CMD', 'ask'], Interval: 10e9, Timeout: 5e9, Retries: 3 } }),
  },
});

interface World {
  nodes: Raw[];
  services: Raw[];
  tasks: Raw[];
  containers: Raw[];
}

const well = (over: Partial<World> = {}): World => ({
  nodes: [node('m1', MANAGER), node('n1'), node('n2')],
  services: [service()],
  tasks: [task(1), task(2)],
  containers: [container(1), container(2)],
  ...over,
});

/** What the product says of it: its status code, 0 where it says nothing at all. */
function ask(world: World): number {
  const clock = createFakeClock(NOW_MS);
  const { facts, live } = startLive(clock);
  const mask = createMasker();
  const reading = { apiVersion: '1.51', skewMs: 0, readAtMs: NOW_MS, mask };
  facts.apply({
    kind: 'engine',
    source: buildSource({ kind: 'manager', endpoint: 'tcp://m', nodeId: 'm1' }),
  } as never);
  facts.apply({ kind: 'nodes', nodes: world.nodes.flatMap((raw) => toNode(raw, 0) ?? []) });
  facts.apply({
    kind: 'services',
    services: world.services.flatMap((raw) => toService(raw, 0, mask) ?? []),
    complete: true,
  });
  facts.apply({
    kind: 'tasks',
    tasks: world.tasks.flatMap((raw) => toTask(raw, 0, mask) ?? []),
    serviceIds: null,
  });
  for (const id of ['m1', 'n1', 'n2']) {
    facts.apply({ kind: 'engine', source: buildSource({ nodeId: id, endpoint: `tcp://${id}` }) });
    const at = id === 'n1' ? [0] : id === 'n2' ? [1] : [];
    const containers = at.flatMap(
      (index) => toContainer(world.containers[index], { ...reading, nodeId: id }) ?? [],
    );
    facts.apply({ kind: 'containers', nodeId: id, containers });
  }
  const { statusCode } = decideServiceStatus(live.picture(), 'web', NOW_MS, english);
  return statusCode;
}

const SWAPS: unknown[] = [undefined, null, '', 'x', -1, 4_294_967_295, [], '2999-01-01T00:00:00Z'];

/** Every place in it, as a path. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    pathsOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function swap(world: World, path: readonly (string | number)[], to: unknown): World {
  const copy = structuredClone(world) as unknown as Raw;
  let at: Raw = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Raw;
  const last = path.at(-1) ?? '';
  if (to === undefined) delete at[last];
  else at[last] = to;
  return copy as unknown as World;
}

/** Each with something wrong, and the places where that is all there is of it: without them nobody can know. */
const BAD: [name: string, world: World, only?: string[]][] = [
  [
    'unhealthy',
    well({
      containers: [
        container(1),
        container(2, {}, { Status: 'unhealthy', FailingStreak: 4, Log: [probe(12, 1), probe(2, 1)] }),
      ],
    }),
  ],
  [
    'exited',
    well({
      containers: [
        container(1),
        container(2, { Status: 'exited', Running: false, Pid: 0, ExitCode: 1, FinishedAt: ago(300) }),
      ],
    }),
  ],
  [
    'failed',
    well({
      tasks: [
        task(1),
        task(
          2,
          { DesiredState: 'shutdown' },
          {
            State: 'failed',
            Message: 'started',
            Err: 'task: non-zero exit (1)',
            ContainerStatus: { ContainerID: 'c2', ExitCode: 1 },
          },
        ),
      ],
      containers: [container(1)],
    }),
  ],
  [
    'down',
    well({
      nodes: [
        node('m1', MANAGER),
        node('n1'),
        node('n2', { Status: { State: 'down', Message: 'heartbeat failure' } }),
      ],
    }),
    ['nodes.2.Status', 'nodes.2.Status.State'],
  ],
  [
    'paused',
    well({
      services: [
        service({
          UpdateStatus: {
            State: 'paused',
            StartedAt: ago(600),
            Message: 'update paused due to failure or early termination of task t9',
          },
        }),
      ],
    }),
    ['services.0.UpdateStatus'],
  ],
  [
    'pending',
    well({
      tasks: [
        task(1),
        task(
          2,
          { NodeID: undefined },
          {
            State: 'pending',
            Message: 'pending task scheduling',
            Err: 'no suitable node (insufficient resources on 3 nodes)',
            ContainerStatus: undefined,
          },
        ),
      ],
      containers: [container(1)],
    }),
  ],
  [
    'missing',
    well({ tasks: [task(1)], containers: [container(1)] }),
    ['services.0.Spec.Mode.Replicated.Replicas', 'services.0.UpdatedAt'],
  ],
  [
    'silent',
    well({ containers: [container(1), container(2, {}, { Log: [probe(3_000, 0)] })] }),
    [
      'containers.1.Config.Healthcheck',
      'containers.1.Config.Healthcheck.Test',
      'containers.1.Config.Healthcheck.Test.0',
      'containers.1.State.Health.Log.0.End',
    ],
  ],
  [
    'starting',
    well({ containers: [container(1), container(2, {}, { Status: 'starting', Log: [] })] }),
    [
      'containers.1.Config.Healthcheck',
      'containers.1.Config.Healthcheck.Test',
      'containers.1.Config.Healthcheck.Test.0',
      'containers.1.State.StartedAt',
    ],
  ],
];

/** What differs from the swarm that is well; where something is missing, all. */
function placesOf(world: World): (string | number)[][] {
  const good = well() as unknown as Record<string, unknown[]>;
  const all = pathsOf(world).filter((path) => path.length > 2);
  const at = (from: Record<string, unknown[]>, [list, index]: (string | number)[]) =>
    JSON.stringify(from[String(list)]?.[Number(index)]);
  const odd = all.filter((path) => at(world as never, path) !== at(good, path));
  return odd.length > 0 ? odd : all;
}

it('is well as it is', () => {
  expect(ask(well())).toBe(200);
});

it.each(BAD)('%s is not made well by a field that is gone or another', (_name, world, only = []) => {
  expect(ask(world)).toBe(503);
  const greens = placesOf(world).filter((path) => SWAPS.some((to) => ask(swap(world, path, to)) === 200));
  expect(greens.map((path) => path.join('.')).filter((path) => !only.includes(path))).toEqual([]);
});

it('nothing of it makes anything crash', () => {
  const places = pathsOf(well()).filter((path) => path.length > 1);
  for (const path of places) for (const to of [undefined, null, 'x', -1, [null]]) ask(swap(well(), path, to));
});
