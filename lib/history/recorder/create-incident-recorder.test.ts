import { expect, test } from 'vitest';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createIncidentRecorder } from './create-incident-recorder.ts';

const START = 1_800_000_000_000;
const BARE = {
  level: 'problem',
  sentence: 'It is so.',
  evidence: null,
  hint: null,
  because: null,
  sinceMs: START,
} as const;

function setUp(service = buildServicePicture(), isLate = false) {
  const clock = createFakeClock(START);
  const kept: IncidentRecord[] = [];
  const heard: number[] = [];
  const recorder = createIncidentRecorder({
    nowMs: clock.nowMs,
    setTimer: clock.setTimer,
    record: (record: HistoryRecord) => {
      if (record.kind === 'incident') kept.push(record.incident);
    },
  });
  recorder.subscribe((open) => heard.push(open.length));
  const first = buildSwarmPicture({ services: [service] });
  recorder.update({ picture: first, changes: [] });
  if (!isLate) recorder.begin(null);
  const see = (key: string, status: 'failed' | 'healthy') => {
    const replica = buildReplica({ key, status, sinceMs: clock.nowMs() });
    const changes: Change[] = [{ kind: 'replica', serviceId: service.id, replica }];
    recorder.update({ picture: first, changes });
  };
  const picture = (key: string, status: 'failed' | 'healthy') => {
    const replica = buildReplica({ key, status, sinceMs: START });
    return buildSwarmPicture({ services: [{ ...service, replicas: [replica] }] });
  };
  return { clock, kept, heard, recorder, see, picture };
}

test('that one began and is over is kept at once, that it grows a few times a second', async () => {
  const { clock, kept, heard, see } = setUp();
  see('1', 'failed');
  expect(kept.map(({ counts }) => counts.replicas)).toEqual([1]);
  for (const key of ['2', '3', '4']) see(key, 'failed');
  expect(kept).toHaveLength(1);
  await clock.advance(250);
  expect(kept.map(({ counts }) => counts.replicas)).toEqual([1, 4]);
  for (const key of ['1', '2', '3']) see(key, 'healthy');
  see('4', 'healthy');
  expect(kept.map(({ endedAtMs }) => endedAtMs)).toEqual([null, null, START + 250]);
  await clock.advance(1_000);
  expect(kept).toHaveLength(3);
  expect(heard.at(-1)).toBe(0);
});

test('one that is called otherwise is kept at once: a kill a moment later leaves it its name', async () => {
  const clock = createFakeClock(START);
  const kept: IncidentRecord[] = [];
  const record = (record: HistoryRecord) => {
    if (record.kind === 'incident') kept.push(record.incident);
  };
  const recorder = createIncidentRecorder({ nowMs: clock.nowMs, setTimer: clock.setTimer, record });
  const picture = buildSwarmPicture();
  recorder.update({ picture, changes: [] });
  recorder.begin(null);
  const lose = (id: string): Change => {
    const finding: Finding = { ...BARE, cause: 'node-down', subject: { kind: 'node', nodeId: id } };
    return {
      kind: 'node',
      node: buildNodePicture({ id, hostname: id, role: 'manager', findings: [finding] }),
    };
  };
  const quorum: Finding = { ...BARE, cause: 'quorum-lost', subject: { kind: 'swarm' } };
  recorder.update({ picture, changes: [lose('docker02')] });
  recorder.update({ picture, changes: [lose('docker03')] });
  recorder.update({ picture, changes: [{ kind: 'swarm', swarm: { ...picture, findings: [quorum] } }] });
  expect(kept.map(({ nodes, ofSwarm }) => [nodes.length, ofSwarm])).toEqual([
    [1, null],
    [2, null],
    [2, 'quorum-lost'],
  ]);
  await clock.advance(1_000);
  expect(kept).toHaveLength(3);
});

test('what begins and is over while the history is still being opened is kept, by its own times', async () => {
  const { clock, kept, recorder, see } = setUp(buildServicePicture(), true);
  await clock.advance(1_000);
  see('1', 'failed');
  await clock.advance(9_000);
  see('1', 'healthy');
  await clock.advance(20_000);
  expect(kept).toEqual([]);
  recorder.begin(null);
  expect(kept.at(-1)).toMatchObject({ startedAtMs: START + 1_000, endedAtMs: START + 10_000 });
  expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
  see('1', 'failed');
  expect(recorder.listOpen()).toMatchObject([{ id: kept[0]?.id, returns: 1 }]);
});

/** As it was kept by the process before us: it began an hour ago, and lasted. */
async function lastedBefore(key: string): Promise<IncidentRecord> {
  const { kept, see } = setUp();
  see(key, 'failed');
  const [incident] = kept;
  if (incident === undefined) throw new Error('Nothing is kept.');
  return { ...incident, id: 'before-web', startedAtMs: START - 3_600_000 };
}

/** Those that are told of, as the history has them: the newest word of each. */
const newest = (kept: readonly IncidentRecord[]) => [...new Map(kept.map((one) => [one.id, one])).values()];

test('a database that answers late: what lasted goes on as it was, and what was begun without it is a part of it', async () => {
  const before = await lastedBefore('1');
  const { clock, kept, recorder, see, picture } = setUp();
  see('1', 'failed');
  expect(recorder.listOpen()).toMatchObject([{ startedAtMs: START }]);
  await clock.advance(60_000);
  recorder.learn(picture('1', 'failed'), [before, ...structuredClone(recorder.listOpen())]);
  expect(recorder.listOpen()).toMatchObject([
    { id: 'before-web', startedAtMs: START - 3_600_000, counts: { services: 1, replicas: 1 } },
  ]);
  expect(newest(kept).filter(({ mergedInto }) => mergedInto === null)).toHaveLength(1);
  await clock.advance(10_000);
  see('1', 'healthy');
  expect(recorder.listOpen()).toEqual([]);
  expect(newest(kept).find(({ id }) => id === 'before-web')).toMatchObject({
    endedAtMs: START + 70_000,
    isEndSeen: true,
  });
});

test('and where it was over before the database answered it was over then', async () => {
  const before = await lastedBefore('1');
  const { clock, kept, recorder, see, picture } = setUp();
  see('1', 'failed');
  await clock.advance(5_000);
  see('1', 'healthy');
  await clock.advance(60_000);
  recorder.learn(picture('1', 'healthy'), [before]);
  expect(recorder.listOpen()).toEqual([]);
  const told = newest(kept).filter(({ mergedInto }) => mergedInto === null);
  expect(told).toMatchObject([{ id: 'before-web', endedAtMs: START + 5_000, isEndSeen: true }]);
  expect(told[0]?.services).toMatchObject([{ untilMs: START + 5_000, keys: ['1'] }]);
});

test('and of what does not show any more nobody saw the end, while what is new stays as it is', async () => {
  const before = await lastedBefore('7');
  const { clock, kept, recorder, see, picture } = setUp(buildServicePicture({ id: 'db', name: 'db' }));
  see('1', 'failed');
  const [own] = recorder.listOpen();
  await clock.advance(60_000);
  recorder.learn(picture('1', 'failed'), [before]);
  expect(recorder.listOpen()).toMatchObject([{ id: own?.id, startedAtMs: START, isStartSeen: true }]);
  expect(newest(kept).find(({ id }) => id === 'before-web')).toMatchObject({
    endedAtMs: START + 60_000,
    isEndSeen: false,
  });
});

test('where nothing is wrong nothing is kept and nobody is called', () => {
  const { kept, heard, see } = setUp();
  see('1', 'healthy');
  see('2', 'healthy');
  expect([kept, heard]).toEqual([[], []]);
});

test('what was wrong when we came is one too, begun before we looked', () => {
  const replicas = [buildReplica({ status: 'failed', sinceMs: START - 60_000 })];
  const { kept, recorder } = setUp(buildServicePicture({ replicas }));
  expect(kept).toMatchObject([{ startedAtMs: START - 60_000, isStartSeen: false, endedAtMs: null }]);
  expect(recorder.listOpen()).toHaveLength(1);
});

test('what began and was over while nothing could be kept is kept afterwards', () => {
  const { kept, recorder, see } = setUp();
  see('1', 'failed');
  see('1', 'healthy');
  kept.splice(0);
  recorder.repeat();
  expect(kept.map(({ endedAtMs }) => endedAtMs)).toEqual([START]);
  expect(recorder.listOver().map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
  see('1', 'failed');
  expect([recorder.listOver(), recorder.listOpen().length]).toEqual([[], 1]);
});

test('what lasts is kept again where the history was begun anew, and what grew is kept at the end', () => {
  const { kept, recorder, see } = setUp();
  see('1', 'failed');
  recorder.repeat();
  expect(kept.map(({ id }) => id)).toEqual([kept[0]?.id, kept[0]?.id]);
  see('2', 'failed');
  recorder.close();
  expect(kept.at(-1)?.counts.replicas).toBe(2);
});
