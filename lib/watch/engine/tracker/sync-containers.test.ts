import { describe, expect, it } from 'vitest';
import { type ContainerSummary, EngineError } from '#lib/engine/port.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { compareContainers, findUnlisted, isReadAgain } from './compare-containers.ts';
import { createContainerTable, pauseTable, putContainer } from './container-table.ts';
import { joinSync, syncContainers } from './sync-containers.ts';
import { type Tracked, track } from './tracked.ts';

const NOW = 50_000;
const build = (id: string, change: Partial<ReturnType<typeof buildCheckedContainer>> = {}) =>
  buildCheckedContainer({}, { id, taskId: `task-${id}`, ...change });
const toSummary = (id: string, state = 'running'): ContainerSummary => ({
  id,
  taskId: `task-${id}`,
  state,
  healthStatus: state === 'running' ? 'healthy' : null,
  failingStreak: null,
  isHealthWhole: false,
  createdAtMs: null,
  up: null,
  skewMs: 0,
});
const known = (...containers: ReturnType<typeof build>[]) =>
  new Map(containers.map((container) => [container.id, track(container, 1)]));

describe('joinSync', () => {
  const none = { containers: [], unread: new Map() };

  it('holds what was read, of this node, and leaves out what is of no task', () => {
    const read = { ...none, containers: [build('a', { nodeId: '' }), build('b', { taskId: null })] };
    const joined = joinSync({ known: new Map(), nodeId: 'node-7' }, [], read, [], NOW);
    expect([...joined.known.values()].map(({ container }) => [container.id, container.nodeId])).toEqual([
      ['a', 'node-7'],
    ]);
  });

  it('drops what is neither read nor listed', () => {
    expect(joinSync({ known: known(build('a')), nodeId: 'n' }, [], none, [], NOW).known.size).toBe(0);
  });

  it('keeps of one that did not answer what was known, as not read since then', () => {
    const unread = new Map([['a', new EngineError('timeout', 'late')]]);
    const joined = joinSync(
      { known: known(build('a', { image: 'web:7' })), nodeId: 'n' },
      [toSummary('a')],
      { containers: [], unread },
      [],
      NOW,
    );
    expect(joined.known.get('a')).toMatchObject({
      container: { image: 'web:7', unread: { sinceMs: NOW - LIMITS.syncInspectMs, hangs: true } },
      failed: { count: 2 },
    });
  });

  it('keeps the dead as they were read when they died, and names the others', () => {
    const before = known(build('old', { state: 'exited', exitCode: 3 }), build('died'));
    const dead = ['old', 'died', 'new'].map((id) => toSummary(id, 'exited'));
    const joined = joinSync({ known: before, nodeId: 'n' }, [], none, dead, NOW);
    expect([...joined.known.values()].map(({ container }) => [container.id, container.exitCode])).toEqual([
      ['old', 3],
    ]);
    expect(joined.unreadDead).toEqual(['died', 'new']);
  });
});

function setUp(ids: string[]) {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock);
  for (const id of ids) engine.containers.set(id, build(id));
  const emitted: Observation[] = [];
  const table = createContainerTable(
    'node-1',
    (observation) => emitted.push(observation),
    () => {},
  );
  let isCurrent = true;
  return {
    clock,
    engine,
    emitted,
    table,
    stop() {
      isCurrent = false;
    },
    options: {
      client: engine.client,
      syncs: createSemaphore(1),
      nowMs: clock.nowMs,
      heardAtMs: 0,
      isCurrent: () => isCurrent,
      onPermit() {},
      onSend() {},
      onActivity() {},
    },
  };
}

describe('syncContainers', () => {
  it('emits all that live together, and names the dead that are still to be read', async () => {
    const { table, options, engine, emitted } = setUp(['a', 'b', 'dead']);
    engine.containers.set('dead', build('dead', { state: 'exited' }));
    table.ignored.add('spoof');
    expect(await syncContainers(table, options)).toEqual({ dead: ['dead'], listed: [] });
    expect(emitted).toMatchObject([{ kind: 'containers', containers: [{ id: 'a' }, { id: 'b' }] }]);
    expect(table.ignored.size).toBe(0);
  });

  it('waits until as few engines are read as may be at a time', async () => {
    const { table, options, engine, clock } = setUp(['a']);
    const other = options.syncs.acquire();
    const sync = syncContainers(table, options);
    await clock.settle();
    expect(engine.counts.inspectContainer).toBeUndefined();
    other.release();
    expect(await sync).toEqual({ dead: [], listed: [] });
    expect(engine.counts.inspectContainer).toBe(1);
  });

  it.each([0, 1, 2])('emits nothing when it is no longer wanted after %i answers', async (answers) => {
    const { table, options, stop, emitted } = setUp(['a']);
    let left = answers;
    const isCurrent = () => {
      if (left === 0) stop();
      left -= 1;
      return options.isCurrent();
    };
    expect(await syncContainers(table, { ...options, isCurrent })).toBeNull();
    expect(emitted).toEqual([]);
    expect(table.known.size).toBe(0);
  });

  it('rejects when the engine fails, and emits nothing', async () => {
    const { table, options, engine, emitted } = setUp(['a']);
    engine.failing.set('inspectContainer', new EngineError('unreachable', 'gone'));
    await expect(syncContainers(table, options)).rejects.toThrow('gone');
    expect(emitted).toEqual([]);
  });
});

describe('a sync after a gap, where the list has health and streak (API 1.52)', () => {
  const NOW_MS = 1_000_000;
  const well = (id: string, change: Partial<ReturnType<typeof buildCheckedContainer>> = {}) =>
    buildCheckedContainer(
      {
        status: 'healthy',
        failingStreak: 0,
        probes: [buildProbe({ startedAtMs: NOW_MS - 3_100, endedAtMs: NOW_MS - 3_000 })],
      },
      {
        id,
        taskId: `task-${id}`,
        startedAtMs: NOW_MS - 600_000,
        inspectedAtMs: NOW_MS - 3_000,
        probeSeenAtMs: NOW_MS - 3_000,
        ...change,
      },
      { intervalMs: 5_000 },
    );

  async function syncAgain(
    before: ReturnType<typeof well>,
    now: Partial<ContainerSummary>,
    pauseMs = 0,
    known: Partial<Tracked> = {},
  ) {
    const { table, options, engine, emitted } = setUp([]);
    putContainer(table, { ...track(before, 1), ...known });
    pauseTable(table);
    engine.containers.set('a', before);
    const summary: ContainerSummary = {
      ...toSummary('a'),
      failingStreak: 0,
      isHealthWhole: true,
      up: { leastMs: 600_000, mostMs: 660_000 },
      ...now,
    };
    const client = { ...engine.client, listContainers: async () => [summary] };
    const nowMs = () => NOW_MS + pauseMs;
    const synced = await syncContainers(table, { ...options, client, nowMs, heardAtMs: NOW_MS - 2_000 });
    return { synced, inspects: engine.counts.inspectContainer ?? 0, emitted, table };
  }

  it('reads none of those that it tells to be as they were; their probes are read in their turn', async () => {
    const { synced, inspects, emitted, table } = await syncAgain(well('a'), {});
    expect([synced, inspects]).toEqual([{ dead: [], listed: ['a'] }, 0]);
    expect(emitted).toMatchObject([
      { containers: [{ id: 'a', readAtMs: NOW_MS, health: { probes: [{}] } }] },
    ]);
    expect(table.known.get('a')?.execs).toBe(1);
  });

  it('reads none that has no health check, then as now', async () => {
    const { inspects } = await syncAgain(well('a', { health: null, healthCheck: null }), {
      healthStatus: null,
      failingStreak: null,
    });
    expect(inspects).toBe(0);
  });

  /** As long as it was known to run when its engine was last heard: it may have been started right after that. */
  const YOUNG = { leastMs: 4_000, mostMs: 700_000 };
  const NO_CHECK = { health: null, healthCheck: null };
  const NO_CHECK_LISTED = { healthStatus: null, failingStreak: null };

  it.each<[string, Partial<ReturnType<typeof well>>, Partial<ContainerSummary>, number]>([
    ['an engine before API 1.52 tells no streak', {}, { failingStreak: null, isHealthWhole: false }, 0],
    ['it failed meanwhile', {}, { failingStreak: 1 }, 0],
    ['it was started again', {}, { up: { leastMs: 1_000, mostMs: 2_000 } }, 0],
    [
      'it may have been started again, without a health check',
      NO_CHECK,
      { ...NO_CHECK_LISTED, up: YOUNG },
      0,
    ],
    ['that it runs is all that is said', NO_CHECK, { ...NO_CHECK_LISTED, up: null }, 0],
    ['it is unhealthy now', {}, { healthStatus: 'unhealthy', failingStreak: 3 }, 0],
    [
      'it is paused now',
      {},
      { state: 'paused', healthStatus: null, failingStreak: null, isHealthWhole: false },
      0,
    ],
    ['it has no health check any more', {}, { healthStatus: null, failingStreak: null }, 0],
    ['a clock was set', {}, { skewMs: 3_600_000 }, 0],
    ['a probe of it is overdue: its prober may hang', {}, {}, 60_000],
    ['it did not answer before', { unread: { sinceMs: 1, hangs: true, error: 'late' } }, {}, 0],
    ['a list alone told of it before', { inspectedAtMs: null }, {}, 0],
    [
      'it was failing',
      { health: { status: 'healthy', failingStreak: 2, probes: [], statusSinceMs: null } },
      {},
      0,
    ],
  ])('reads one where %s', async (_, before, now, pauseMs) => {
    const { synced, inspects } = await syncAgain(well('a', before), now, pauseMs);
    expect([synced?.listed, inspects]).toEqual([[], 1]);
  });

  const PROBE_MS = NOW_MS - 3_000;

  it('reads one of which an event told that a probe failed, where that was not read before the gap', async () => {
    const want = { probeEndMs: NOW_MS, knownEndMs: PROBE_MS, fromMs: NOW_MS, offsetsMs: [0], next: 1 };
    const told = { signAtMs: NOW_MS };
    expect((await syncAgain(well('a'), {}, 5_500, told)).inspects).toBe(0);
    expect((await syncAgain(well('a'), {}, 5_500, { ...told, want })).inspects).toBe(1);
  });

  it('reads one of which two probes may have ended: the first may have failed', async () => {
    const slow = buildProbe({ startedAtMs: PROBE_MS - 4_000, endedAtMs: PROBE_MS, durationMs: 4_000 });
    const before = well('a', {
      health: { status: 'healthy', failingStreak: 0, probes: [slow], statusSinceMs: null },
    });
    expect((await syncAgain(before, {}, 6_900)).inspects).toBe(0);
    expect((await syncAgain(before, {}, 7_100)).inspects).toBe(1);
  });
});

describe('comparing with a list', () => {
  it('finds what the list no longer has, but not what came after it was asked for', () => {
    const map = new Map([
      ['old', track(build('old'), 10)],
      ['new', track(build('new'), 30)],
      ['there', track(build('there'), 10)],
    ]);
    expect(findUnlisted(map, [toSummary('there')], 20)).toEqual(['old']);
  });

  it.each([
    ['it is as it was', track(build('a', { startedAtMs: NOW - 3_500 }), 1), 'running', false],
    ['another state', track(build('a'), 1), 'paused', true],
    ['it was started again', track(build('a', { startedAtMs: NOW - 40_000 }), 1), 'running', true],
    ['it does not answer', { ...track(build('a'), 1), failed: { sinceMs: 1, count: 1 } }, 'paused', false],
  ])('reads it again? %s', (_, tracked, state, isAgain) => {
    const up = { leastMs: 3_000, mostMs: 4_000 };
    expect(isReadAgain(tracked, { ...toSummary('a', state), up }, NOW)).toBe(isAgain);
  });

  it('reads what differs and what is new, and stops when it is no longer wanted', async () => {
    const { table, options, engine, stop } = setUp(['same', 'new', 'late']);
    putContainer(table, track(build('same'), 1));
    putContainer(table, track(build('lost'), 1));
    const gone: string[] = [];
    const read: string[] = [];
    await compareContainers(table, {
      client: engine.client,
      nowMs: options.nowMs,
      isCurrent: options.isCurrent,
      onGone: (id) => gone.push(id),
      onActivity() {},
      async read(id) {
        read.push(id);
        stop();
      },
    });
    expect([gone, read]).toEqual([['lost'], ['new']]);
    expect(table.confirmed.has('new')).toBe(true);
  });
});
