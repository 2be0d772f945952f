import { describe, expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import { createManagerWatch } from './create-manager-watch.ts';

const NO_LEADER = new EngineError('no-quorum', 'The swarm has no leader.', 500);

const LEADS = { leader: true, reachability: 'reachable', address: null } as const;

async function setUp(managers = 1, services = 10, covered = true) {
  const clock = createFakeClock();
  const engines = Array.from({ length: managers }, (_, index) =>
    createFakeEngine(clock, { nodeId: `m${index + 1}` }),
  );
  const ids = Array.from({ length: services }, (_, index) => `s${index + 1}`);
  for (const engine of engines) {
    engine.nodes = [buildNode({ id: 'm1', manager: LEADS })];
    engine.services = ids.map((id) => buildService({ id, name: id }));
    engine.tasks = ids.map((id) => buildTask({ id: `t-${id}`, serviceId: id, nodeId: 'm1' }));
  }
  const seen: { observation: Observation; atMs: number }[] = [];
  const watch = createManagerWatch({
    clients: engines.map(({ client }) => client),
    clock,
    emit: (observation) => seen.push({ observation, atMs: clock.nowMs() }),
    isCovered: () => covered,
  });
  await clock.advance(5);
  const engine = engines[0];
  if (!engine) throw new Error('no engine');
  const ofKind = <K extends Observation['kind']>(kind: K) =>
    seen.flatMap(({ observation, atMs }) =>
      observation.kind === kind ? [{ ...(observation as Extract<Observation, { kind: K }>), atMs }] : [],
    );
  return {
    clock,
    engine,
    engines,
    watch,
    seen,
    ofKind,
    sources: () => ofKind('managers').at(-1)?.sources ?? [],
    active: () =>
      ofKind('managers')
        .at(-1)
        ?.sources.find(({ active }) => active),
    setTask(id: string, change: Partial<Task>) {
      for (const each of engines)
        each.tasks = each.tasks.map((task) => (task.id === id ? { ...task, ...change } : task));
    },
    node: (action: 'update') =>
      engine.emit({ kind: 'node', nodeId: 'm1', action, atMs: clock.nowMs(), engineAtMs: clock.nowMs() }),
    service: (serviceId: string, action: 'create' | 'update' | 'remove') =>
      engine.emit({ kind: 'service', serviceId, action, atMs: clock.nowMs(), engineAtMs: clock.nowMs() }),
  };
}

describe('one manager', () => {
  it('tells the swarm, then complete lists, then that it is live', async () => {
    const { seen, active, engine } = await setUp();
    expect(seen.map(({ observation }) => observation.kind)).toEqual([
      'managers',
      'swarm',
      'nodes',
      'services',
      'tasks',
      'managers',
      'networks',
    ]);
    expect(active()).toMatchObject({ state: 'live', nodeId: 'm1', error: null });
    expect(engine.opened[0]?.scope).toBe('manager');
  });

  it('says what to do when given a worker, or an engine in no swarm', async () => {
    const { clock, engine, active } = await setUp();
    engine.identity = { ...engine.identity, controlAvailable: false };
    engine.endStreams();
    await clock.advance(10);
    expect(active()).toMatchObject({ state: 'unreachable' });
    expect(active()?.error).toContain('is a worker');
    engine.identity = { ...engine.identity, localNodeState: 'inactive', nodeId: null };
    await clock.advance(6_000);
    expect(active()?.error).toContain('in no swarm');
  });

  it('reads a service and its tasks 50 ms after its event, and a few times more', async () => {
    const { clock, engine, service, ofKind } = await setUp();
    await clock.advance(100);
    const fromMs = clock.nowMs();
    service('s1', 'update');
    service('s1', 'update');
    await clock.advance(5_000);
    const targeted = ofKind('tasks').filter(({ serviceIds }) => serviceIds?.includes('s1'));
    expect(targeted.map(({ atMs }) => atMs - fromMs)).toEqual([50, 300, 1_000, 3_000]);
    expect(engine.counts.listServicesOf).toBeGreaterThanOrEqual(1);
  });

  it('tells that a service is gone at once, and a new one soon', async () => {
    const { clock, engine, service, ofKind } = await setUp();
    engine.services = [...engine.services.slice(1), buildService({ id: 'new', name: 'new' })];
    service('s1', 'remove');
    expect(ofKind('service-gone').map(({ serviceId }) => serviceId)).toEqual(['s1']);
    service('new', 'create');
    await clock.advance(100);
    expect(ofKind('services').at(-1)).toMatchObject({ complete: false, services: [{ id: 'new' }] });
  });

  it('sees a failed task within 300 ms of its container’s death, and its successor run', async () => {
    const { clock, engine, watch, setTask, ofKind } = await setUp();
    await clock.advance(1_000);
    watch.onHint({ serviceId: 's1', taskId: null });
    const diedMs = clock.nowMs();
    clock.setTimer(230, () => {
      setTask('t-s1', { state: 'failed', desiredState: 'shutdown' });
      engine.tasks.push(
        buildTask({ id: 't2', serviceId: 's1', state: 'assigned', desiredState: 'ready', nodeId: 'm1' }),
      );
    });
    clock.setTimer(6_000, () => setTask('t2', { state: 'running', desiredState: 'running' }));
    await clock.advance(7_000);
    const mine = ofKind('tasks').filter(({ serviceIds }) => serviceIds?.includes('s1'));
    const failed = mine.find(({ tasks }) => tasks.some(({ state }) => state === 'failed'));
    expect((failed?.atMs ?? 0) - diedMs).toBeLessThanOrEqual(300);
    const running = mine.find(({ tasks }) =>
      tasks.some(({ id, state }) => id === 't2' && state === 'running'),
    );
    expect((running?.atMs ?? 0) - diedMs).toBeLessThanOrEqual(7_000);
    await clock.advance(6_000);
    const before = { ...engine.counts };
    await clock.advance(3_000);
    expect([engine.counts.listTasksOf, engine.counts.relistTasks]).toEqual([
      before.listTasksOf,
      before.relistTasks,
    ]);
  });

  it('finds the service of a task, and lists all when it knows no such task', async () => {
    const { clock, engine, watch, ofKind } = await setUp();
    watch.touchTask('t-s3');
    await clock.advance(60);
    expect(ofKind('tasks').at(-1)?.serviceIds).toEqual(['s3']);
    const before = engine.counts.listTasks ?? 0;
    watch.touchTask('unheard-of');
    await clock.advance(1_000);
    expect((engine.counts.listTasks ?? 0) - before).toBe(1);
  });

  it('reads everything once instead of many services one by one', async () => {
    const { clock, engine, watch } = await setUp(1, 100);
    await clock.advance(1_000);
    const before = { ...engine.counts };
    for (let each = 1; each <= 60; each += 1) watch.touchService(`s${each}`);
    await clock.advance(200);
    expect((engine.counts.listTasks ?? 0) - (before.listTasks ?? 0)).toBe(1);
    expect(engine.counts.relistTasks).toBe(before.relistTasks);
  });

  it('shows a task that failed while forty other services crash each second', async () => {
    const { clock, engine, watch, setTask, ofKind } = await setUp(1, 500);
    engine.delayMs = 100;
    await clock.advance(1_000);
    for (let second = 0; second < 20; second += 1) {
      for (let each = 1; each <= 40; each += 1) watch.touchService(`s${each}`);
      await clock.advance(500);
      if (second === 12) setTask('t-s400', { state: 'failed', desiredState: 'shutdown' });
      if (second === 12) watch.touchService('s400');
      await clock.advance(500);
    }
    expect(ofKind('tasks').flatMap(({ tasks }) => tasks)).toContainEqual(
      expect.objectContaining({ id: 't-s400', state: 'failed' }),
    );
  });

  it('does not let a slow full list take back what a targeted one read meanwhile', async () => {
    const { clock, engine, watch, setTask, ofKind } = await setUp();
    const answers: (() => void)[] = [];
    const { listTasks } = engine.client;
    engine.client.listTasks = async (ids) => {
      const tasks = await listTasks(ids);
      if (ids === null) await new Promise<void>((resolve) => answers.push(resolve));
      return tasks;
    };
    await clock.advance(12_000);
    expect(answers).toHaveLength(1);
    setTask('t-s1', { state: 'failed', desiredState: 'shutdown' });
    watch.touchService('s1');
    await clock.advance(100);
    for (const answer of answers) answer();
    await clock.advance(1);
    const full = ofKind('tasks').at(-1);
    expect(full?.serviceIds).toBeNull();
    expect(full?.tasks.find(({ id }) => id === 't-s1')?.state).toBe('failed');
  });

  it('reads the nodes again after a node event', async () => {
    const { clock, engine, node, ofKind } = await setUp();
    engine.nodes = [buildNode({ id: 'm1', status: 'down' })];
    node('update');
    await clock.advance(60);
    expect(ofKind('nodes').at(-1)?.nodes[0]?.status).toBe('down');
  });

  it('notices a frozen manager within 4 s, keeps trying, and is live again soon after', async () => {
    const { clock, engine, active } = await setUp();
    await clock.advance(30_000);
    const frozenMs = clock.nowMs();
    engine.setMode('frozen');
    await clock.advance(4_000);
    expect(active()?.state).toBe('stale');
    expect((active()?.sinceMs ?? 0) - frozenMs).toBeLessThanOrEqual(4_000);
    await clock.advance(30_000);
    expect(active()).toMatchObject({ state: 'unreachable' });
    expect(active()?.error).not.toBeNull();
    engine.setMode('up');
    await clock.advance(7_000);
    expect(active()?.state).toBe('live');
  });

  it('says so when a list takes long, and takes it back', async () => {
    const { clock, engine, active } = await setUp();
    engine.delayMs = 7_000;
    engine.client.ping = async () => {};
    engine.client.listManagers = async () => engine.nodes;
    await clock.advance(16_500);
    expect(active()?.state).toBe('stale');
    expect(active()?.error).toContain('takes long');
    engine.delayMs = 0;
    await clock.advance(3_000);
    expect(active()?.state).toBe('live');
  });

  it('keeps what it knows without a leader: the swarm’s error is told, the source stale', async () => {
    const { clock, engine, active, ofKind } = await setUp();
    engine.identity = { ...engine.identity, swarmError: NO_LEADER.message };
    for (const name of ['listNodes', 'listTasks', 'listServices', 'listTasksOf', 'relistTasks'])
      engine.failing.set(name, NO_LEADER);
    await clock.advance(20_000);
    expect(active()?.state).toBe('stale');
    expect(ofKind('swarm').at(-1)?.swarm.error).toBe(NO_LEADER.message);
    engine.failing.clear();
    engine.identity = { ...engine.identity, swarmError: null };
    await clock.advance(7_000);
    expect(active()?.state).toBe('live');
    expect(ofKind('swarm').at(-1)?.swarm.error).toBeNull();
  });
});

describe('several managers', () => {
  it('turns to the next at once when the stream’s engine is gone', async () => {
    const { clock, engines, active, sources } = await setUp(3);
    engines[0]?.setMode('refused');
    await clock.advance(10);
    expect(active()).toMatchObject({ endpoint: 'tcp://m2:2375', state: 'live' });
    expect(sources()[0]).toMatchObject({ active: false, state: 'unreachable' });
  });

  it('turns to the next within 4 s when it freezes', async () => {
    const { clock, engines, active } = await setUp(2);
    await clock.advance(5_000);
    engines[0]?.setMode('frozen');
    await clock.advance(4_000);
    expect(active()).toMatchObject({ endpoint: 'tcp://m2:2375', state: 'live' });
  });

  it('turns to the next when it is a manager no more', async () => {
    const { clock, engines, engine, active, sources } = await setUp(2);
    for (const name of ['listNodes', 'listTasks', 'listServices'])
      engine.failing.set(name, new EngineError('not-manager', 'm1 is a manager no more.', 503));
    engine.identity = { ...engine.identity, controlAvailable: false };
    await clock.advance(15_000);
    expect(active()).toMatchObject({ endpoint: 'tcp://m2:2375', state: 'live' });
    expect(sources()[0]?.state).toBe('unreachable');
    expect(sources()[0]?.error).toContain('is a worker');
    expect(engines[1]?.openStreams()).toBe(1);
    expect(engine.openStreams()).toBe(0);
  });

  it('finds the majority’s side when it is cut off with the minority', async () => {
    const { clock, engine, active } = await setUp(2);
    for (const name of ['listNodes', 'listTasks', 'listServices']) engine.failing.set(name, NO_LEADER);
    await clock.advance(15_000);
    expect(active()).toMatchObject({ endpoint: 'tcp://m2:2375', state: 'live' });
  });

  it('knows whether the others could take over', async () => {
    const { clock, engines, sources } = await setUp(3);
    const third = engines[2];
    if (third) third.identity = { ...third.identity, controlAvailable: false };
    await clock.advance(2_000);
    expect(sources().map(({ state, active }) => [state, active])).toEqual([
      ['live', true],
      ['live', false],
      ['unreachable', false],
    ]);
  });

  it('takes back what it says of another within 10 s of its return', async () => {
    const { clock, engines, sources } = await setUp(2);
    engines[1]?.setMode('refused');
    await clock.advance(120_000);
    expect(sources()[1]).toMatchObject({ state: 'unreachable', error: expect.stringContaining('refuses') });
    engines[1]?.setMode('up');
    await clock.advance(10_000);
    expect(sources()[1]).toMatchObject({ state: 'live', error: null });
    const asked = engines[1]?.counts.identify ?? 0;
    await clock.advance(600_000);
    expect((engines[1]?.counts.identify ?? 0) - asked).toBeLessThan(15);
  });

  it('goes round all of them when none answers, and returns within 3 s to whichever does', async () => {
    const { clock, engines, active } = await setUp(3);
    for (const engine of engines) engine.setMode('refused');
    await clock.advance(30_000);
    expect(active()?.state).toBe('unreachable');
    engines[2]?.setMode('up');
    await clock.advance(3_000);
    expect(active()).toMatchObject({ endpoint: 'tcp://m3:2375', state: 'live' });
  });
});

describe('a leader that falls silent', () => {
  it('while others look for a new one: whichever has it first is read at once, and until then none is live', async () => {
    const { clock, engines, active, ofKind } = await setUp(3);
    await clock.advance(5_000);
    const [first, second, third] = engines;
    first?.setMode('frozen');
    for (const engine of [second, third]) if (engine) engine.lostLeader = true;
    await clock.advance(4_000);
    expect(active()?.state).not.toBe('live');
    const lists = ofKind('tasks').length;
    await clock.advance(8_000);
    expect(active()?.state).not.toBe('live');
    expect(ofKind('tasks').length).toBe(lists);
    expect(active()?.error).not.toBeNull();
    if (third) third.lostLeader = false;
    await clock.advance(2_500);
    expect(active()).toMatchObject({ endpoint: 'tcp://m3:2375', state: 'live' });
    expect(ofKind('swarm').at(-1)?.swarm.error).toBeNull();
  });

  it('behind the manager that is read: it answers /_ping and no list, and is passed over', async () => {
    const { clock, engine, active, sources } = await setUp(3);
    engine.lostLeader = true;
    await clock.advance(14_500);
    expect(active()).toMatchObject({ endpoint: 'tcp://m2:2375', state: 'live' });
    expect(sources()[0]?.error).toContain('it is busy, or has no leader');
  });

  it('behind the only manager: that is said, and what hangs is not waited for once there is a leader', async () => {
    const { clock, engine, active, ofKind } = await setUp();
    engine.lostLeader = true;
    await clock.advance(14_500);
    expect(active()).toMatchObject({
      state: 'stale',
      error: expect.stringContaining('busy, or has no leader'),
    });
    await clock.advance(60_000);
    expect(active()?.state).not.toBe('live');
    engine.lostLeader = false;
    await clock.advance(10_000);
    expect(active()?.state).toBe('live');
    expect(ofKind('swarm').at(-1)?.swarm.error).toBeNull();
  });

  it('for a moment, in which a list was asked: that list is not waited for', async () => {
    const { clock, engine, active } = await setUp();
    await clock.advance(8_500);
    engine.lostLeader = true;
    while ((engine.counts.listNodes ?? 0) < 2) await clock.advance(50);
    engine.lostLeader = false;
    await clock.advance(8_500);
    expect(active()?.state).toBe('live');
    expect(engine.counts.listNodes).toBeGreaterThan(2);
  });

  it('cut off, it goes on answering from what it had: whoever has the majority is read', async () => {
    const { clock, engines, active } = await setUp(3);
    const [first, second, third] = engines;
    const isGone = { ...LEADS, leader: false, reachability: 'unreachable' } as const;
    for (const engine of [first, second])
      if (engine)
        engine.nodes = [
          buildNode({ id: 'm1', manager: LEADS }),
          buildNode({ id: 'm2', manager: isGone }),
          buildNode({ id: 'm3', manager: isGone }),
        ];
    if (first) first.lostLeader = true;
    await clock.advance(15_500);
    expect(active()?.endpoint).toBe('tcp://m3:2375');
    expect([second?.openStreams(), third?.openStreams()]).toEqual([0, 1]);
  });

  it('cut off alone, it goes on saying that all is well: that there is no leader stays said until it lists again', async () => {
    const { clock, engines, ofKind } = await setUp(3);
    const isGone = { ...LEADS, leader: false, reachability: 'unreachable' } as const;
    const [first, second, third] = engines;
    const whole = first?.nodes ?? [];
    if (first)
      first.nodes = [
        buildNode({ id: 'm1', manager: LEADS }),
        buildNode({ id: 'm2', manager: isGone }),
        buildNode({ id: 'm3', manager: isGone }),
      ];
    for (const engine of [second, third]) engine?.setMode('frozen');
    await clock.advance(60_000);
    const said = ofKind('swarm').map(({ swarm }) => swarm.error === null);
    expect(said.slice(said.indexOf(false))).not.toContain(true);
    if (first) first.nodes = whole;
    await clock.advance(5_000);
    expect(ofKind('swarm').at(-1)?.swarm.error).toBeNull();
  });

  it.each([1, 2])(
    'all of %i managers take 4 s for whatever is asked of the swarm: nobody is called leaderless, and it is read on',
    async (managers) => {
      const { clock, engines, active, ofKind } = await setUp(managers);
      for (const { client } of engines) {
        const late = <T>(ask: () => Promise<T>) =>
          new Promise<T>((resolve) => clock.setTimer(4_000, () => resolve(ask())));
        const { listNodes, listServices, listTasks } = client;
        const listManagers = listNodes;
        client.listNodes = () => late(listNodes);
        client.listServices = (ids) => late(() => listServices(ids));
        client.listTasks = (ids) => late(() => listTasks(ids));
        client.listManagers = (limitMs) =>
          limitMs < 4_000
            ? new Promise((_, reject) =>
                clock.setTimer(limitMs, () => reject(new EngineError('timeout', 'It does not answer.'))),
              )
            : late(listManagers);
      }
      await clock.advance(60_000);
      const before = ofKind('managers').length;
      await clock.advance(300_000);
      expect(active()?.state).toBe('live');
      expect(ofKind('swarm').every(({ swarm }) => swarm.error === null)).toBe(true);
      const since = ofKind('managers').slice(before);
      const errors = since.flatMap(({ sources }) => sources.map(({ error }) => error));
      expect(errors.filter((error) => error !== null)).toEqual([]);
    },
  );

  it('a manager that takes its time for a long list is left alone', async () => {
    const { clock, engines, active } = await setUp(2);
    const [engine] = engines;
    if (engine) {
      engine.delayMs = 5_000;
      engine.client.ping = async () => {};
      engine.client.listManagers = async () => engine.nodes;
    }
    await clock.advance(60_000);
    expect(active()).toMatchObject({ endpoint: 'tcp://m1:2375', state: 'live' });
  });
});

it('managers that reach their leader, and fail to list the tasks, are asked no more often for there being several', async () => {
  const { clock, engines } = await setUp(3);
  for (const engine of engines) engine.failing.set('listTasks', new EngineError('http', 'too large', 500));
  await clock.advance(30_000);
  for (const engine of engines) engine.counts = {};
  await clock.advance(60_000);
  for (const { counts } of engines) expect(counts.listTasks).toBeLessThanOrEqual(40);
});

it('of managers that reach their leader, the one that can list the tasks again is read, whichever it is', async () => {
  const { clock, engines, active } = await setUp(3);
  for (const engine of engines) engine.failing.set('listTasks', new EngineError('http', 'too large', 500));
  await clock.advance(30_000);
  engines[2]?.failing.clear();
  await clock.advance(5_000);
  expect(active()).toMatchObject({ endpoint: 'tcp://m3:2375', state: 'live' });
});

describe('a service that things happen to', () => {
  it('is read in parts at first and whole within 5 s, also while its hints do not stop', async () => {
    const { clock, engine, watch } = await setUp();
    await clock.advance(1_000);
    engine.counts = {};
    for (let each = 0; each < 100; each += 1) {
      watch.touchService('s1');
      await clock.advance(90);
    }
    expect(engine.counts.listTasksOf).toBeGreaterThanOrEqual(1);
    expect(engine.counts.relistTasks).toBeGreaterThan(10);
    await clock.advance(8_000);
    const { listTasksOf = 0, relistTasks = 0 } = engine.counts;
    expect(listTasksOf).toBeGreaterThanOrEqual(2);
    await clock.advance(8_000);
    expect(engine.counts).toMatchObject({ listTasksOf, relistTasks });
  });
});

describe('a replica that things happen to', () => {
  const ask = async (change: (parts: Awaited<ReturnType<typeof setUp>>) => void, taskId = 't-s1') => {
    const parts = await setUp();
    const { engine } = parts;
    engine.services = engine.services.map((service) => ({ ...service, specKey: 'spec' }));
    engine.tasks = engine.tasks.map((task) => ({ ...task, specKey: 'spec' }));
    change(parts);
    await parts.clock.advance(11_000);
    parts.engine.counts = {};
    parts.watch.onHint({ serviceId: 's1', taskId });
    await parts.clock.advance(35);
    return parts;
  };
  const setService = (change: Partial<Service>) => (parts: Awaited<ReturnType<typeof setUp>>) => {
    parts.engine.services = parts.engine.services.map((one) =>
      one.id === 's1' ? { ...one, ...change } : one,
    );
  };

  it('is looked for in its slot alone', async () => {
    const { engine } = await ask(() => {});
    expect(engine.counts).toMatchObject({ relistPart: 1 });
    expect(engine.counts.relistTasks).toBeUndefined();
  });

  it('is looked for in all of its service where nothing is to run in its slot any more', async () => {
    const { clock, engine, ofKind } = await ask(({ clock, setTask, engine }) => {
      clock.setTimer(11_010, () => {
        setTask('t-s1', { state: 'failed', desiredState: 'shutdown' });
        engine.tasks.push(buildTask({ id: 'odd', serviceId: 's1', slot: 7, nodeId: 'm1' }));
      });
    });
    await clock.advance(60);
    expect(engine.counts).toMatchObject({ relistPart: 1, relistTasks: 1 });
    expect(
      ofKind('tasks')
        .at(-1)
        ?.tasks.map(({ id }) => id),
    ).toContain('odd');
  });

  it.each<[string, (parts: Awaited<ReturnType<typeof setUp>>) => void, string?]>([
    [
      'of a job, which goes on in other slots',
      setService({ mode: { kind: 'replicated-job', totalCompletions: 2, maxConcurrent: 1 } }),
    ],
    ['of a global service', setService({ mode: { kind: 'global' } })],
    [
      'of a service that is being updated',
      setService({ update: { state: 'updating', startedAtMs: 0, completedAtMs: null, message: '' } }),
    ],
    ['of a service whose tasks are of different specs', ({ setTask }) => setTask('t-s1', { specKey: 'old' })],
    ['whose task is not listed yet', () => {}, 'new'],
    ['of a service with a name that is none of Docker’s', setService({ name: 's1 …' })],
  ])('%s is looked for in all of it', async (_, change, taskId) => {
    const { engine } = await ask(change, taskId);
    expect(engine.counts.relistPart).toBeUndefined();
    expect(engine.counts.relistTasks).toBe(1);
  });
});

describe('cost', () => {
  it('of an idle minute is six full lists and a ping each two seconds', async () => {
    const { clock, engine } = await setUp();
    await clock.advance(10_000);
    engine.counts = {};
    await clock.advance(60_000);
    expect(engine.counts).toMatchObject({ listNodes: 6, listServices: 6, listTasks: 6 });
    expect(engine.counts.ping).toBeLessThanOrEqual(30);
    expect([engine.counts.listTasksOf, engine.counts.relistTasks]).toEqual([undefined, undefined]);
  });

  it('of a slow list is at most 5 % of the time', async () => {
    const { clock, engine } = await setUp();
    engine.delayMs = 1_500;
    engine.client.ping = async () => {};
    await clock.advance(60_000);
    engine.counts = {};
    await clock.advance(600_000);
    expect(engine.counts.listTasks).toBeLessThanOrEqual(20);
  });

  it('of a minute in which every service is touched all the time is five reads a second', async () => {
    const { clock, engine, watch } = await setUp(1, 30);
    engine.delayMs = 5;
    await clock.advance(5_000);
    engine.counts = {};
    for (let each = 0; each < 600; each += 1) {
      watch.touchService(`s${1 + (each % 15)}`);
      await clock.advance(100);
    }
    const { listTasksOf = 0, relistTasks = 0 } = engine.counts;
    expect(listTasksOf + relistTasks).toBeLessThanOrEqual(2 * (20 + 5 * 60));
    expect(listTasksOf + relistTasks).toBeGreaterThan(100);
  });

  it('of a service that never gets its node falls to a read each five seconds', async () => {
    const { clock, engine, setTask } = await setUp();
    setTask('t-s1', { state: 'pending', nodeId: null });
    await clock.advance(90_000);
    engine.counts = {};
    await clock.advance(60_000);
    const { listTasksOf = 0, relistTasks = 0 } = engine.counts;
    expect(listTasksOf + relistTasks).toBeLessThanOrEqual(13);
  });
});

it('leaves nothing behind when closed, in any state', async () => {
  for (const afterMs of [0, 50, 150, 250, 350, 5_000, 40_000]) {
    const { clock, engines, watch, seen } = await setUp(2);
    for (const engine of engines) engine.delayMs = 40;
    engines[0]?.endStreams();
    await clock.advance(afterMs);
    watch.touchService('s1');
    watch.close();
    for (const engine of engines) engine.delayMs = 0;
    const count = seen.length;
    await clock.advance(100);
    expect(engines.map((engine) => engine.openStreams())).toEqual([0, 0]);
    expect(clock.pendingTimers()).toBe(0);
    watch.touchService('s2');
    await clock.advance(60_000);
    expect(seen.length).toBe(count);
    expect(clock.pendingTimers()).toBe(0);
  }
});

describe('a manager that no longer lists', () => {
  const LARGE = 2_000;
  const BROKEN = new EngineError('http', 'm answers /services with 500.', 500);

  it.each(['listServices', 'listTasks'])(
    '%s of a large swarm is missed within half a minute',
    async (name) => {
      const { clock, engine, active } = await setUp(1, LARGE);
      engine.failing.set(name, BROKEN);
      engine.failing.set(`${name}Of`, BROKEN);
      await clock.advance(25_000);
      expect(active()).toMatchObject({ state: 'unreachable', error: BROKEN.message });
      engine.failing.clear();
      await clock.advance(3_000);
      expect(active()?.state).toBe('live');
    },
  );

  it('nodes of a large swarm are missed within a minute', async () => {
    const { clock, engine, active } = await setUp(1, LARGE);
    engine.failing.set('listNodes', BROKEN);
    await clock.advance(45_000);
    expect(active()?.state).toBe('unreachable');
  });

  it('reads little for that, and of a service with thousands of tasks nothing', async () => {
    const { clock, engine } = await setUp(1, LARGE);
    await clock.advance(30_000);
    engine.counts = {};
    await clock.advance(60_000);
    expect(engine.counts.listServicesOf).toBeLessThanOrEqual(8);
    expect(engine.counts.listNodes).toBeLessThanOrEqual(3);
    const one = await setUp(1, 1);
    one.engine.tasks = Array.from({ length: LARGE }, (_, slot) =>
      buildTask({ id: `t${slot}`, serviceId: 's1', slot, nodeId: 'm1' }),
    );
    await one.clock.advance(30_000);
    one.engine.counts = {};
    await one.clock.advance(60_000);
    expect(one.engine.counts.listTasksOf ?? 0).toBe(0);
  });

  it.each<[what: string, lie: (engine: Awaited<ReturnType<typeof setUp>>['engine']) => void, says: RegExp]>([
    ['no node', (engine) => (engine.nodes = []), /no node, not even its own/],
    [
      'no service, and tasks of them',
      (engine) => (engine.services = []),
      /no service, though 10 of the tasks/,
    ],
    [
      'no task of services that had some',
      (engine) => (engine.tasks = []),
      /no task, though 10 of its services/,
    ],
  ])('%s is not believed', async (_what, lie, says) => {
    const { clock, engine, active, ofKind } = await setUp();
    const before = { services: engine.services, tasks: engine.tasks, nodes: engine.nodes };
    lie(engine);
    await clock.advance(20_000);
    expect(active()).toMatchObject({ state: 'unreachable', error: expect.stringMatching(says) });
    expect(ofKind('services').every(({ services }) => services.length > 0)).toBe(true);
    expect(ofKind('tasks').every(({ tasks }) => tasks.length > 0)).toBe(true);
    Object.assign(engine, before);
    await clock.advance(5_000);
    expect(active()).toMatchObject({ state: 'live', error: null });
  });

  it('a service that is missing from an answer about it alone is not taken for removed while its tasks are to run', async () => {
    const { clock, engine, active, ofKind, service } = await setUp();
    engine.services = [];
    service('s1', 'update');
    await clock.advance(5_000);
    expect(ofKind('service-gone')).toEqual([]);
    expect(active()?.state).toBe('unreachable');
  });

  it('a touched service without one of the tasks that it had is not believed, and looked at with all others', async () => {
    const { clock, engine, active, ofKind, service } = await setUp();
    engine.tasks = [];
    service('s1', 'update');
    await clock.advance(5_000);
    expect(ofKind('tasks').every(({ tasks }) => tasks.length > 0)).toBe(true);
    expect(active()).toMatchObject({
      state: 'unreachable',
      error: expect.stringMatching(/no task, though 10 of its/),
    });
  });

  it('a service that was scaled to none has no task, and that is believed at once', async () => {
    const { clock, engine, active, ofKind, service } = await setUp();
    engine.tasks = engine.tasks.filter(({ serviceId }) => serviceId !== 's1');
    engine.services = engine.services.map((one) =>
      one.id === 's1' ? { ...one, mode: { kind: 'replicated', replicas: 0 } } : one,
    );
    service('s1', 'update');
    await clock.advance(1_000);
    expect(ofKind('tasks').at(-1)).toMatchObject({ serviceIds: ['s1'], tasks: [] });
    expect(active()?.state).toBe('live');
  });

  it('all services are removed, and their tasks end a moment later: that is believed', async () => {
    const { clock, engine, active, ofKind } = await setUp();
    engine.services = [];
    clock.setTimer(10_500, () => (engine.tasks = []));
    await clock.advance(30_000);
    expect(active()).toMatchObject({ state: 'live', error: null });
    expect(ofKind('services').at(-1)?.services).toEqual([]);
  });

  it('its networks alone: it goes on, and says so when it was tried twice', async () => {
    const { clock, engine, active, ofKind } = await setUp();
    engine.failing.set('listNetworks', BROKEN);
    await clock.advance(90_000);
    expect(active()?.state).toBe('live');
    expect(ofKind('networks-unread').at(-1)).toMatchObject({
      error: BROKEN.message,
      listedAtMs: expect.any(Number),
    });
  });
});
