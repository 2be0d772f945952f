import { describe, expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { UsagePoint } from '#lib/model/contract/usage.ts';
import type { ContainerStats } from '#lib/model/docker/container-stats.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createUsage } from './create-usage.ts';

const MIB = 2 ** 20;
const MINUTE_MS = 60_000;

/** An engine with containers of a limited and of an unlimited service; each answer takes `tookMs`. */
function setUp({ tookMs = 4, limited = 1, unlimited = 1, nodes = 1 } = {}) {
  const clock = createFakeClock();
  const service = buildService({
    id: 'limited',
    limits: { cpuNano: 1e9, memoryBytes: 100 * MIB, pids: null },
  });
  const free = buildService({ id: 'free', limits: { cpuNano: null, memoryBytes: null, pids: null } });
  const asked: string[] = [];
  const emitted: Observation[] = [];
  const recorded: { taskId: string; point: UsagePoint }[] = [];
  const engine = {
    fails: null as EngineError | null,
    hangsFor: null as string | null,
    atOnce: 0,
    maxAtOnce: 0,
  };
  const memory = new Map<string, number>();
  const usage = createUsage({
    facts: {
      serviceOf: (id) => (id === 'limited' ? service : free),
      nodeOf: () => buildNode({ memoryBytes: 16 * 1024 * MIB }),
      engineOf: () => buildSource({ state: 'live' }),
    },
    clientOf: () => ({
      readStats(id) {
        asked.push(id);
        engine.atOnce += 1;
        engine.maxAtOnce = Math.max(engine.maxAtOnce, engine.atOnce);
        const hangs =
          engine.hangsFor?.split(',').some((hung) => id === hung || id.startsWith(`${hung}-`)) ?? false;
        return new Promise<ContainerStats | null>((resolve, reject) =>
          clock.setTimer(hangs ? 5_000 : tookMs, () => {
            engine.atOnce -= 1;
            if (hangs) reject(new EngineError('timeout', 'It did not answer in full within 5 s.'));
            else if (engine.fails) reject(engine.fails);
            else resolve(toStats(id, clock.nowMs(), memory.get(id) ?? 20));
          }),
        );
      },
    }),
    emit: (observation) => emitted.push(observation),
    record: (taskId, point) => recorded.push({ taskId, point }),
    nowMs: clock.nowMs,
    steadyMs: clock.steadyMs,
    setTimer: clock.setTimer,
  });
  const see = (serviceId: string, count: number): FactChange[] =>
    Array.from({ length: count }, (_, i) => ({
      kind: 'container',
      container: buildContainer({
        id: `${serviceId}-${i}`,
        nodeId: `node-${(i % nodes) + 1}`,
        taskId: `task-${serviceId}-${i}`,
        state: 'running',
      }),
      before: null,
      lastSeen: null,
      serviceId,
    }));
  usage.observe([...see('limited', limited), ...see('free', unlimited)]);
  return { clock, usage, asked, emitted, recorded, engine, memory };
}

function toStats(containerId: string, readAtMs: number, mib: number): ContainerStats {
  return {
    containerId,
    readAtMs,
    cpuMs: readAtMs / 10 - 1.7e11,
    cores: 2,
    throttling: null,
    memoryBytes: mib * MIB,
    memoryMaxBytes: containerId.startsWith('limited') ? 100 * MIB : 16 * 1024 * MIB,
    pids: 3,
    pidsMax: null,
    network: null,
    disk: null,
  };
}

it('reads what has a limit every 90 s, and nothing else that nobody looks at', async () => {
  const { clock, asked, recorded } = setUp();
  await clock.advance(10 * MINUTE_MS);
  expect(new Set(asked)).toEqual(new Set(['limited-0']));
  expect(asked.length).toBeGreaterThanOrEqual(6);
  expect(asked.length).toBeLessThanOrEqual(8);
  expect(recorded).toHaveLength(asked.length);
});

it('reads each of many thousands in its turn, on whichever engine it is', async () => {
  const { clock, asked } = setUp({ limited: 12_000, unlimited: 0, nodes: 60 });
  await clock.advance(15 * MINUTE_MS);
  expect(new Set(asked).size).toBe(12_000);
});

it('reads every 2 s what somebody looks at, as long as they do', async () => {
  const { clock, usage, asked } = setUp({ limited: 0 });
  expect(usage.look('task-free-0', 'page')).toEqual({ usage: null, error: null });
  await clock.advance(5_000);
  expect(usage.look('task-free-0', 'page').usage).toMatchObject({
    memoryBytes: 20 * MIB,
    memoryMaxBytes: null,
    cpuCores: 0.1,
  });
  await clock.advance(MINUTE_MS);
  const soFar = asked.length;
  expect(soFar).toBeGreaterThanOrEqual(8);
  expect(soFar).toBeLessThanOrEqual(12);
  await clock.advance(MINUTE_MS);
  expect(asked).toHaveLength(soFar);
  expect(usage.look('task-nobody', 'page')).toEqual({ usage: null, error: null });
});

describe('an engine never spends more than a hundredth of a core on it', () => {
  it.each([
    ['an engine that takes 4 ms', 4, 1],
    ['an engine that takes 40 ms', 40, 1],
    // It waits for its collector: what that costs was measured.
    ['an engine of 20.10', 990, 10 / 990],
  ])('%s', async (_, tookMs, factor) => {
    const { clock, usage, asked, engine } = setUp({ tookMs, limited: 80, unlimited: 80 });
    for (let second = 0; second < 300; second += 5) {
      for (let i = 0; i < 80; i += 1) usage.look(`task-free-${i}`, 'list');
      await clock.advance(5_000);
    }
    const spentMs = asked.length * tookMs * factor;
    expect(spentMs).toBeLessThan(300_000 * 0.01 + 500 + 4 * tookMs);
    expect(spentMs).toBeGreaterThan(300_000 * 0.006);
    expect(engine.maxAtOnce).toBeLessThanOrEqual(4);
  });
});

it('looks closer at what fills up, and says so once it is sure', async () => {
  const { clock, asked, emitted, memory } = setUp({ unlimited: 0 });
  await clock.advance(3 * MINUTE_MS);
  for (let minute = 0; minute < 8; minute += 1) {
    memory.set('limited-0', 40 + minute * 7.5);
    await clock.advance(MINUTE_MS);
  }
  const soFar = asked.length;
  memory.set('limited-0', 98);
  await clock.advance(3 * MINUTE_MS);
  expect(asked.length - soFar).toBeGreaterThanOrEqual(14);
  const last = emitted.at(-1);
  expect(last).toMatchObject({ kind: 'usage-signs', taskId: 'task-limited-0', containerId: 'limited-0' });
  expect(last?.kind === 'usage-signs' && last.signs.memory?.percent).toBe(97);
  // What is said changes seldom.
  expect(emitted.length).toBeLessThan(10);
});

it('what falls where its engine tells of a kill for memory is forecast to be full again', async () => {
  const { clock, usage, memory, emitted } = setUp({ unlimited: 0 });
  const forecastInTooth = new Set<number>();
  for (let second = 0; second < 3_600; second += 10) {
    memory.set('limited-0', 10 + ((second % 720) / 720) * 84.5);
    if (second > 0 && second % 720 === 0) {
      const id = { id: 'limited-0', taskId: 'task-limited-0', state: 'running' } as const;
      const container = buildContainer({ ...id, oomKilled: true, oomAtMs: clock.nowMs() - 2_000 });
      usage.observe([{ kind: 'container', container, before: null, lastSeen: null, serviceId: 'limited' }]);
    }
    usage.look('task-limited-0', 'page');
    await clock.advance(10_000);
    const last = emitted.at(-1);
    if (last?.kind === 'usage-signs' && last.signs.memory?.fullInMs != null)
      forecastInTooth.add(Math.floor(second / 720));
  }
  expect([...forecastInTooth]).toEqual([0, 1, 2, 3, 4]);
});

it('leaves an engine alone that does not answer, and says why', async () => {
  const { clock, usage, asked, engine } = setUp({ unlimited: 0 });
  engine.fails = new EngineError('http', 'This agent does not say what containers use.', 403);
  for (let second = 0; second < 600; second += 5) {
    usage.look('task-limited-0', 'page');
    await clock.advance(5_000);
  }
  expect(usage.look('task-limited-0', 'page').error).toBe('This agent does not say what containers use.');
  expect(asked.length).toBeLessThan(10);
  engine.fails = null;
  await clock.advance(6 * MINUTE_MS);
  usage.look('task-limited-0', 'page');
  await clock.advance(5_000);
  expect(usage.look('task-limited-0', 'page')).toMatchObject({
    error: null,
    usage: { memoryBytes: 20 * MIB },
  });
});

describe('an engine that does not answer for one container, whose runtime hangs', () => {
  const lastSign = (emitted: Observation[]) => {
    const last = emitted.at(-1);
    return last?.kind === 'usage-signs' ? { of: last.containerId, silent: last.signs.silent } : null;
  };

  it('is asked for the others on, and it is known by the second time, as long as it lasts', async () => {
    const { clock, usage, asked, emitted, engine } = setUp({ limited: 4, unlimited: 0 });
    await clock.advance(2 * MINUTE_MS);
    engine.hangsFor = 'limited-0';
    await clock.advance(4 * MINUTE_MS);
    expect(lastSign(emitted)).toEqual({ of: 'limited-0', silent: { sinceMs: expect.any(Number) } });
    expect(usage.look('task-limited-0', 'list').error).toMatch(/did not answer/);
    expect(usage.look('task-limited-1', 'list')).toMatchObject({ error: null });
    const soFar = asked.filter((id) => id === 'limited-1').length;
    await clock.advance(4 * MINUTE_MS);
    expect(asked.filter((id) => id === 'limited-1').length).toBeGreaterThan(soFar);
    // What asks for it may wait in its engine for ever.
    expect(asked.filter((id) => id === 'limited-0').length).toBeLessThan(12);
    engine.hangsFor = null;
    await clock.advance(6 * MINUTE_MS);
    expect(lastSign(emitted)).toEqual({ of: 'limited-0', silent: null });
    expect(usage.look('task-limited-0', 'list').error).toBeNull();
  });

  it.each([2, 4])(
    '… for %i: whose page is open finds a healthy one read on, without an error',
    async (hung) => {
      const { clock, usage, asked, engine } = setUp({ limited: 20, unlimited: 0 });
      engine.hangsFor = Array.from({ length: hung }, (_, i) => `limited-${i}`).join(',');
      await clock.advance(MINUTE_MS);
      let unreadSeconds = 0;
      for (let second = 0; second < 600; second += 1) {
        const soFar = asked.length;
        expect(usage.look('task-limited-15', 'page').error).toBeNull();
        await clock.advance(1_000);
        unreadSeconds = asked.slice(soFar).includes('limited-15') ? 0 : unreadSeconds + 1;
        // One question for another that hangs, and its own pace.
        expect(unreadSeconds).toBeLessThan(9);
      }
    },
  );

  it('… for any, as engines before 23 do: it is asked one by one, and then left alone', async () => {
    const { clock, usage, asked, engine } = setUp({ limited: 40, unlimited: 0 });
    engine.hangsFor = 'limited';
    await clock.advance(10 * MINUTE_MS);
    expect(asked.length).toBeLessThan(20);
    expect(usage.look('task-limited-39', 'list').error).toMatch(/did not answer/);
  });
});

it('forgets what is gone, and reads nothing after the end', async () => {
  const { clock, usage, asked } = setUp({ unlimited: 0 });
  await clock.advance(3 * MINUTE_MS);
  const container = buildContainer({ id: 'limited-0', taskId: 'task-limited-0', state: 'exited' });
  usage.observe([{ kind: 'container', container, before: null, lastSeen: null, serviceId: 'limited' }]);
  expect(usage.look('task-limited-0', 'page')).toEqual({ usage: null, error: null });
  const soFar = asked.length;
  await clock.advance(3 * MINUTE_MS);
  usage.close();
  await clock.advance(3 * MINUTE_MS);
  expect(asked).toHaveLength(soFar);
  expect(clock.pendingTimers()).toBe(0);
});
