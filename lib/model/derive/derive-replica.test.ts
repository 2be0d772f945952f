import { describe, expect, test } from 'vitest';
import type { Container } from '#lib/model/docker/container.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildServiceFacts } from '#lib/testing/build-service-facts.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { deriveService, type ServiceFacts } from './derive-service.ts';

const derive = (container: Container | null, overrides: Partial<ServiceFacts> = {}) =>
  deriveService(buildServiceFacts(container, overrides));
const replicaOf = (container: Container | null, overrides: Partial<ServiceFacts> = {}) =>
  derive(container, overrides).picture.replicas[0];
const fail = (startedAtMs: number) => buildProbe({ startedAtMs, exitCode: 1, output: 'HTTP 503' });
const pass = (startedAtMs: number) => buildProbe({ startedAtMs });

describe('since', () => {
  test.each<
    [situation: string, sinceMs: number, container: Container | null, overrides?: Partial<ServiceFacts>]
  >([
    ['healthy, by the event', 12_000, buildCheckedContainer({ statusSinceMs: 12_000 })],
    ['healthy, by the task', 10_000, buildCheckedContainer()],
    [
      'healthy again after a failure',
      17_050,
      buildCheckedContainer({ probes: [fail(12_000), pass(17_000)] }),
    ],
    [
      'failing, by the first failed probe of the streak',
      14_000,
      buildCheckedContainer({ failingStreak: 2, probes: [pass(11_000), fail(14_000), fail(17_000)] }),
    ],
    [
      'failing, by the oldest probe known of a long streak',
      14_000,
      buildCheckedContainer({ failingStreak: 90, probes: [fail(14_000), fail(17_000)] }),
    ],
    [
      'unhealthy, by the event',
      19_000,
      buildCheckedContainer({ status: 'unhealthy', failingStreak: 3, statusSinceMs: 19_000 }),
    ],
    ['running without a check, by its start', 10_000, buildContainer()],
    [
      'starting, by its start',
      11_000,
      buildCheckedContainer({ status: 'starting' }, { startedAtMs: 11_000 }),
    ],
    ['died', 18_500, buildContainer({ state: 'exited', exitCode: 1, finishedAtMs: 18_500 })],
    [
      'unknown, by the engine',
      13_000,
      null,
      { engineOf: () => buildSource({ state: 'unreachable', sinceMs: 13_000 }) },
    ],
    ['lost, by the node', 16_000, null, { nodeOf: () => buildNode({ status: 'down', updatedAtMs: 16_000 }) }],
    ['pending, by the task', 5_000, null, { tasks: [buildTask({ state: 'pending', nodeId: null })] }],
    ['paused: no evidence but now', 20_000, buildContainer({ state: 'paused' })],
    ['a clock ahead of ours: never in the future', 20_000, buildCheckedContainer({ statusSinceMs: 99_000 })],
  ])('%s', (_situation, sinceMs, container, overrides) => {
    expect(replicaOf(container, overrides)?.sinceMs).toBe(sinceMs);
  });

  test('the same status of the same task keeps its since', () => {
    const first = derive(buildContainer({ state: 'paused' }));
    const later = derive(buildContainer({ state: 'paused' }), { previous: first.picture, nowMs: 50_000 });
    expect(later.picture.replicas[0]?.sinceMs).toBe(20_000);
  });

  test('another task starts anew', () => {
    const first = derive(buildCheckedContainer());
    const { picture } = derive(buildCheckedContainer({ statusSinceMs: 40_000 }, { taskId: 'task-2' }), {
      tasks: [buildTask({ id: 'task-2', createdAtMs: 30_000 })],
      previous: first.picture,
      nowMs: 50_000,
    });
    expect(picture.replicas[0]?.sinceMs).toBe(40_000);
  });

  test('a verdict holds since its replicas made it so, never before the one it follows', () => {
    const first = derive(buildCheckedContainer({ statusSinceMs: 12_000 })).picture;
    const failing = buildCheckedContainer({ failingStreak: 2, probes: [fail(18_000), fail(19_000)] });
    const second = derive(failing, { previous: first }).picture;
    expect([first.sinceMs, second.verdict, second.sinceMs]).toEqual([12_000, 'failing', 18_000]);
  });
});

describe('health', () => {
  test.each<[situation: string, container: Container, overrides?: Partial<ServiceFacts>]>([
    ['exited', buildCheckedContainer({ status: 'unhealthy' }, { state: 'exited', exitCode: 0 })],
    ['paused', buildCheckedContainer({ status: 'unhealthy' }, { state: 'paused' })],
    ['unpaused, forced unhealthy', buildCheckedContainer({ status: 'unhealthy' })],
    ['engine stale', buildCheckedContainer(), { engineOf: () => buildSource({ state: 'stale' }) }],
  ])('not shown when it means nothing: %s', (_situation, container, overrides) => {
    expect(replicaOf(container, overrides)?.health).toBeNull();
  });

  test('probes of an earlier run are not the last probe', () => {
    const container = buildCheckedContainer({ status: 'starting', probes: [fail(4_000), fail(9_000)] });
    expect(replicaOf(container)?.health).toMatchObject({ status: 'starting', lastProbe: null });
  });

  test('failing comes with its sentence and evidence', () => {
    expect(
      replicaOf(buildCheckedContainer({ failingStreak: 2, probes: [fail(12_000), fail(17_000)] })),
    ).toMatchObject({
      status: 'failing',
      sentence: 'Failed 2 of 3 probes (exit 1); one more failure and Swarm replaces it.',
      evidence: { label: 'exit 1 after 50 ms', text: 'HTTP 503' },
    });
  });

  test.each([
    ['image', null],
    ['image', { test: null, intervalMs: null, timeoutMs: null, startPeriodMs: null, retries: null }],
    ['service', { test: ['CMD', 'x'], intervalMs: 1, timeoutMs: null, startPeriodMs: null, retries: null }],
    ['mixed', { test: null, intervalMs: 7_000, timeoutMs: null, startPeriodMs: null, retries: null }],
  ])('the check is of the %s for override %j', (source, healthCheck) => {
    const { picture } = derive(buildCheckedContainer(), { service: buildService({ healthCheck }) });
    expect(picture.healthCheck?.source).toBe(source);
  });

  test('the check is kept while no container can be read, and goes when the newest has none', () => {
    const first = derive(buildCheckedContainer()).picture;
    expect(derive(null, { previous: first }).picture.healthCheck).toEqual(first.healthCheck);
    expect(derive(buildContainer(), { previous: first }).picture.healthCheck).toBeNull();
  });
});

describe('containers', () => {
  test('gone from its engine, remembered as dead, while the manager still says running', () => {
    const lastContainer = buildContainer({ state: 'exited', exitCode: 137 });
    expect(replicaOf(null, { lastContainerOf: () => lastContainer })?.status).toBe('failed');
  });

  test('gone from its engine, remembered as running: not known', () => {
    expect(replicaOf(null, { lastContainerOf: () => buildContainer() })?.status).toBe('unknown');
  });
});

describe('restarts in the last hour', () => {
  const HOUR_MS = 3_600_000;
  const ended = (n: number, agoMs: number, state: 'failed' | 'shutdown' | 'complete' = 'failed') =>
    buildTask({
      id: `e${n}`,
      state,
      desiredState: 'shutdown',
      stateAtMs: 10 * HOUR_MS - agoMs,
      createdAtMs: n,
    });
  const count = (overrides: Partial<ServiceFacts>) =>
    replicaOf(null, { nowMs: 10 * HOUR_MS, ...overrides })?.restarts1h;

  test('those that Docker forgot and we remember count too, each once, in their own slot', () => {
    const known = ended(1, 1_000);
    const forgotten = [
      ended(1, 1_000),
      ended(2, 2_000),
      { ...ended(3, 3_000), slot: 2 },
      ended(4, 2 * HOUR_MS),
    ];
    expect(count({ tasks: [buildTask(), known], remembered: forgotten })).toBe(2);
  });

  test('tasks of the slot that ended badly, by when they did', () => {
    expect(count({ tasks: [buildTask(), ended(1, 1_000), ended(2, HOUR_MS - 1), ended(3, HOUR_MS)] })).toBe(
      2,
    );
  });

  test('a task that ends as it should is no restart', () => {
    expect(count({ tasks: [buildTask(), ended(1, 1_000, 'shutdown')] })).toBe(0);
  });

  test('what a job completes is no restart', () => {
    const service = buildService({ mode: { kind: 'replicated-job', maxConcurrent: 1, totalCompletions: 1 } });
    expect(count({ service, tasks: [ended(1, 1_000, 'complete'), ended(2, 2_000)] })).toBe(1);
  });
});

describe('in rotation, inferred', () => {
  const host = {
    service: buildService({ ports: [{ mode: 'host', published: 80, target: 80, protocol: 'tcp' }] }),
  };
  test.each<
    [
      situation: string,
      inRotation: boolean | null,
      container: Container | null,
      overrides?: Partial<ServiceFacts>,
    ]
  >([
    ['healthy', true, buildCheckedContainer()],
    ['failing: still in', true, buildCheckedContainer({ failingStreak: 2 })],
    ['no check', true, buildContainer()],
    ['paused: stays in', true, buildContainer({ state: 'paused' })],
    ['starting: not yet', false, buildCheckedContainer({ status: 'starting' })],
    ['unhealthy: out', false, buildCheckedContainer({ status: 'unhealthy', failingStreak: 3 })],
    [
      'should stop: out',
      false,
      buildCheckedContainer(),
      { tasks: [buildTask({ desiredState: 'shutdown' })] },
    ],
    ['host port, starting: bound already', true, buildCheckedContainer({ status: 'starting' }), host],
    ['host port, died', false, buildContainer({ state: 'exited', exitCode: 1 }), host],
    ['unknown', null, null],
    ['lost', null, null, { nodeOf: () => buildNode({ status: 'down' }) }],
  ])('%s', (_situation, inRotation, container, overrides) => {
    expect(replicaOf(container, overrides)?.inRotation).toBe(inRotation);
  });
});

test.each([
  [
    'known to be full',
    3,
    'No address is left for it',
    { cause: 'addresses-gone', subject: { kind: 'swarm' } },
  ],
  ['perhaps full: nothing else explains why it waits', 1, 'Perhaps no address is left for it', null],
])('a task waits for an address of a network that is %s', (_situation, vips, says, because) => {
  const fullNetwork = { network: 'tiny', subnets: [], size: 5, tasks: 1, vips, nodes: 1 };
  const { picture } = derive(null, { tasks: [buildTask({ state: 'new', nodeId: null })], fullNetwork });
  const [finding] = picture.replicas[0]?.findings ?? [];
  expect(finding).toMatchObject({ cause: 'no-address', because });
  expect(finding?.sentence).toContain(says);
});
