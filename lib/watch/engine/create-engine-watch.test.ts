import { describe, expect, it } from 'vitest';
import { EngineError, type EngineEvent } from '#lib/engine/port.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { Container, HealthStatus } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { createFakeClock, type FakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { createEngineWatch } from './create-engine-watch.ts';
import { createReadBudget } from './create-read-budget.ts';
import { createSharedTurns } from './create-shared-turns.ts';

const toPace = (clock: FakeClock) => ({
  budget: createReadBudget(clock, () => 0),
  turns: createSharedTurns(clock),
  syncs: createSemaphore(1),
  openings: createSemaphore(32),
  containers: () => 0,
});

async function setUp(count = 1, start = true) {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock);
  const seen: { observation: Observation; atMs: number }[] = [];
  const hints: Hint[] = [];
  const logged: string[] = [];
  const put = (id: string, change: Partial<Container> = {}) =>
    engine.containers.set(
      id,
      buildCheckedContainer(
        {},
        { id, taskId: `task-${id}`, serviceId: 'web', startedAtMs: clock.nowMs() - 60_000, ...change },
        { intervalMs: 10_000, retries: 3 },
      ),
    );
  for (let each = 1; each <= count; each += 1) put(`c${each}`);
  const watch = createEngineWatch({
    client: engine.client,
    clock,
    pace: toPace(clock),
    emit: (observation) => seen.push({ observation, atMs: clock.nowMs() }),
    onHint: (hint) => hints.push(hint),
    log: (_, text) => logged.push(text),
  });
  if (start) await clock.advance(5);
  const known = (id: string) => engine.containers.get(id) as Container;
  return {
    clock,
    engine,
    watch,
    seen,
    hints,
    logged,
    put,
    known,
    /** Changes what the engine holds, without an event. */
    change(id: string, change: Partial<Container>) {
      engine.containers.set(id, { ...known(id), ...change });
    },
    /** A probe ends: the event now, its result in the log `lagMs` later, or just before with 0. */
    probe(id: string, exitCode: number, streak: number, lagMs = 50) {
      const endedAtMs = clock.nowMs();
      const count = () => {
        const { health } = known(id);
        if (!health) return;
        const probes = [
          ...health.probes,
          buildProbe({ startedAtMs: endedAtMs - 20, endedAtMs, exitCode, durationMs: 20 }),
        ].slice(-5);
        engine.containers.set(id, { ...known(id), health: { ...health, failingStreak: streak, probes } });
      };
      if (lagMs === 0) count();
      engine.emit(exec(id, exitCode));
      if (lagMs > 0) clock.setTimer(lagMs, count);
    },
    exec,
    states: () =>
      seen.flatMap(({ observation }) => (observation.kind === 'engine' ? [observation.source.state] : [])),
    source: () => {
      const last = seen.findLast(({ observation }) => observation.kind === 'engine')?.observation;
      return last?.kind === 'engine' ? last.source : null;
    },
    containers: (id: string) =>
      seen.flatMap(({ observation, atMs }) =>
        observation.kind === 'container' && observation.container.id === id
          ? [{ ...observation.container, atMs }]
          : [],
      ),
    kinds: () => seen.map(({ observation }) => observation.kind),
    ask: (name: string) => engine.counts[name] ?? 0,
    health: (id: string, status: HealthStatus): EngineEvent => ({
      kind: 'health',
      containerId: id,
      taskId: `task-${id}`,
      status,
      atMs: clock.nowMs(),
      engineAtMs: clock.nowMs(),
    }),
    action: (
      id: string,
      action: Extract<EngineEvent, { kind: 'container' }>['action'],
      exitCode: number | null = null,
      taskId: string | null = `task-${id}`,
    ): EngineEvent => ({
      kind: 'container',
      containerId: id,
      taskId,
      action,
      exitCode,
      atMs: clock.nowMs(),
      engineAtMs: clock.nowMs(),
    }),
  };
  function exec(id: string, exitCode: number): EngineEvent {
    return {
      kind: 'exec-die',
      containerId: id,
      taskId: `task-${id}`,
      exitCode,
      atMs: clock.nowMs(),
      engineAtMs: clock.nowMs(),
    };
  }
}

describe('first sync', () => {
  it('opens the events before it lists, tells all containers, then that it is live', async () => {
    const { kinds, source, engine, watch } = await setUp(3);
    expect(kinds()).toEqual(['engine', 'containers', 'engine']);
    expect(source()).toMatchObject({ state: 'live', nodeId: 'node-1', error: null, apiVersion: '1.41' });
    expect(engine.openStreams()).toBe(1);
    expect(watch.containerIds()).toHaveLength(3);
  });

  it('applies what happened while it listed, after the list', async () => {
    const { clock, engine, containers, health, put, source } = await setUp(0, false);
    put('c1');
    engine.delayMs = 100;
    await clock.advance(250);
    expect(source()?.state).toBe('connecting');
    engine.emit(health('c1', 'unhealthy'));
    await clock.advance(100);
    engine.emit(health('c1', 'unhealthy'));
    await clock.advance(150);
    expect(source()?.state).toBe('live');
    expect(containers('c1')[0]?.health).toMatchObject({ status: 'unhealthy', failingStreak: 3 });
  });

  it('reads the living first and the dead afterwards, without calling those gone', async () => {
    const { clock, put, seen } = await setUp(0, false);
    put('alive');
    put('dead', { state: 'exited', exitCode: 1 });
    await clock.advance(5);
    const first = seen.find(({ observation }) => observation.kind === 'containers')?.observation;
    expect(first?.kind === 'containers' && first.containers.map(({ id }) => id)).toEqual(['alive']);
    expect(seen.at(-1)?.observation).toMatchObject({ kind: 'container', container: { id: 'dead' } });
  });
});

describe('probes', () => {
  it('sees the first failing probe within half a second', async () => {
    const { clock, probe, containers } = await setUp();
    await clock.advance(3_000);
    const failedMs = clock.nowMs();
    probe('c1', 1, 1, 120);
    await clock.advance(1_000);
    const failing = containers('c1').find(({ health }) => health?.failingStreak === 1);
    expect((failing?.atMs ?? 0) - failedMs).toBeLessThanOrEqual(200);
    expect(failing?.health?.probes.at(-1)?.exitCode).toBe(1);
  });

  it('sees it in the same moment where the engine has it in its log by then, as 20.10 does', async () => {
    const { clock, probe, containers } = await setUp();
    await clock.advance(3_000);
    const failedMs = clock.nowMs();
    probe('c1', 1, 1, 0);
    await clock.advance(0);
    expect(containers('c1').at(-1)).toMatchObject({ atMs: failedMs, health: { failingStreak: 1 } });
  });

  it('does not take a command of an operator that fails for a failing probe', async () => {
    const { clock, engine, containers, exec } = await setUp();
    for (let each = 0; each < 5; each += 1) {
      engine.emit(exec('c1', 1));
      await clock.advance(3_000);
    }
    expect(containers('c1').length).toBeGreaterThan(0);
    expect(containers('c1').every(({ health }) => health?.failingStreak === 0)).toBe(true);
  });

  it('stops looking once the probe is in the log, and after five looks when it never is', async () => {
    const { clock, probe, ask, engine } = await setUp();
    const before = ask('inspectContainer');
    probe('c1', 1, 1, 50);
    await clock.advance(5_000);
    expect(ask('inspectContainer') - before).toBe(4);
    for (const looks of [5, 5, 2, 2]) {
      const from = ask('inspectContainer');
      engine.emit({
        kind: 'exec-die',
        containerId: 'c1',
        taskId: 'task-c1',
        exitCode: 1,
        atMs: clock.nowMs(),
        engineAtMs: clock.nowMs(),
      });
      await clock.advance(5_000);
      expect(ask('inspectContainer') - from).toBe(looks);
    }
  });

  it('reads a good probe that ends a failing streak, and otherwise only every fourth', async () => {
    const { clock, probe, ask, containers } = await setUp();
    probe('c1', 1, 1, 10);
    await clock.advance(10_000);
    probe('c1', 0, 0, 10);
    await clock.advance(10_000);
    expect(containers('c1').at(-1)?.health?.failingStreak).toBe(0);
    const before = ask('inspectContainer');
    for (let each = 0; each < 8; each += 1) {
      probe('c1', 0, 0, 10);
      await clock.advance(10_000);
    }
    expect(ask('inspectContainer') - before).toBe(2);
    const ends = containers('c1').flatMap(
      ({ health }) => health?.probes.map(({ endedAtMs }) => endedAtMs) ?? [],
    );
    expect(new Set(ends).size).toBe(10);
  });

  it('refreshes only when a probe ended since the last read, and once for all who ask', async () => {
    const { clock, probe, ask, watch } = await setUp();
    const before = ask('inspectContainer');
    await watch.refresh('c1');
    await watch.refresh('nobody');
    expect(ask('inspectContainer') - before).toBe(0);
    probe('c1', 0, 0, 10);
    await clock.advance(100);
    await Promise.all([watch.refresh('c1'), watch.refresh('c1')]);
    expect(ask('inspectContainer') - before).toBeLessThanOrEqual(2);
    await watch.refresh('c1');
    expect(ask('inspectContainer') - before).toBeLessThanOrEqual(2);
  });
});

describe('events', () => {
  it('turns a health event into the picture at once, with the moment it began kept by later reads', async () => {
    const { clock, engine, containers, health, change, known, hints } = await setUp();
    await clock.advance(1_000);
    const eventMs = clock.nowMs();
    const before = known('c1').health;
    change('c1', { health: before && { ...before, status: 'unhealthy', failingStreak: 3 } });
    engine.emit(health('c1', 'unhealthy'));
    expect(containers('c1').at(-1)).toMatchObject({
      atMs: eventMs,
      health: { status: 'unhealthy', failingStreak: 3, statusSinceMs: eventMs },
    });
    expect(hints).toContainEqual({ serviceId: 'web', taskId: 'task-c1' });
    await clock.advance(2_000);
    expect(containers('c1').at(-1)?.health?.statusSinceMs).toBe(eventMs);
  });

  it('captures the last words at the moment of death, before the container is gone', async () => {
    const { clock, engine, containers, action, change, known, seen } = await setUp();
    const probes = [buildProbe({ output: 'connection refused', exitCode: 1 })];
    const health = {
      ...(known('c1').health ?? null),
      status: 'unhealthy' as const,
      failingStreak: 3,
      probes,
    };
    change('c1', { state: 'exited', exitCode: 137, health: { ...health, statusSinceMs: null } });
    engine.emit(action('c1', 'die', 137));
    expect(containers('c1').at(-1)).toMatchObject({ state: 'exited', exitCode: 137, atMs: clock.nowMs() });
    await clock.advance(10);
    engine.containers.delete('c1');
    engine.emit(action('c1', 'destroy'));
    expect(containers('c1').at(-1)?.health?.probes[0]?.output).toBe('connection refused');
    expect(seen.at(-1)?.observation).toEqual({ kind: 'container-gone', nodeId: 'node-1', containerId: 'c1' });
    await clock.advance(1_000);
    expect(seen.at(-1)?.observation.kind).toBe('container-gone');
  });

  it('asks whose it is when its last container is removed: its node may have left the swarm', async () => {
    const { clock, engine, seen, action, put } = await setUp(2);
    const asked = () => engine.counts.identify ?? 0;
    const before = asked();
    engine.containers.delete('c1');
    engine.emit(action('c1', 'destroy'));
    await clock.advance(100);
    expect(asked()).toBe(before);
    engine.containers.delete('c2');
    engine.emit(action('c2', 'destroy'));
    await clock.advance(100);
    expect(asked()).toBe(before + 1);
    expect(seen.at(-1)?.observation.kind).toBe('container-gone');
    put('c3');
    engine.emit(action('c3', 'create'));
    await clock.advance(2_000);
    engine.identity = { ...engine.identity, nodeId: null };
    engine.containers.delete('c3');
    engine.emit(action('c3', 'destroy'));
    await clock.advance(100);
    const source = seen.findLast(({ observation }) => observation.kind === 'engine')?.observation;
    expect(source).toMatchObject({ kind: 'engine', source: { state: 'unreachable' } });
  });

  it('does not let an answer that is older than an event take it back', async () => {
    const { clock, engine, containers, action, probe } = await setUp();
    probe('c1', 1, 1, 0);
    engine.delayMs = 200;
    await clock.advance(100);
    engine.emit(action('c1', 'die', 1));
    await clock.advance(150);
    expect(containers('c1').at(-1)?.state).toBe('exited');
  });

  it('takes a new container only when Swarm made it, whatever its labels say', async () => {
    const { clock, engine, action, put, watch, ask } = await setUp();
    put('real');
    put('spoof');
    engine.plain.add('spoof');
    engine.emit(action('real', 'create'));
    engine.emit(action('spoof', 'create'));
    engine.emit(action('spoof', 'start'));
    engine.emit(action('nolabel', 'start', null, null));
    await clock.advance(500);
    expect(watch.containerIds()).toEqual(['c1', 'real']);
    const lists = ask('listContainers');
    engine.emit(action('spoof', 'die', 0));
    await clock.advance(2_000);
    expect(ask('listContainers')).toBe(lists);
  });

  it('reads each container of a burst once, with one follow-up', async () => {
    const { clock, engine, action, ask } = await setUp(100);
    engine.delayMs = 20;
    const before = ask('inspectContainer');
    for (let each = 1; each <= 100; each += 1)
      for (const what of ['die', 'start', 'pause', 'unpause'] as const)
        engine.emit(action(`c${each}`, what, 0));
    await clock.advance(1_000);
    expect(ask('inspectContainer') - before).toBeLessThanOrEqual(200);
  });
});

describe('an engine that tells more than anybody can look at', () => {
  it('flips health without end: the last state always arrives, the rest is counted, and it is read seldom', async () => {
    const { clock, engine, containers, health, change, known, ask, logged, hints } = await setUp();
    await clock.advance(1_000);
    const before = { told: containers('c1').length, read: ask('inspectContainer'), hints: hints.length };
    for (let flip = 0; flip < 4_000; flip += 1) {
      const status = flip % 2 === 0 ? 'unhealthy' : 'healthy';
      const of = known('c1').health;
      if (of) change('c1', { health: { ...of, status, failingStreak: flip % 2 === 0 ? 3 : 0 } });
      engine.emit(health('c1', status));
      if (flip % 4 === 0) await clock.advance(5);
    }
    expect(containers('c1').length - before.told).toBeLessThan(120);
    expect(ask('inspectContainer') - before.read).toBeLessThan(80);
    expect(hints.length - before.hints).toBeLessThan(80);
    expect(logged.join()).toMatch(/\d+ changes were passed over/);
    const of = known('c1').health;
    if (of) change('c1', { health: { ...of, status: 'unhealthy', failingStreak: 3 } });
    engine.emit(health('c1', 'unhealthy'));
    await clock.advance(1_500);
    expect(containers('c1').at(-1)?.health).toMatchObject({ status: 'unhealthy', failingStreak: 3 });
    const settled = containers('c1').length;
    await clock.advance(20_000);
    engine.emit(health('c1', 'healthy'));
    expect(containers('c1').length).toBeGreaterThan(settled);
    expect(containers('c1').at(-1)?.health?.status).toBe('healthy');
  });

  it('starts and dies without end: it is read a few times a second, and its last state arrives', async () => {
    const { clock, engine, containers, action, change, ask } = await setUp();
    const before = ask('inspectContainer');
    for (let round = 0; round < 1_000; round += 1) {
      engine.emit(action('c1', 'die', 1));
      engine.emit(action('c1', 'start'));
      await clock.advance(5);
    }
    expect(ask('inspectContainer') - before).toBeLessThan(100);
    change('c1', { state: 'exited', exitCode: 7 });
    engine.emit(action('c1', 'die', 7));
    await clock.advance(1_500);
    expect(containers('c1').at(-1)).toMatchObject({ state: 'exited', exitCode: 7 });
  });

  it('tells more while it is read than is kept back: a list tells of the rest', async () => {
    const { clock, engine, health, ask, source } = await setUp(1, false);
    engine.delayMs = 100;
    await clock.advance(250);
    for (let flip = 0; flip < 50_000; flip += 1)
      engine.emit(health('c1', flip % 2 === 0 ? 'unhealthy' : 'healthy'));
    await clock.advance(500);
    expect(source()?.state).toBe('live');
    expect(ask('listContainers')).toBe(2);
  });
});

describe('what goes wrong', () => {
  it('notices a frozen engine within 4.5 s, and is true again within 5 s of its return', async () => {
    const { clock, engine, source, states } = await setUp();
    await clock.advance(30_000);
    const frozenMs = clock.nowMs();
    engine.setMode('frozen');
    await clock.advance(5_000);
    expect(source()?.state).toBe('unreachable');
    expect((source()?.sinceMs ?? 0) - frozenMs).toBeLessThanOrEqual(4_500);
    expect(states().slice(-2)).toEqual(['stale', 'unreachable']);
    await clock.advance(60_000);
    engine.setMode('up');
    await clock.advance(4_000);
    expect(source()?.state).toBe('live');
  });

  it('is stale at once when the stream ends, and live again after a new list', async () => {
    const { clock, engine, source, states } = await setUp();
    await clock.advance(1_000);
    engine.endStreams();
    expect(source()?.state).toBe('stale');
    await clock.advance(5);
    expect(states()).toEqual(['connecting', 'live', 'stale', 'live']);
  });

  it('asks for a replay from two seconds before the last event', async () => {
    const { clock, engine, health } = await setUp();
    engine.emit(health('c1', 'healthy'));
    const lastMs = clock.nowMs();
    await clock.advance(1_000);
    engine.endStreams();
    await clock.advance(5);
    expect(engine.opened.map(({ sinceMs }) => sinceMs)).toEqual([null, lastMs - 2_000]);
  });

  it('is unreachable when refused, and keeps trying at most 2.5 s apart', async () => {
    const { clock, engine, source, ask } = await setUp();
    engine.setMode('refused');
    await clock.advance(5);
    expect(source()?.state).toBe('unreachable');
    await clock.advance(60_000);
    const pings = ask('ping');
    await clock.advance(20_000);
    expect(ask('ping') - pings).toBeGreaterThanOrEqual(8);
    engine.setMode('up');
    await clock.advance(2_600);
    expect(source()?.state).toBe('live');
  });

  it('finds by its backstop what no event told', async () => {
    const { clock, put, engine, change, watch, containers } = await setUp(2);
    put('new');
    engine.containers.delete('c2');
    change('c1', { state: 'paused' });
    await clock.advance(40_000);
    expect(watch.containerIds()).toEqual(['c1', 'new']);
    expect(containers('c1').at(-1)?.state).toBe('paused');
  });

  it('does not use an engine outside the swarm, and looks again later', async () => {
    const clock = createFakeClock();
    const engine = createFakeEngine(clock);
    engine.identity = { ...engine.identity, nodeId: null, localNodeState: 'inactive' };
    const seen: Observation[] = [];
    const watch = createEngineWatch({
      client: engine.client,
      clock,
      pace: toPace(clock),
      emit: (each) => seen.push(each),
    });
    await clock.advance(100);
    expect(seen.at(-1)).toMatchObject({ kind: 'engine', source: { state: 'unreachable', nodeId: null } });
    expect(engine.counts.listContainers).toBeUndefined();
    engine.identity = { ...engine.identity, nodeId: 'node-1', localNodeState: 'active' };
    await clock.advance(20_000);
    expect(seen.at(-1)).toMatchObject({ kind: 'engine', source: { state: 'live', nodeId: 'node-1' } });
    watch.close();
  });

  it('is live again after a restart though its engine has reached no manager yet: its containers can be read', async () => {
    const { clock, engine, states, source, watch } = await setUp();
    engine.identity = { ...engine.identity, localNodeState: 'pending' };
    engine.endStreams();
    await clock.advance(3_000);
    expect(states().at(-1)).toBe('live');
    expect(source()).toMatchObject({ nodeId: 'node-1', error: null });
    watch.close();
  });

  it('says that its certificate has expired, once an engine that is joining again knows', async () => {
    const { clock, engine, states, source, watch } = await setUp();
    engine.identity = { ...engine.identity, localNodeState: 'pending' };
    engine.endStreams();
    await clock.advance(12_000);
    expect(states().at(-1)).toBe('live');
    const swarmError = 'x509: certificate has expired or is not yet valid: current time is after 2026-11-01';
    engine.identity = { ...engine.identity, localNodeState: 'error', swarmError };
    await clock.advance(12_000);
    expect(source()).toMatchObject({ error: expect.stringContaining('has expired while it was away') });
    watch.close();
  });

  it('is asked no more whether it joins once it has', async () => {
    const { clock, engine, watch } = await setUp();
    engine.identity = { ...engine.identity, localNodeState: 'pending' };
    engine.endStreams();
    await clock.advance(12_000);
    engine.identity = { ...engine.identity, localNodeState: 'active' };
    await clock.advance(12_000);
    const { identify } = engine.counts;
    await clock.advance(120_000);
    expect(engine.counts.identify).toBe(identify);
    watch.close();
  });

  it('is asked again soon while it joins, and has no id yet', async () => {
    const { clock, engine, states, watch } = await setUp();
    engine.identity = { ...engine.identity, nodeId: null, localNodeState: 'pending' };
    engine.endStreams();
    await clock.advance(3_000);
    expect(states().at(-1)).toBe('unreachable');
    engine.identity = { ...engine.identity, nodeId: 'node-2', localNodeState: 'active' };
    await clock.advance(3_000);
    expect(states().at(-1)).toBe('live');
    watch.close();
  });

  it('gives up what it read under another node id', async () => {
    const { clock, engine, seen, watch } = await setUp();
    engine.identity = { ...engine.identity, nodeId: 'node-2' };
    engine.endStreams();
    await clock.advance(10);
    expect(seen.map(({ observation }) => observation)).toContainEqual({
      kind: 'containers',
      nodeId: 'node-1',
      containers: [],
    });
    expect(watch.nodeId()).toBe('node-2');
  });

  it('survives every call failing at any time', async () => {
    const { clock, engine, probe, source, action } = await setUp(3);
    const names = ['identify', 'ping', 'listContainers', 'inspectContainer'];
    for (const name of names)
      for (const kind of ['timeout', 'http', 'garbled', 'forbidden', 'closed'] as const) {
        engine.failing.set(name, new EngineError(kind, `${name} ${kind}`));
        probe('c1', 1, 1);
        engine.emit(action('c2', 'die', 1));
        await clock.advance(500);
        engine.endStreams();
        await clock.advance(20_000);
        engine.failing.clear();
      }
    await clock.advance(30_000);
    expect(source()?.state).toBe('live');
  });
});

describe('what no event tells', () => {
  it('a probe that cannot be started has no event of its end: its log is read when it is due', async () => {
    const { clock, engine, change, known, containers } = await setUp(1);
    for (let streak = 1; streak <= 4; streak += 1) {
      await clock.advance(10_000);
      const { health } = known('c1');
      const probe = buildProbe({ startedAtMs: clock.nowMs(), endedAtMs: clock.nowMs() + 5, exitCode: -1 });
      if (health) change('c1', { health: { ...health, failingStreak: streak, probes: [probe] } });
    }
    await clock.advance(4_000);
    const streaks = containers('c1').map(({ health }) => health?.failingStreak);
    expect([...new Set(streaks)]).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    expect(engine.counts.inspectContainer).toBeLessThan(30);
  });

  it('a prober that hangs: its log is read again and again, later each time', async () => {
    const { clock, engine, containers } = await setUp(1);
    engine.counts = {};
    await clock.advance(600_000);
    expect(engine.counts.inspectContainer).toBeGreaterThan(10);
    expect(engine.counts.inspectContainer).toBeLessThan(90);
    expect(containers('c1').at(-1)?.inspectedAtMs).toBeGreaterThan(clock.nowMs() - 60_000);
  });

  it('a container that does not answer keeps no other from being read, and is not as it was', async () => {
    const { clock, engine, seen, source, containers } = await setUp(12, false);
    for (let each = 1; each <= 8; each += 1) engine.hanging.add(`c${each}`);
    await clock.advance(9_000);
    expect(source()?.state).toBe('live');
    const list = seen.flatMap(({ observation }) =>
      observation.kind === 'containers' ? observation.containers : [],
    );
    const unread = list.filter((container) => container.unread !== null).map(({ id }) => id);
    expect(unread.sort()).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8']);
    expect(list).toHaveLength(12);
    engine.hanging.clear();
    await clock.advance(120_000);
    expect(containers('c1').at(-1)).toMatchObject({ unread: null, health: { status: 'healthy' } });
    expect(containers('c8').at(-1)?.unread).toBeNull();
  });

  it('one that stops answering is said so at the second try, and its engine stays live', async () => {
    const { clock, engine, probe, containers, source } = await setUp(2);
    engine.hanging.add('c1');
    probe('c1', 1, 1);
    await clock.advance(15_000);
    expect(containers('c1').at(-1)?.unread).toMatchObject({ hangs: true });
    expect(source()?.state).toBe('live');
    engine.counts = {};
    await clock.advance(3_600_000);
    // Each question waits in the engine until it answers.
    expect(engine.counts.inspectContainer).toBeLessThan(500);
    engine.hanging.clear();
    probe('c1', 0, 0, 0);
    await clock.advance(20);
    expect(containers('c1').at(-1)?.unread).toBeNull();
  });
});

describe('cost', () => {
  it('of an idle minute with 50 healthy containers is a few requests', async () => {
    const { clock, engine, probe } = await setUp(50);
    await clock.advance(60_000);
    engine.counts = {};
    for (let second = 0; second < 60; second += 1) {
      for (let each = 1; each <= 50; each += 1) if (each % 10 === second % 10) probe(`c${each}`, 0, 0, 10);
      await clock.advance(1_000);
    }
    expect(engine.counts.ping ?? 0).toBeLessThanOrEqual(2);
    expect(engine.counts.inspectContainer).toBeLessThanOrEqual(100);
    expect(engine.counts.listContainers ?? 0).toBeLessThanOrEqual(2);
    expect(engine.counts.identify).toBeUndefined();
  });

  it('of a silent minute is a ping each two seconds, two lists, and which containers do not run', async () => {
    const { clock, engine, change } = await setUp(1);
    change('c1', { health: null, healthCheck: null });
    await clock.advance(40_000);
    engine.counts = {};
    await clock.advance(60_000);
    expect(engine.counts.ping).toBeLessThanOrEqual(30);
    expect(Object.keys(engine.counts).sort()).toEqual(['findStopped', 'listContainers', 'ping']);
    expect(engine.counts.findStopped).toBeLessThanOrEqual(6);
    expect(engine.counts.listContainers).toBeLessThanOrEqual(2);
  });
});

it('leaves nothing behind when closed, in any state', async () => {
  for (const afterMs of [0, 50, 150, 250, 350, 5_000, 40_000]) {
    const { clock, engine, watch, probe, seen } = await setUp(3, false);
    engine.delayMs = 40;
    await clock.advance(afterMs);
    probe('c1', 1, 1, 0);
    watch.close();
    engine.delayMs = 0;
    const count = seen.length;
    await clock.advance(100);
    expect(engine.openStreams()).toBe(0);
    expect(clock.pendingTimers()).toBe(0);
    await clock.advance(60_000);
    expect(seen.length).toBe(count);
  }
});
