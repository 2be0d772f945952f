import { describe, expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import { createEngineWatch } from '#lib/watch/engine/create-engine-watch.ts';
import { createReadBudget } from '#lib/watch/engine/create-read-budget.ts';
import { createSharedTurns } from '#lib/watch/engine/create-shared-turns.ts';

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
  });
  await clock.advance(5);
  const known = (id: string) => engine.containers.get(id) as Container;
  return {
    clock,
    engine,
    watch,
    change: (id: string, to: Partial<Container>) => engine.containers.set(id, { ...known(id), ...to }),
    state: (id: string) =>
      seen.findLast((one) => one.kind === 'container' && one.container.id === id) as
        | Extract<Observation, { kind: 'container' }>
        | undefined,
    gone: () => seen.flatMap((one) => (one.kind === 'container-gone' ? [one.containerId] : [])),
  };
}

describe('of a container without a health check no event told', () => {
  it('that it ended: it is shown ended within 13 s', async () => {
    const { clock, engine, change, state } = await setUp();
    await clock.advance(3_000);
    change('c7', { state: 'exited', exitCode: 1 });
    const lists = engine.counts.listContainers;
    await clock.advance(13_000);
    expect(state('c7')?.container).toMatchObject({ state: 'exited', exitCode: 1 });
    expect(engine.counts.listContainers).toBe(lists);
  });

  it('that it was paused, nor that it goes on', async () => {
    const { clock, change, state } = await setUp();
    change('c7', { state: 'paused' });
    await clock.advance(13_000);
    expect(state('c7')?.container.state).toBe('paused');
    change('c7', { state: 'running' });
    await clock.advance(15_000);
    expect(state('c7')?.container.state).toBe('running');
  });

  it('that it was removed by force', async () => {
    const { clock, engine, gone } = await setUp();
    await clock.advance(3_000);
    engine.containers.delete('c7');
    engine.containers.delete('c8');
    await clock.advance(13_000);
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
  await clock.advance(14_000);
  expect(state('c7')?.container.state).toBe('exited');
});

it('asks nothing more of an engine whose probes would tell', async () => {
  const { clock, engine } = await setUp((id) => {
    const { health, healthCheck } = buildCheckedContainer({}, { id }, { intervalMs: 5_000, retries: 3 });
    return { health, healthCheck, startedAtMs: 1 };
  });
  await clock.advance(30_000);
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
