import { describe, expect, test } from 'vitest';
import type { Container } from '#lib/model/docker/container.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildServiceFacts } from '#lib/testing/build-service-facts.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { deriveReplicaDetail } from './derive-replica-detail.ts';
import { deriveService } from './derive-service.ts';
import { deriveServiceDetail, type ServiceDetailFacts } from './derive-service-detail.ts';

const NOW_MS = 40_000;
const build = (
  container: Container | null,
  overrides: Partial<ServiceDetailFacts> = {},
): ServiceDetailFacts => {
  const facts = {
    ...buildServiceFacts(container, { nowMs: NOW_MS }),
    remembered: [],
    probesOf: () => [],
    traffic: null,
    networks: [],
    ...overrides,
  };
  const { picture } = deriveService(facts);
  return { picture, ...facts };
};
const detail = (container: Container | null, overrides: Partial<ServiceDetailFacts> = {}, key = '1') =>
  deriveReplicaDetail({ ...build(container, overrides), key });
const at = (startedAtMs: number, exitCode = 0) => buildProbe({ startedAtMs, exitCode });
const life = (container: Container | null, overrides: Partial<ServiceDetailFacts> = {}) =>
  detail(container, overrides)?.life.map(({ atMs, kind, text }) => `${atMs} ${kind}: ${text}`);

/** Probed often until it is healthy, then seldom. */
const SLOW = { intervalMs: 30_000, startPeriodMs: 60_000, startIntervalMs: 5_000 };

describe('replica', () => {
  test('none of that key', () => {
    expect(detail(null, {}, '9')).toBeNull();
  });

  test('a slot of 1,441 tasks shows the newest 50 of the earlier ones, and how many more there are', () => {
    const tasks = Array.from({ length: 1_441 }, (_, index) =>
      buildTask({
        id: `task-${index}`,
        createdAtMs: 1_000_000 - index,
        ...(index === 0 ? {} : { state: 'failed', desiredState: 'shutdown' }),
      }),
    );
    const facts = build(null, { tasks });
    const replica = deriveReplicaDetail({ ...facts, key: '1' });
    expect(replica?.earlierTasks.map(({ id }) => id).slice(0, 2)).toEqual(['task-1', 'task-2']);
    expect(replica?.earlierTasks).toHaveLength(50);
    expect(replica?.moreEarlierTasks).toBe(1_390);
    const [slot] = deriveServiceDetail(facts).slots;
    expect([slot?.tasks.length, slot?.moreTasks]).toEqual([51, 1_390]);
  });

  test('a service of 2,000 slots shows 500, those with a problem among them, and how many more there are', () => {
    const service = buildService({ mode: { kind: 'replicated', replicas: 2_000 } });
    const tasks = Array.from({ length: 2_000 }, (_, index) =>
      buildTask({
        id: `task-${index + 1}`,
        slot: index + 1,
        ...(index === 1_999
          ? { state: 'failed' as const, desiredState: 'shutdown' as const, error: 'no' }
          : {}),
      }),
    );
    const { slots, moreSlots } = deriveServiceDetail(build(null, { service, tasks }));
    expect([slots.length, moreSlots]).toEqual([500, 1_500]);
    expect(slots.map(({ key }) => key)).toContain('2000');
  });

  test('head without replicas, replica, check, probes and task', () => {
    const result = detail(buildCheckedContainer({ probes: [at(15_000), at(20_050)] }));
    expect(result?.service).not.toHaveProperty('replicas');
    expect(result).toMatchObject({
      replica: { key: '1', status: 'healthy' },
      healthCheck: { intervalMs: 5_000, source: 'image' },
      stopGraceMs: 10_000,
      task: {
        id: 'task-1',
        hostname: 'host-1',
        forgotten: false,
        container: { id: 'container-1', state: 'running' },
      },
      earlierTasks: [],
      atMs: NOW_MS,
    });
    expect(result?.probes.map(({ startedAtMs }) => startedAtMs)).toEqual([15_000, 20_050]);
  });

  test('probes kept and probes in the log are joined, each once, without those of an earlier run', () => {
    const container = buildCheckedContainer({ probes: [at(4_000), at(20_000), at(25_000)] });
    const probes = detail(container, { probesOf: () => [at(15_000), at(20_000)] })?.probes;
    expect(probes?.map(({ startedAtMs }) => startedAtMs)).toEqual([15_000, 20_000, 25_000]);
  });

  test.each<[situation: string, nextProbeAtMs: number | null, container: Container | null]>([
    ['one interval after the last one ended', 20_050, buildCheckedContainer({ probes: [at(15_000)] })],
    ['the first one interval after the start', 15_000, buildCheckedContainer({ status: 'starting' })],
    [
      'starting within its start period: the start interval after the last one',
      20_050,
      buildCheckedContainer({ status: 'starting', probes: [at(15_000, 1)] }, {}, SLOW),
    ],
    [
      'starting, its start period over: the interval after the last one',
      110_050,
      buildCheckedContainer({ status: 'starting', probes: [at(80_000, 1)] }, {}, SLOW),
    ],
    [
      'healthy: the interval after the last one',
      45_050,
      buildCheckedContainer({ probes: [at(15_000)] }, {}, SLOW),
    ],
    ['not known without a check', null, buildContainer()],
    ['not known while paused', null, buildCheckedContainer({ probes: [at(15_000)] }, { state: 'paused' })],
    [
      'not known of the dead',
      null,
      buildCheckedContainer({ probes: [at(15_000)] }, { state: 'exited', exitCode: 1 }),
    ],
    ['not known of what we cannot read', null, null],
  ])('next probe: %s', (_situation, nextProbeAtMs, container) => {
    expect(detail(container)?.nextProbeAtMs).toBe(nextProbeAtMs);
  });

  test('earlier tasks, newest first, with what is remembered of them', () => {
    const dead = buildCheckedContainer(
      { failingStreak: 3, probes: [at(2_000, 1)] },
      { id: 'c0', taskId: 'old', state: 'exited', exitCode: 137, startedAtMs: 1_000 },
    );
    const tasks = [
      buildTask({ id: 'old', state: 'failed', desiredState: 'shutdown', createdAtMs: 900, stateAtMs: 4_000 }),
      buildTask(),
    ];
    const forgotten = buildTask({ id: 'older', state: 'failed', desiredState: 'shutdown', createdAtMs: 100 });
    const result = detail(buildCheckedContainer(), {
      tasks,
      remembered: [forgotten, buildTask()],
      lastContainerOf: (task) => (task.id === 'old' ? dead : null),
    });
    expect(result?.earlierTasks.map(({ id, forgotten }) => [id, forgotten])).toEqual([
      ['old', false],
      ['older', true],
    ]);
    expect(result?.earlierTasks[0]).toMatchObject({
      exitCode: 137,
      container: { failingStreak: 3 },
      probes: [{ exitCode: 1 }],
    });
    expect(result?.earlierTasks[1]?.container).toBeNull();
  });
});

describe('life', () => {
  test('from healthy to unhealthy and dead', () => {
    const probes = [at(15_000), at(20_000, 1), at(25_000), at(30_000, 1), at(31_000, 1), at(32_000, 1)];
    const container = buildCheckedContainer(
      { status: 'unhealthy', failingStreak: 3, probes },
      { state: 'exited', exitCode: 137, finishedAtMs: 39_000 },
    );
    const tasks = [buildTask({ state: 'failed', desiredState: 'shutdown', stateAtMs: 39_500 })];
    expect(life(container, { tasks })).toEqual([
      '5000 created: Task created',
      '10000 started: Started on host-1',
      '15050 healthy: First healthy probe',
      '20000 failing: First failed probe: exit 1',
      '25050 healthy: Probe passed again',
      '30000 failing: First failed probe: exit 1',
      '32050 unhealthy: Unhealthy after 3 failed probes',
      '39000 exited: Ended with exit 137 (SIGKILL)',
      '39500 ended: Task failed',
    ]);
  });

  test('failures in the start period do not count', () => {
    const probes = [at(15_000, 1), at(20_000, 1), at(25_000, 1), at(30_000)];
    const container = buildCheckedContainer({ probes }, {}, { startPeriodMs: 60_000 });
    expect(life(container)?.slice(2)).toEqual([
      '15000 failing: First failed probe: exit 1',
      '30050 healthy: First healthy probe',
    ]);
  });

  test('failures in a start period that is probed less often than what follows do not count either', () => {
    const probes = [at(15_000, 1), at(20_000, 1), at(25_000, 1), at(30_000)];
    const rhythm = { intervalMs: 1_000, startPeriodMs: 60_000, startIntervalMs: 5_000 };
    expect(life(buildCheckedContainer({ probes }, {}, rhythm))?.slice(2)).toEqual([
      '15000 failing: First failed probe: exit 1',
      '30050 healthy: First healthy probe',
    ]);
  });

  test('what is kept begins late: the running task shows when it was first healthy', () => {
    const container = buildCheckedContainer({ probes: [at(30_000), at(35_000)] });
    const tasks = [buildTask({ stateAtMs: 15_060 })];
    expect(life(container, { tasks })?.slice(2)).toEqual(['15060 healthy: First healthy probe']);
  });

  test('told to stop', () => {
    const tasks = [buildTask({ desiredState: 'shutdown', updatedAtMs: 33_000 })];
    expect(life(buildContainer(), { tasks })).toContain('33000 stopping: Told to stop');
  });
});

describe('service', () => {
  test('every slot with its tasks, also of slots no longer wanted', () => {
    const tasks = [
      buildTask(),
      buildTask({ id: 'before', state: 'failed', desiredState: 'shutdown', createdAtMs: 1_000 }),
      buildTask({ id: 'gone', slot: 2, state: 'shutdown', desiredState: 'shutdown' }),
    ];
    const result = deriveServiceDetail(build(buildCheckedContainer(), { tasks }));
    expect(result.replicas).toHaveLength(1);
    expect(result.slots.map(({ key, tasks }) => [key, tasks.map(({ id }) => id)])).toEqual([
      ['1', ['task-1', 'before']],
      ['2', ['gone']],
    ]);
    expect(result).toMatchObject({ stopGraceMs: 10_000, restart: { condition: 'any' }, atMs: NOW_MS });
  });
});
