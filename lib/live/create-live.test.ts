import { describe, expect, test } from 'vitest';
import { createFacts } from '#lib/facts/create-facts.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { findDoubt } from '#lib/model/status/managers.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { startLive } from '#lib/testing/start-live.ts';
import type { PictureUpdate } from './picture-update.ts';

const PASSED = buildProbe({ startedAtMs: 15_000 });
const FAILED = buildProbe({ startedAtMs: 20_000, exitCode: 1, output: '503' });
const healthy = buildCheckedContainer({ probes: [PASSED] });
const failing = buildCheckedContainer({ probes: [PASSED, FAILED], failingStreak: 1 });

const other = buildService({ id: 'service-2', name: 'other' });
const OF_OTHER = buildCheckedContainer({}, { id: 'c2', taskId: 'task-2', serviceId: 'service-2' });
const SWARM: Observation[] = [
  { kind: 'nodes', nodes: [buildNode({ id: 'node-1' })] },
  { kind: 'services', services: [buildService(), other], complete: true },
  {
    kind: 'tasks',
    tasks: [buildTask(), buildTask({ id: 'task-2', serviceId: 'service-2' })],
    serviceIds: null,
  },
  { kind: 'engine', source: buildSource() },
  {
    kind: 'containers',
    nodeId: 'node-1',
    containers: [healthy, OF_OTHER],
  },
];

function setUp(observations: Observation[] = SWARM) {
  const clock = createFakeClock(30_000);
  const updates: PictureUpdate[] = [];
  const facts = createFacts();
  /** Each time a service was decided anew: then its tasks are asked for. */
  const decided: string[] = [];
  const tasksOf = (serviceId: string) => {
    decided.push(serviceId);
    return facts.tasksOf(serviceId);
  };
  const { live } = startLive(clock, { facts: { ...facts, tasksOf } });
  live.subscribe((update) => updates.push(update));
  for (const observation of observations) facts.apply(observation);
  live.picture();
  const status = () => live.picture().services.find(({ name }) => name === 'web')?.replicas[0]?.status;
  return { clock, live, apply: facts.apply, updates, status, decided };
}

test('before a manager listed its tasks there is no swarm to speak of, and no false verdict', () => {
  const { live } = setUp(SWARM.slice(0, 2));
  expect(live.picture()).toMatchObject({ ready: false, services: [], verdict: 'unknown' });
});

test('while nothing is heard of the swarm the picture gets no newer, also where time alone changes it', async () => {
  const preparing = buildTask({ state: 'preparing', stateAtMs: 29_000, containerId: null });
  const { live, updates, clock, apply } = setUp([
    ...SWARM.slice(0, 2),
    { kind: 'managers', sources: [buildSource({ kind: 'manager' })] },
    { kind: 'tasks', tasks: [preparing], serviceIds: null },
  ]);
  const atMs = clock.nowMs();
  const before = updates.length;
  await clock.advance(3_600_000);
  expect(updates.length, 'it is late by now').toBeGreaterThan(before);
  expect(live.picture().atMs).toBe(atMs);
  expect(live.seenAtMs()).toBe(atMs);
  expect(findDoubt(live.picture(), clock.nowMs())).toEqual({ kind: 'silent' });
  apply({ kind: 'tasks', tasks: [preparing], serviceIds: null });
  expect(live.seenAtMs()).toBe(clock.nowMs());
  expect(findDoubt(live.picture(), clock.nowMs())).toBeNull();
});

test('everything seen in one turn of the event loop is one revision', () => {
  const { live, updates } = setUp();
  expect(updates).toHaveLength(1);
  expect(live.picture()).toMatchObject({ ready: true, revision: 1, verdict: 'healthy' });
});

test.each([
  ['the first failed probe changes its replica and the counts', failing, ['replica', 'service']],
  [
    'the second in a row also what is said of the swarm',
    buildCheckedContainer({ probes: [PASSED, FAILED], failingStreak: 2 }),
    ['replica', 'service', 'swarm'],
  ],
])('%s, and nothing else is decided anew', (_what, container, changed) => {
  const { live, apply, updates, status } = setUp();
  const before = live.picture();
  apply({ kind: 'container', container });
  expect(status()).toBe('failing');
  expect(live.picture().services[0]).toBe(before.services[0]);
  expect(live.picture().nodes).toBe(before.nodes);
  expect(
    updates
      .at(-1)
      ?.changes.map(({ kind }) => kind)
      .sort(),
  ).toEqual(changed);
});

test('a list that says the same again changes nothing', () => {
  const { live, apply, updates } = setUp();
  const before = live.picture();
  for (const observation of structuredClone(SWARM)) apply(observation);
  expect(live.picture().services[0]).toBe(before.services[0]);
  expect(updates).toHaveLength(1);
});

test('what is well is decided anew by what happens alone, never by time', async () => {
  const { clock, decided } = setUp();
  decided.length = 0;
  await clock.advance(3_600_000);
  expect(decided).toEqual([]);
  expect(clock.pendingTimers()).toBe(0);
});

test('what lasts too long is decided anew when its age is another in words, and the rest is not', async () => {
  const waits = buildTask({ state: 'preparing', stateAtMs: 30_000 });
  const { clock, decided, status } = setUp([
    ...SWARM.slice(0, 4),
    { kind: 'tasks', tasks: [waits], serviceIds: ['service-1'] },
    { kind: 'containers', nodeId: 'node-1', containers: [OF_OTHER] },
  ]);
  expect(status()).toBe('preparing');
  decided.length = 0;
  await clock.advance(3_600_000);
  // For ten minutes it is expected; from then on a minute at a time.
  expect(decided).toEqual(Array.from({ length: 50 }, () => 'service-1'));
});

test('a passing probe is not sent to viewers, and is there for who asks', () => {
  const { live, apply, updates } = setUp();
  const next = buildProbe({ startedAtMs: 20_000 });
  apply({ kind: 'container', container: buildCheckedContainer({ probes: [PASSED, next] }) });
  expect(live.replicaDetail('web', '1')?.probes).toEqual([PASSED, next]);
  expect(live.picture().services[1]?.replicas[0]?.health?.lastProbe).toEqual(next);
  expect(updates).toHaveLength(1);
});

test.each(['stale', 'unreachable', 'connecting'] as const)(
  'an engine that is %s makes its replicas unknown, never green; true again when it is back',
  (state) => {
    const { apply, status } = setUp();
    apply({ kind: 'engine', source: buildSource({ state }) });
    expect(status()).toBe('unknown');
    apply({ kind: 'engine', source: buildSource() });
    expect(status()).toBe('healthy');
  },
);

test('in a swarm of many services passing probes are taken in turns, and a failing one is told at once', async () => {
  const COUNT = 250;
  const ids = Array.from({ length: COUNT }, (_, index) => `s${index}`);
  const toContainer = (id: string, probes: Probe[], failingStreak = 0) =>
    buildCheckedContainer({ probes, failingStreak }, { id: `c-${id}`, taskId: `t-${id}`, serviceId: id });
  const { clock, live, apply } = setUp([
    { kind: 'nodes', nodes: [buildNode({ id: 'node-1' })] },
    { kind: 'services', services: ids.map((id) => buildService({ id, name: id })), complete: true },
    { kind: 'tasks', tasks: ids.map((id) => buildTask({ id: `t-${id}`, serviceId: id })), serviceIds: null },
    { kind: 'engine', source: buildSource() },
    { kind: 'containers', nodeId: 'node-1', containers: ids.map((id) => toContainer(id, [PASSED])) },
  ]);
  const later = buildProbe({ startedAtMs: 25_000 });
  const replicas = () => live.picture().services.flatMap((service) => service.replicas);
  const countPublished = () =>
    replicas().filter(({ health }) => health?.lastProbe?.startedAtMs === later.startedAtMs).length;

  for (const id of ids) apply({ kind: 'container', container: toContainer(id, [PASSED, later]) });
  apply({ kind: 'container', container: toContainer('s249', [PASSED, FAILED], 1) });
  expect(countPublished()).toBeLessThan(COUNT - 1);
  expect(replicas().filter(({ status }) => status === 'failing')).toHaveLength(1);

  await clock.advance(20_000);
  expect(countPublished()).toBe(COUNT - 1);
});

test('where nobody asks, services whose probes pass are decided in their turns, several reads of one together', async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `s${index}`);
  const toContainer = (id: string, startedAtMs: number[]) =>
    buildCheckedContainer(
      { probes: startedAtMs.map((atMs) => buildProbe({ startedAtMs: atMs })) },
      { id: `c-${id}`, taskId: `t-${id}`, serviceId: id },
    );
  const { clock, apply, decided } = setUp([
    { kind: 'nodes', nodes: [buildNode({ id: 'node-1' })] },
    { kind: 'services', services: ids.map((id) => buildService({ id, name: id })), complete: true },
    { kind: 'tasks', tasks: ids.map((id) => buildTask({ id: `t-${id}`, serviceId: id })), serviceIds: null },
    { kind: 'engine', source: buildSource() },
    { kind: 'containers', nodeId: 'node-1', containers: ids.map((id) => toContainer(id, [15_000])) },
  ]);
  await clock.advance(1_000);
  decided.length = 0;
  for (const id of ids) apply({ kind: 'container', container: toContainer(id, [15_000, 25_000]) });
  for (const id of ids) apply({ kind: 'container', container: toContainer(id, [15_000, 25_000, 26_000]) });
  await clock.advance(10_000);
  expect(decided).toEqual(ids.slice(0, 20));
  await clock.advance(40_000);
  expect(decided).toEqual(ids);
});

test('a failed probe that a read finds before one that passed is no passing probe', async () => {
  const { clock, apply, decided } = setUp();
  decided.length = 0;
  const failed = { ...FAILED, startedAtMs: 20_000, endedAtMs: 20_050 };
  const passed = buildProbe({ startedAtMs: 25_000, endedAtMs: 25_050 });
  apply({ kind: 'container', container: buildCheckedContainer({ probes: [PASSED, failed, passed] }) });
  await clock.advance(100);
  expect(decided).toContain('service-1');
  decided.length = 0;
  const next = buildProbe({ startedAtMs: 27_000, endedAtMs: 27_050 });
  apply({ kind: 'container', container: buildCheckedContainer({ probes: [PASSED, failed, passed, next] }) });
  await clock.advance(100);
  expect(decided).toEqual([]);
});

test('an engine that is taken out of the settings leaves its replicas unknown', () => {
  const { apply, status } = setUp();
  apply({ kind: 'engine-gone', endpoint: buildSource().endpoint });
  expect(status()).toBe('unknown');
});

test('the probes a replica died with outlive its container and its task', () => {
  const { live, apply } = setUp();
  const died = buildCheckedContainer(
    { probes: [PASSED, FAILED], status: 'unhealthy', failingStreak: 3 },
    { state: 'exited', exitCode: 137, finishedAtMs: 29_000 },
  );
  apply({ kind: 'container', container: died });
  const failed = buildTask({ state: 'failed', desiredState: 'shutdown', stateAtMs: 29_000 });
  const next = buildTask({ id: 'task-3', state: 'starting', createdAtMs: 29_500 });
  apply({ kind: 'tasks', tasks: [failed, next], serviceIds: ['service-1'] });
  apply({ kind: 'container-gone', nodeId: 'node-1', containerId: 'container-1' });
  expect(live.replicaDetail('web', '1')?.earlierTasks[0]).toMatchObject({
    id: 'task-1',
    forgotten: false,
    probes: [PASSED, FAILED],
    end: { cause: 'killed-for-health' },
  });
  apply({ kind: 'tasks', tasks: [next], serviceIds: ['service-1'] });
  expect(live.replicaDetail('web', '1')?.earlierTasks[0]).toMatchObject({
    id: 'task-1',
    forgotten: true,
    exitCode: 137,
    probes: [PASSED, FAILED],
  });
});

test('a removed service is gone, with all that was kept of it', () => {
  const { live, apply, updates } = setUp();
  apply({ kind: 'service-gone', serviceId: 'service-1' });
  expect(live.serviceDetail('web')).toBeNull();
  expect(live.replicaDetail('web', '1')).toBeNull();
  expect(updates.at(-1)?.changes).toContainEqual({ kind: 'service-gone', serviceId: 'service-1' });
});

test('a service is found by its id too, and a replica that is not there is not', () => {
  const { live } = setUp();
  expect(live.serviceDetail('service-1')?.name).toBe('web');
  expect(live.replicaDetail('web', '9')).toBeNull();
});

test('time alone makes an unhealthy replica stuck when Swarm does not act', async () => {
  const { clock, live, apply, updates } = setUp();
  apply({
    kind: 'container',
    container: buildCheckedContainer({
      status: 'unhealthy',
      failingStreak: 3,
      probes: [FAILED],
      statusSinceMs: 30_000,
    }),
  });
  expect(live.picture().services[1]?.replicas[0]).toMatchObject({ status: 'unhealthy', stuck: false });
  const sent = updates.length;
  await clock.advance(60_000);
  expect(live.picture().services[1]?.replicas[0]).toMatchObject({ status: 'unhealthy', stuck: true });
  expect(updates.length).toBeGreaterThan(sent);
});

test('after it is closed nothing ticks any more', () => {
  const { clock, live, apply } = setUp();
  live.close();
  apply({ kind: 'container', container: failing });
  expect(clock.pendingTimers()).toBe(0);
});

test('a task is up since its node says so, whatever time it is on that node', () => {
  const HOUR_MS = 3_600_000;
  // The node's clock is an hour behind, and its engine wrote the time of the state into the manager's list.
  const behind = buildSource({ skewMs: -HOUR_MS });
  const [nodes, services] = SWARM as [Observation, Observation];
  const listed = buildTask({ createdAtMs: 9_000, stateAtMs: 12_000 - HOUR_MS });
  const tasks: Observation = { kind: 'tasks', tasks: [listed], serviceIds: null };
  const engine: Observation = { kind: 'engine', source: behind };
  const managers: Observation = {
    kind: 'managers',
    sources: [buildSource({ kind: 'manager', endpoint: 'm' })],
  };
  const containers: Observation = {
    kind: 'containers',
    nodeId: 'node-1',
    containers: [buildCheckedContainer({ probes: [] })],
  };
  for (const order of [
    [managers, engine, tasks, containers],
    [managers, tasks, engine, containers],
  ]) {
    const { live, apply } = setUp([nodes, services, ...order]);
    const replica = () => live.picture().services.find(({ name }) => name === 'web')?.replicas[0];
    expect(replica()).toMatchObject({ status: 'healthy', sinceMs: 12_000 });
    apply(tasks);
    expect(replica()).toMatchObject({ sinceMs: 12_000 });
  }
});

describe('a swarm so large that deciding it takes long', () => {
  const COUNT = 60;
  const many = Array.from({ length: COUNT }, (_, n) => buildService({ id: `s${n}`, name: `name-${n}` }));
  const tasks = many.map(({ id }) => buildTask({ id: `task-${id}`, serviceId: id }));
  const containers = tasks.map(({ id, serviceId }) =>
    buildCheckedContainer({ probes: [PASSED] }, { id: `c-${id}`, taskId: id, serviceId }),
  );
  const LISTED: Observation[] = [
    { kind: 'nodes', nodes: [buildNode({ id: 'node-1' })] },
    { kind: 'services', services: many, complete: true },
    { kind: 'engine', source: buildSource() },
    { kind: 'tasks', tasks, serviceIds: null },
  ];
  const ALL: Observation = { kind: 'containers', nodeId: 'node-1', containers };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  /** Whatever is done takes 3 ms by this clock. */
  function setUpSlow() {
    const clock = createFakeClock(30_000);
    let steadyMs = 0;
    const timers = {
      nowMs: clock.nowMs,
      setTimer: clock.setTimer,
      steadyMs() {
        steadyMs += 3;
        return steadyMs;
      },
    };
    const { facts, live } = startLive(timers);
    const updates: PictureUpdate[] = [];
    live.subscribe((update) => updates.push(update));
    return { clock, live, facts, updates };
  }

  test('others have their turns meanwhile, and nothing of it is shown before all of it is decided', async () => {
    const { live, facts, updates } = setUpSlow();
    for (const observation of LISTED) facts.apply(observation);
    let turns = 0;
    while (!live.picture().ready && turns < 1_000) {
      expect(live.picture().services).toEqual([]);
      turns += 1;
      await turn();
    }
    expect(turns).toBeGreaterThan(5);
    expect(live.picture().services).toHaveLength(COUNT);
    for (const { picture } of updates) expect(picture.services).toHaveLength(picture.ready ? COUNT : 0);
  });

  test('is shown though its engines go on telling', async () => {
    const { clock, live, facts } = setUpSlow();
    for (const observation of LISTED) facts.apply(observation);
    for (let turns = 0; turns < 200 && !live.picture().ready; turns += 1) {
      facts.apply(ALL);
      await turn();
    }
    expect(live.picture()).toMatchObject({ ready: true, services: { length: COUNT } });
    await clock.advance(60_000);
    for (let turns = 0; turns < 200; turns += 1) await turn();
    expect(live.picture().verdict).toBe('healthy');
  });

  test('changes that come without end take a part of the time, and the last one is always shown', async () => {
    const { clock, live, facts, updates } = setUpSlow();
    for (const observation of [...LISTED, ALL]) facts.apply(observation);
    await clock.advance(60_000);
    for (let turns = 0; turns < 200; turns += 1) await turn();
    const before = updates.length;
    const [first] = containers;
    if (!first?.health) throw new Error('There is none.');
    for (let flip = 1; flip <= 500; flip += 1) {
      const health = { ...first.health, failingStreak: flip, probes: [PASSED, FAILED] };
      facts.apply({ kind: 'container', container: { ...first, health } });
      await turn();
    }
    expect(updates.length - before).toBeLessThan(250);
    await clock.advance(2_000);
    const shown = live.picture().services.find(({ id }) => id === 's0')?.replicas[0];
    expect(shown).toMatchObject({ status: 'failing', health: { failingStreak: 500 } });
  });

  test('nothing ticks any more once it is closed, also while it waits to decide', async () => {
    const { clock, live, facts } = setUpSlow();
    for (const observation of [...LISTED, ALL]) facts.apply(observation);
    for (let turns = 0; turns < 200; turns += 1) await turn();
    const [first] = containers;
    if (!first?.health) throw new Error('There is none.');
    for (let flip = 1; flip <= 200; flip += 1) {
      const health = { ...first.health, failingStreak: flip, probes: [PASSED, FAILED] };
      facts.apply({ kind: 'container', container: { ...first, health } });
      await turn();
    }
    expect(clock.pendingTimers()).toBeGreaterThan(0);
    live.close();
    expect(clock.pendingTimers()).toBe(0);
  });
});

test('while no manager lists tasks, each service says since when, after a moment; its replicas stay as engines tell', async () => {
  const { live, apply, clock } = setUp();
  const managers = (state: 'live' | 'unreachable', sinceMs: number): Observation => ({
    kind: 'managers',
    sources: [buildSource({ kind: 'manager', endpoint: 'm', state, sinceMs })],
  });
  const web = () => live.picture().services.find(({ name }) => name === 'web');
  apply(managers('live', 0));
  apply(managers('unreachable', clock.nowMs()));
  await clock.advance(29_000);
  expect(web()?.findings).toEqual([]);
  await clock.advance(2_000);
  expect(web()).toMatchObject({
    verdict: 'unknown',
    replicas: [{ status: 'healthy' }],
    findings: [{ cause: 'tasks-unlisted', level: 'notice' }],
  });
  await clock.advance(120_000);
  expect(web()?.sentence).toMatch(
    /^No manager has listed its tasks for 2 min, so what .*\. Its replica is healthy\.$/,
  );
  apply(managers('live', clock.nowMs()));
  expect(web()).toMatchObject({ verdict: 'healthy', findings: [] });
});
