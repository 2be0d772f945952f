import { expect, test } from 'vitest';
import { createFacts } from '#lib/facts/create-facts.ts';
import type { Baseline } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createRecorder } from './create-recorder.ts';

const START = 1_800_000_000_000;
const SWARM: SwarmInfo = { id: 'swarm-1', name: 'swarm', error: null, rotation: null };

function setUp(swarm = SWARM) {
  const clock = createFakeClock(START);
  const kept: HistoryRecord[] = [];
  /** How many more records fit in. */
  const room = { left: Number.POSITIVE_INFINITY };
  let reported: SwarmEvent[] = [];
  const facts = createFacts();
  const recorder = createRecorder({
    facts,
    nowMs: clock.nowMs,
    setTimer: clock.setTimer,
    record(record) {
      kept.push(record);
      room.left -= 1;
    },
    hasRoom: () => room.left > 0,
    reasonOf: () => null,
  });
  facts.subscribe(recorder.observe);
  recorder.subscribe((events) => {
    reported = [...events, ...reported];
  });
  const see = (picture: SwarmPicture) =>
    recorder.update({
      picture,
      changes: [
        ...picture.services.map((service) => ({ kind: 'service', service }) as const),
        ...picture.nodes.map((node) => ({ kind: 'node', node }) as const),
      ],
    });
  const seeContainer = (container: Container) => facts.apply({ kind: 'container', container });
  const observe = facts.apply;
  observe({ kind: 'swarm', swarm });
  observe({ kind: 'nodes', nodes: [buildNode({ hostname: 'host-1' })] });
  observe({ kind: 'services', services: [buildService()], complete: true });
  return {
    clock,
    observe,
    recorder,
    kept,
    room,
    see,
    seeContainer,
    texts: () => reported.map(({ text }) => text).reverse(),
    reported: () => reported,
  };
}

const baseline = (overrides: Partial<Baseline> = {}): Baseline => ({
  aliveMs: START - 60_000,
  swarmId: SWARM.id,
  services: [buildServicePicture()],
  nodes: buildSwarmPicture().nodes,
  statuses: [{ serviceId: 'service-1', key: '1', fromMs: 0, status: 'healthy', taskId: 'task-1' }],
  openTasks: [{ taskId: 'task-1', serviceId: 'service-1', key: '1' }],
  endedTasks: [],
  reachedPorts: [],
  events: [],
  incidents: [],
  ...overrides,
});
const pictureWith = (replica: Parameters<typeof buildReplica>[0]) =>
  buildSwarmPicture({ services: [buildServicePicture({ replicas: [buildReplica(replica)] })] });
const failed = buildTask({
  state: 'failed',
  desiredState: 'shutdown',
  error: 'task: non-zero exit (1)',
  stateAtMs: START - 30_000,
});

test('a manager too busy to say which swarm it is of, that lists it: what lasted goes on, and the swarm is kept once it is said', () => {
  const { observe, recorder, see, kept } = setUp({ ...SWARM, id: null });
  const lasting: IncidentRecord = {
    ...{ id: 'before-web', kind: 'service', rootKey: 'service service-1', startedAtMs: START - 3_600_000 },
    ...{ recoveredAtMs: null, endedAtMs: null, isStartSeen: true, isEndSeen: true, nodes: [], services: [] },
    reason: { cause: 'exit-code', sentence: 'Ended with exit 1.', evidence: null, hint: null },
    counts: { nodes: 0, services: 1, replicas: 1, moved: 0, ends: 0 },
    ...{ isCritical: true, unknown: 0, returns: 0, rollback: null, ofSwarm: null, mergedInto: null },
  };
  recorder.begin(baseline({ incidents: [lasting] }));
  see(pictureWith({ status: 'failed' }));
  expect(recorder.openIncidents().map(({ id }) => id)).toEqual(['before-web']);
  expect(kept.some(({ kind }) => kind === 'swarm')).toBe(false);
  observe({ kind: 'swarm', swarm: SWARM });
  expect(kept.filter(({ kind }) => kind === 'swarm')).toEqual([{ kind: 'swarm', swarmId: SWARM.id }]);
});

test('the very first picture tells what is so: no event, and no past that nobody saw', () => {
  const { observe, recorder, see, texts, kept } = setUp();
  observe({ kind: 'tasks', tasks: [failed, buildTask({ id: 'task-2' })], serviceIds: null });
  recorder.begin(
    baseline({ aliveMs: null, swarmId: null, services: [], nodes: [], statuses: [], openTasks: [] }),
  );
  see(pictureWith({ taskId: 'task-2', sinceMs: 10_000 }));
  expect(texts()).toEqual([]);
  expect(kept.find(({ kind }) => kind === 'status')).toMatchObject({ status: 'healthy', fromMs: START });
});

test('what changed while we were away is one event each, and says so', () => {
  const { observe, recorder, see, texts, reported } = setUp();
  observe({ kind: 'tasks', tasks: [failed, buildTask({ id: 'task-2' })], serviceIds: null });
  recorder.begin(baseline({ events: [buildSwarmEvent({ id: START + 5 })] }));
  see(
    buildSwarmPicture({
      services: [
        buildServicePicture({
          mode: { kind: 'replicated', replicas: 2 },
          replicas: [buildReplica({ taskId: 'task-2', sinceMs: START - 10_000 })],
        }),
      ],
    }),
  );
  expect(texts()).toEqual([
    'web was scaled from 1 to 2 (while Swarm Vitals was not running).',
    'web.1 on host-1: Ended with exit 1 (while Swarm Vitals was not running).',
    'web.1 on host-1 is healthy (while Swarm Vitals was not running).',
  ]);
  // Ids grow over the restart, also where the clock was set back.
  expect(Math.min(...reported().map(({ id }) => id))).toBeGreaterThan(START + 5);
});

const STUCK = { status: 'unhealthy', stuck: true } as const;
const LOOP = { status: 'starting', cause: 'crash-loop' } as const;

test.each([
  ['waits for a node', { status: 'pending', error: 'no suitable node' } as const, 'task', 'warn', 1],
  ['is stuck unhealthy', STUCK, 'health', 'bad', 2],
  ['crashes again and again, and starts', LOOP, 'task', 'bad', 1],
  ['crashes again and again, and ended', { ...LOOP, status: 'failed' } as const, 'task', 'bad', 2],
] as const)('a replica that %s over a restart is told of once', (_, replica, kind, level, count) => {
  const toldOf = (times: number) => {
    const { observe, recorder, see, texts } = setUp();
    observe({ kind: 'tasks', tasks: [buildTask()], serviceIds: null });
    const atMs = START - 90_000;
    const { status } = replica;
    recorder.begin(
      baseline({
        statuses: [{ serviceId: 'service-1', key: '1', fromMs: atMs, status, taskId: 'task-1' }],
        events: Array.from({ length: times }, (_, id) => buildSwarmEvent({ id, atMs, kind, level })),
      }),
    );
    see(pictureWith({ ...replica, taskId: 'task-1', sinceMs: atMs + 40 }));
    return texts();
  };
  expect(toldOf(count), 'it was told before').toEqual([]);
  expect(toldOf(count - 1), 'it came to be so meanwhile').toHaveLength(1);
});

test('a leader is told once: managers that could not agree for a while and go on under the same one have no new leader', () => {
  const { recorder, see, texts } = setUp();
  const led = (...leaders: string[]) =>
    buildSwarmPicture({
      nodes: ['one', 'two'].map((id) =>
        buildNodePicture({ id, hostname: id, role: 'manager', leader: leaders.includes(id) }),
      ),
    });
  recorder.begin(baseline({ nodes: led('one').nodes, services: [], statuses: [], openTasks: [] }));
  for (const leaders of [['one'], [], ['one'], [], ['two'], [], ['two'], ['one']]) see(led(...leaders));
  expect(texts().filter((text) => text.includes('leader'))).toEqual([
    'two is the leader of the swarm now.',
    'one is the leader of the swarm now.',
  ]);
});

test('a history of another swarm is no past of this one', () => {
  const { observe, recorder, see, texts } = setUp();
  observe({ kind: 'tasks', tasks: [buildTask()], serviceIds: null });
  recorder.begin(
    baseline({ swarmId: 'swarm-2', services: [buildServicePicture({ id: 'x', name: 'other' })] }),
  );
  see(buildSwarmPicture());
  expect(texts()).toEqual([]);
});

test('an engine that cannot be read for a while is no news of its replicas', () => {
  const { observe, recorder, see, texts, kept } = setUp();
  observe({ kind: 'tasks', tasks: [buildTask()], serviceIds: null });
  recorder.begin(null);
  see(pictureWith({}));
  see(pictureWith({ status: 'unknown' }));
  see(pictureWith({}));
  expect(texts()).toEqual([]);
  expect(kept.flatMap((record) => (record.kind === 'status' ? [record.status] : []))).toEqual([
    'healthy',
    'unknown',
    'healthy',
  ]);
});

test('time in which nobody could look stays unknown, whatever is found after it', async () => {
  const { clock, observe, recorder, see, kept } = setUp();
  observe({ kind: 'tasks', tasks: [buildTask()], serviceIds: null });
  recorder.begin(null);
  see(pictureWith({ sinceMs: START - 3_600_000 }));
  await clock.advance(10_000);
  see(pictureWith({ status: 'unknown', sinceMs: START + 8_000 }));
  await clock.advance(50_000);
  see(pictureWith({ sinceMs: START - 3_600_000 }));
  await clock.advance(10_000);
  see(pictureWith({ status: 'failing', sinceMs: START + 65_000 }));
  expect(kept.flatMap((one) => (one.kind === 'status' ? [[one.status, one.fromMs - START]] : []))).toEqual([
    ['healthy', 0],
    ['unknown', 8_000],
    ['healthy', 60_000],
    ['failing', 65_000],
  ]);
});

test.each([
  ['paused', 'healthy'],
  ['lost', 'healthy'],
  ['lost', 'running'],
  ['lost', 'starting'],
  ['failed', 'healthy'],
  ['failing', 'healthy'],
  ['starting', 'healthy'],
] as const)(
  'what was seen to be %s stays so until it was seen to be %s, since when ever that may be',
  async (worse, better) => {
    const { clock, observe, recorder, see, kept } = setUp();
    observe({ kind: 'tasks', tasks: [buildTask()], serviceIds: null });
    recorder.begin(null);
    const well = { status: better, sinceMs: START - 3_600_000 };
    see(pictureWith(well));
    await clock.advance(10_000);
    see(pictureWith({ status: worse, sinceMs: START + 9_000 }));
    await clock.advance(50_000);
    see(pictureWith(well));
    expect(kept.flatMap((one) => (one.kind === 'status' ? [[one.status, one.fromMs - START]] : []))).toEqual([
      [better, 0],
      [worse, 9_000],
      [better, 60_000],
    ]);
  },
);

test('an end is told once, when the manager has said why', async () => {
  const { clock, observe, recorder, see, seeContainer, texts, kept } = setUp();
  observe({ kind: 'tasks', tasks: [buildTask()], serviceIds: null });
  recorder.begin(null);
  see(buildSwarmPicture());
  seeContainer(buildContainer());
  const dead = buildContainer({ state: 'exited', exitCode: 137, oomKilled: true, finishedAtMs: START + 10 });
  seeContainer(dead);
  seeContainer(dead);
  await clock.advance(100);
  expect(texts()).toEqual([]);
  const task = buildTask({ state: 'failed', desiredState: 'shutdown', error: 'task: non-zero exit (137)' });
  observe({ kind: 'tasks', tasks: [task], serviceIds: null });
  await clock.advance(3_000);
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toMatch(/^web\.1 on host-1: .*memory/i);
  const ends = kept.flatMap((record) => (record.kind === 'task' && record.end ? [record.end] : []));
  expect(ends.at(-1)).toMatchObject({ cause: 'out-of-memory', oomKilled: true, exitCode: 137 });
});

test("what another node's engine says of a task is no part of its history, not even before it was listed", async () => {
  const { clock, observe, recorder, see, seeContainer, texts, kept } = setUp();
  const probes = [buildProbe({ startedAtMs: START, exitCode: 1, output: 'a lie' })];
  const lie = { ...buildCheckedContainer({ probes }), nodeId: 'node-2' };
  seeContainer(lie);
  observe({ kind: 'tasks', tasks: [buildTask()], serviceIds: null });
  recorder.begin(null);
  see(buildSwarmPicture());
  seeContainer({ ...lie, state: 'exited', exitCode: 137, finishedAtMs: START + 10 });
  await clock.advance(5_000);
  expect(texts()).toEqual([]);
  expect(kept.filter(({ kind }) => kind === 'probe')).toEqual([]);
  expect(kept.flatMap((one) => (one.kind === 'task' ? [one.end, one.container] : []))).toEqual([null, null]);
  seeContainer({ ...lie, nodeId: 'node-1' });
  expect(kept.filter(({ kind }) => kind === 'probe')).toHaveLength(1);
});

test('after the history lost some of it, all that lasts is recorded again', () => {
  const { observe, recorder, see, kept } = setUp();
  observe({ kind: 'tasks', tasks: [buildTask()], serviceIds: null });
  recorder.begin(null);
  see(buildSwarmPicture());
  kept.length = 0;
  recorder.resume();
  expect(kept.map(({ kind }) => kind).sort()).toEqual([
    'availability',
    'node',
    'run',
    'service',
    'status',
    'swarm',
    'task',
  ]);
});

/** What the history shows in the end of each replica. */
function lastOf(kept: readonly HistoryRecord[]) {
  const last = new Map<string, string>();
  for (const record of kept)
    if (record.kind === 'status') last.set(record.key, record.status);
    else if (record.kind === 'status-end') last.set(record.key, 'gone');
  return Object.fromEntries(last);
}

test('a replica that changed or went while all was recorded again, a piece at a time, is not what it was before', async () => {
  const { clock, recorder, kept, room, see } = setUp();
  const show = (replicas: Record<string, 'healthy' | 'unhealthy'>) =>
    see(
      buildSwarmPicture({
        services: [
          buildServicePicture({
            replicas: Object.entries(replicas).map(([key, status]) => buildReplica({ key, status })),
          }),
        ],
      }),
    );
  recorder.begin(null);
  show({ 1: 'healthy', 2: 'healthy', 3: 'healthy', 4: 'healthy' });
  kept.length = 0;
  room.left = 6;
  recorder.resume();
  expect(lastOf(kept)).toEqual({ 1: 'healthy' });
  show({ 1: 'unhealthy', 2: 'unhealthy', 4: 'healthy', 5: 'healthy' });
  room.left = Number.POSITIVE_INFINITY;
  await clock.advance(1_000);
  expect(lastOf(kept)).toEqual({ 1: 'unhealthy', 2: 'unhealthy', 3: 'gone', 4: 'healthy', 5: 'healthy' });
});

test('of a service that was removed meanwhile nothing more is recorded', async () => {
  const { clock, recorder, kept, room, see } = setUp();
  recorder.begin(null);
  const service = buildServicePicture({
    replicas: [buildReplica({ key: '1' }), buildReplica({ key: '2' })],
  });
  see(buildSwarmPicture({ services: [service] }));
  kept.length = 0;
  room.left = 6;
  recorder.resume();
  recorder.update({
    picture: buildSwarmPicture({ services: [] }),
    changes: [{ kind: 'service-gone', serviceId: service.id }],
  });
  room.left = Number.POSITIVE_INFINITY;
  await clock.advance(1_000);
  expect(lastOf(kept)).toEqual({ 1: 'gone', 2: 'gone' });
});
