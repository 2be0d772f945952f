import { describe, expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine, type FakeEngine } from '#lib/testing/fake-engine.ts';
import { createEngineWatch } from '#lib/watch/engine/create-engine-watch.ts';
import { createReadBudget } from '#lib/watch/engine/create-read-budget.ts';
import { createSharedTurns } from '#lib/watch/engine/create-shared-turns.ts';
import type { Hint } from '#lib/watch/hint.ts';

/** An engine whose fifty containers have no health check, in a swarm of a thousand: all is listed each two minutes. */
async function setUp(change: (id: string) => Partial<Container> = () => ({})) {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock);
  for (let each = 1; each <= 50; each += 1) {
    const id = `c${each}`;
    engine.containers.set(
      id,
      buildContainer({ id, taskId: `task-${id}`, health: null, healthCheck: null, ...change(id) }),
    );
  }
  const seen: Observation[] = [];
  const hints: Hint[] = [];
  const watch = createEngineWatch({
    client: engine.client,
    clock,
    pace: {
      budget: createReadBudget(clock, () => 1_000),
      turns: createSharedTurns(clock),
      syncs: createSemaphore(1),
      openings: createSemaphore(32),
      containers: () => 1_000,
    },
    emit: (observation) => seen.push(observation),
    onHint: (hint) => hints.push(hint),
  });
  await clock.advance(5);
  const known = (id: string) => engine.containers.get(id) as Container;
  return {
    clock,
    engine,
    watch,
    hints,
    change: (id: string, to: Partial<Container>) => engine.containers.set(id, { ...known(id), ...to }),
    state: (id: string) =>
      seen.findLast((one) => one.kind === 'container' && one.container.id === id) as
        | Extract<Observation, { kind: 'container' }>
        | undefined,
    gone: () => seen.flatMap((one) => (one.kind === 'container-gone' ? [one.containerId] : [])),
  };
}

describe('what Swarm does after an end that no event told of', () => {
  it.each([
    ['ended', (_: FakeEngine, end: () => void) => end()],
    ['was removed', (engine: FakeEngine) => void engine.containers.delete('c7')],
  ])('is asked of the manager when it %s', async (_, happen) => {
    const { clock, engine, hints, change } = await setUp();
    await clock.advance(2_000);
    hints.length = 0;
    happen(engine, () => change('c7', { state: 'exited', exitCode: 1 }));
    await clock.advance(11_000);
    expect(hints).toEqual([{ serviceId: 'service-1', taskId: 'task-c7' }]);
  });
});

describe('a container that a manager tells of, and no event did', () => {
  it('is read soon, once', async () => {
    const { clock, engine, watch, change, state } = await setUp();
    change('c7', {});
    engine.containers.set('new', {
      ...(engine.containers.get('c7') as Container),
      id: 'new',
      taskId: 'task-new',
    });
    watch.expect('new');
    watch.expect('new');
    await clock.advance(1_000);
    expect(state('new')?.container.state).toBe('running');
    engine.counts = {};
    watch.expect('new');
    watch.expect('c7');
    await clock.advance(1_000);
    expect(engine.counts.listContainers).toBeUndefined();
  });

  it('is not asked for without end where it is not there, nor of an engine that cannot be read', async () => {
    const { clock, engine, watch } = await setUp();
    engine.counts = {};
    for (let second = 0; second < 20; second += 1) {
      watch.expect('never');
      await clock.advance(1_000);
    }
    expect(engine.counts.listContainers).toBe(1);
    engine.setMode('refused');
    await clock.advance(10);
    engine.counts = {};
    watch.expect('other');
    await clock.advance(1_000);
    expect(engine.counts.listContainers).toBeUndefined();
  });
});

describe('of a container without a health check no event told', () => {
  it('that it ended: it is shown ended within 11 s', async () => {
    const { clock, engine, change, state } = await setUp();
    await clock.advance(3_000);
    change('c7', { state: 'exited', exitCode: 1 });
    const lists = engine.counts.listContainers;
    await clock.advance(11_000);
    expect(state('c7')?.container).toMatchObject({ state: 'exited', exitCode: 1 });
    expect(engine.counts.listContainers).toBe(lists);
  });

  it('that it was paused, nor that it goes on', async () => {
    const { clock, change, state } = await setUp();
    change('c7', { state: 'paused' });
    await clock.advance(11_000);
    expect(state('c7')?.container.state).toBe('paused');
    change('c7', { state: 'running' });
    await clock.advance(12_500);
    expect(state('c7')?.container.state).toBe('running');
  });

  it('that it was removed by force', async () => {
    const { clock, engine, gone } = await setUp();
    await clock.advance(3_000);
    engine.containers.delete('c7');
    engine.containers.delete('c8');
    await clock.advance(11_000);
    expect(gone()).toEqual(['c7', 'c8']);
  });
});

it('one that is probed each 30 s and ended without a word is known as soon', async () => {
  const { clock, change, state } = await setUp((id) => {
    const probed = buildCheckedContainer(
      {},
      { id, startedAtMs: createFakeClock().nowMs() - 1_000 },
      { intervalMs: 30_000, retries: 3 },
    );
    return { health: probed.health, healthCheck: probed.healthCheck, startedAtMs: probed.startedAtMs };
  });
  await clock.advance(500);
  change('c7', { state: 'exited', exitCode: 137 });
  await clock.advance(11_500);
  expect(state('c7')?.container.state).toBe('exited');
});

async function setUpProbed(intervalMs: number) {
  const all = await setUp((id) => {
    const { health, healthCheck } = buildCheckedContainer({}, { id }, { intervalMs, retries: 3 });
    return { health, healthCheck, startedAtMs: createFakeClock().nowMs() - 1_000 };
  });
  const { clock, engine } = all;
  /** One of each passes, and its engine tells of it. */
  function probe() {
    const atMs = clock.nowMs();
    const probes = [buildProbe({ startedAtMs: atMs - 5, endedAtMs: atMs, exitCode: 0 })];
    for (const [id, container] of engine.containers)
      if (container.health) all.change(id, { health: { ...container.health, probes } });
    for (const id of engine.containers.keys())
      engine.emit({
        kind: 'exec-die',
        containerId: id,
        taskId: `task-${id}`,
        exitCode: 0,
        atMs,
        engineAtMs: atMs,
      });
  }
  return { ...all, probe };
}

/** How long it takes until it is known that a container ended, so many ms after its last probe: nothing told of it. */
async function loseEnd(intervalMs: number, afterMs: number, hangs: boolean): Promise<number> {
  const { clock, engine, change, state, probe } = await setUpProbed(intervalMs);
  const beatMs = 500;
  for (let each = 1; each <= 4; each += 1) {
    await clock.advance(intervalMs);
    probe();
  }
  await clock.advance(afterMs);
  if (hangs) engine.hanging.add('c7');
  change('c7', { state: 'exited', exitCode: 137 });
  const endedMs = clock.nowMs();
  const isKnown = () => {
    const { container } = state('c7') ?? {};
    return container?.state === 'exited' || (container?.unread ?? null) !== null;
  };
  while (!isKnown() && clock.nowMs() - endedMs < 60_000) await clock.advance(beatMs);
  return clock.nowMs() - endedMs;
}

describe('an end that no event told of is known within 15 s, be its probes due soon or late', () => {
  it.each([2, 5, 8, 10, 11, 12, 15, 18, 19, 25, 30, 60])('with a probe each %i s', async (seconds) => {
    const took: number[] = [];
    for (const afterMs of [0, 3_000, 7_000, 9_500].filter((after) => after < seconds * 1_000))
      for (const hangs of [false, true]) took.push(await loseEnd(seconds * 1_000, afterMs, hangs));
    expect(Math.max(...took)).toBeLessThan(15_000);
  });
});

it.each([5, 10])('asks nothing more of an engine whose probes each %i s would tell', async (seconds) => {
  const { clock, engine, probe } = await setUpProbed(seconds * 1_000);
  for (let second = 1; second <= 60; second += 1) {
    await clock.advance(1_000);
    if (second % seconds === 0) probe();
    if (second === 2 * seconds) engine.counts = {};
  }
  expect(engine.counts.findStopped).toBeUndefined();
});

it('an engine that says without reason that one is missing is listed less and less for it', async () => {
  const { clock, engine } = await setUp();
  const { findStopped } = engine.client;
  engine.client.findStopped = async (ids) => ({ ...(await findStopped(ids)), isMissing: true });
  await clock.advance(60 * 60_000);
  expect(engine.counts.findStopped).toBeGreaterThan(250);
  expect(engine.counts.listContainers).toBeLessThan(50);
});

it('one that does not take the question is read as before', async () => {
  const { clock, engine, watch } = await setUp();
  engine.failing.set('findStopped', new EngineError('http', 'Not so.', 400));
  await clock.advance(60_000);
  expect(watch.nodeId()).toBe('node-1');
  expect(engine.opened).toHaveLength(1);
});
