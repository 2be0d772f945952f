import { afterEach, expect, test } from 'vitest';
import type { HistoryRecord } from '#lib/history/record.ts';
import { createStore, type Store } from '#lib/history/store/create-store.ts';
import type { MomentAnswer } from '#lib/model/contract/moment.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createMomentAnswers } from './create-moment-answers.ts';

const NOW = Date.UTC(2026, 5, 1);
const at = (agoS: number) => NOW - agoS * 1_000;
let store: Store;

afterEach(() => store.close());

function setUp(records: HistoryRecord[]) {
  store = createStore({ path: null, maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW });
  store.write([{ kind: 'run', atMs: at(100) }, ...records], at(100));
  for (let agoS = 80; agoS >= 0; agoS -= 20) store.write([], at(agoS));
  return createMomentAnswers({ ask: async (question) => store.ask(question), nowMs: () => NOW });
}

const toKnown = (answer: MomentAnswer) => (answer === 'busy' ? null : answer);

const service = (id: string): HistoryRecord => ({
  kind: 'service',
  service: { ...buildServicePicture({ id, name: `shop_${id}` }), stack: 'shop' },
});
const status = (serviceId: string, key: string, agoS: number, name: ReplicaStatus): HistoryRecord => ({
  kind: 'status',
  serviceId,
  key,
  fromMs: at(agoS),
  status: name,
  taskId: `task-${serviceId}-${key}`,
  reason: null,
});

test('each replica is as it was then, whatever came before and after, and one that was not there is not', async () => {
  const answers = setUp([
    service('web'),
    {
      kind: 'task',
      task: buildTask({ id: 'task-web-1', serviceId: 'web', nodeId: 'node-7' }),
      key: '1',
      slot: 1,
      hostname: 'docker07',
      fromMs: at(95),
      untilMs: null,
      end: null,
      container: null,
    },
    status('web', '1', 90, 'starting'),
    status('web', '1', 80, 'healthy'),
    status('web', '1', 60, 'failing'),
    status('web', '1', 50, 'healthy'),
    status('web', '2', 55, 'lost'),
    { kind: 'status-end', serviceId: 'web', key: '2', atMs: at(40) },
    status('db', '1', 30, 'unknown'),
  ]);
  const read = async (agoS: number, serviceId: string | null = null) => {
    const moment = toKnown(await answers.read(at(agoS), serviceId));
    return moment?.replicas.map((one) => `${one.serviceName}.${one.key} ${one.status}`);
  };
  expect(await read(95)).toEqual([]);
  expect(await read(85)).toEqual(['shop_web.1 starting']);
  expect(await read(70)).toEqual(['shop_web.1 healthy']);
  expect(await read(54)).toEqual(['shop_web.1 failing', 'shop_web.2 lost']);
  expect(await read(35)).toEqual(['shop_web.1 healthy']);
  expect(await read(10)).toEqual(['shop_web.1 healthy', 'db.1 unknown']);
  expect(await read(10, 'db')).toEqual(['db.1 unknown']);
  expect(await read(10, 'no such service')).toEqual([]);
  expect(toKnown(await answers.read(at(54), 'web'))?.replicas[0]).toMatchObject({
    stack: 'shop',
    slot: 1,
    nodeId: 'node-7',
    hostname: 'docker07',
    sinceMs: at(60),
    sentence: null,
  });
});

test('a clock that was a day ahead for a while leaves nothing green behind it, and is no reason to know nothing', async () => {
  store = createStore({ path: null, maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW });
  const DAY_S = 24 * 3_600;
  const write = (agoS: number, ...records: HistoryRecord[]) => store.write(records, at(agoS));
  write(100, { kind: 'run', atMs: at(100) }, status('web', '1', 100, 'healthy'));
  write(100, status('web', '2', 100, 'healthy'));
  write(90 - DAY_S, status('web', '1', 90 - DAY_S, 'failing'), status('web', '2', 90 - DAY_S, 'failing'));
  write(80, status('web', '1', 80, 'healthy'));
  write(60, status('web', '1', 60, 'unhealthy'), {
    kind: 'status-end',
    serviceId: 'web',
    key: '2',
    atMs: at(60),
  });
  for (let agoS = 40; agoS >= 0; agoS -= 20) write(agoS);
  const answers = createMomentAnswers({ ask: async (question) => store.ask(question), nowMs: () => NOW });
  const moment = toKnown(await answers.read(at(30), null));
  expect(moment?.isSeen).toBe(true);
  expect(moment?.replicas.map(({ key, status: name }) => `${key} ${name}`)).toEqual(['1 unhealthy']);
});

test('a service that was removed is found at its time, although another has its name since', () => {
  setUp([
    service('old'),
    { kind: 'service-gone', serviceId: 'old', atMs: at(60) },
    { kind: 'service', service: { ...buildServicePicture({ id: 'new', name: 'shop_old' }), stack: 'shop' } },
  ]);
  const find = (atMs: number | null) => store.ask({ kind: 'find-service', name: 'shop_old', atMs })?.id;
  expect([find(at(70)), find(at(50)), find(null)]).toEqual(['old', 'new', 'new']);
});

test('when nobody looked nothing is known, and when the history cannot be read neither', async () => {
  const answers = setUp([status('web', '1', 90, 'healthy')]);
  expect(await Promise.all([50, 200].map((agoS) => answers.isSeen(at(agoS))))).toEqual([true, false]);
  expect(await answers.read(at(200), null)).toEqual({
    atMs: at(200),
    isSeen: false,
    unreadSinceMs: null,
    replicas: [],
    isCut: false,
  });
  expect(await createMomentAnswers({ ask: async () => null, nowMs: () => NOW }).read(at(50), null)).toBe(
    null,
  );
});

test.each([
  ['managers-unreachable', true],
  ['swarm-error', true],
  ['no-quorum', true],
  ['addresses-gone', false],
] as const)(
  'a moment in an incident of the swarm (%s): were its managers unread? %s',
  async (cause, isUnread) => {
    const reason = { cause, sentence: null, evidence: null, hint: null };
    const incident = buildIncident({
      ...{ kind: 'swarm', rootKey: 'swarm', reason, services: [], nodes: [] },
      ...{ startedAtMs: at(60), endedAtMs: at(30) },
    });
    const answers = setUp([status('web', '1', 90, 'healthy'), { kind: 'incident', incident }]);
    const unread = async (agoS: number) => toKnown(await answers.read(at(agoS), null))?.unreadSinceMs;
    expect([await unread(70), await unread(50), await unread(20)]).toEqual([
      null,
      isUnread ? at(60) : null,
      null,
    ]);
  },
);

test('a thousand replicas are read in pieces, each once', async () => {
  const records = Array.from({ length: 1_000 }, (_, n) => status(`s${n % 40}`, String(n), 90, 'healthy'));
  const moment = toKnown(await setUp(records).read(at(50), null));
  expect(new Set(moment?.replicas.map(({ key }) => key)).size).toBe(1_000);
  expect(moment).toMatchObject({ isCut: false, isSeen: true });
});

test('a crowd that asks for one moment costs what one does; one that asks for many is turned away, and not for long', async () => {
  store = createStore({ path: null, maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW });
  let reading = 0;
  let most = 0;
  let asked = 0;
  const answers = createMomentAnswers({
    async ask(question) {
      asked += 1;
      reading += 1;
      most = Math.max(most, reading);
      await new Promise((resolve) => setImmediate(resolve));
      reading -= 1;
      return store.ask(question);
    },
    nowMs: () => NOW,
  });
  await Promise.all(Array.from({ length: 50 }, () => answers.read(at(1), null)));
  expect(asked).toBe(1);
  const crowd = await Promise.all(Array.from({ length: 50 }, (_, n) => answers.read(at(10 + n), null)));
  expect(most).toBe(2);
  expect(crowd.filter((answer) => answer === 'busy').length).toBe(32);
  expect(await answers.read(at(59), null)).toMatchObject({ isSeen: false });
});
