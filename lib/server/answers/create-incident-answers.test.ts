import { describe, expect, test } from 'vitest';
import type { IncidentPast } from '#lib/history/question.ts';
import type { IncidentRecord, IncidentsQuery } from '#lib/model/contract/incident.ts';
import { buildIncident, buildIncidentService } from '#lib/testing/build-incident.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createIncidentAnswers } from './create-incident-answers.ts';
import { parseIncidentsQuery } from './parse-incidents-query.ts';

const COUNTS = { nodes: 0, services: 1, replicas: 1, moved: 0, ends: 0 };
const ALL = parseIncidentsQuery(new URLSearchParams(), 1_000);

function setUp(
  kept: IncidentRecord[] | null,
  lasting: IncidentRecord[] | (() => IncidentRecord[]),
  ready = true,
  over: IncidentRecord[] = [],
) {
  const asked: string[] = [];
  const answers = createIncidentAnswers({
    async ask(question) {
      asked.push(question.kind);
      if (kept === null) return null;
      if (question.kind === 'incidents') return { incidents: kept, more: false } as never;
      const record = kept.find(({ id }) => 'id' in question && id === question.id);
      if (record === undefined) return 'none' as never;
      const lane = { serviceId: 'service-1', serviceName: 'web', key: '1', slot: 1, spans: [] };
      return { record, events: [], isCut: false, before: [], lanes: [lane] } satisfies IncidentPast as never;
    },
    state: () => ({ kind: kept === null ? 'broken' : 'disk', sentence: 'It is so.' }),
    openIncidents: typeof lasting === 'function' ? lasting : () => lasting,
    overIncidents: () => over,
    picture: () =>
      buildSwarmPicture({
        ready,
        services: [buildServicePicture({ replicas: [buildReplica({ hostname: 'docker03' })] })],
      }),
    nowMs: () => 1_000,
  });
  return { answers, asked };
}

test('what lasts is answered as it is now, although the history has it as it was', async () => {
  const { answers } = setUp(
    [buildIncident({ id: 'a' }), buildIncident({ id: 'b', endedAtMs: 9 })],
    [buildIncident({ id: 'a', recoveredAtMs: 5 })],
  );
  const page = await answers.list(ALL);
  expect(page.incidents.map(({ id, state }) => [id, state])).toEqual([
    ['a', 'recovered'],
    ['b', 'over'],
  ]);
});

test('where the history cannot be read, or only what lasts is asked for, that is known all the same', async () => {
  const other = buildIncident({
    id: 'x',
    nodes: [],
    services: [buildIncidentService({ name: 'shop_db', stack: 'shop' })],
  });
  const { answers, asked } = setUp(null, [
    buildIncident({ id: 'a', startedAtMs: other.startedAtMs + 1 }),
    other,
  ]);
  const list = async (query: Partial<IncidentsQuery>) =>
    (await answers.list({ ...ALL, ...query })).incidents.map(({ id }) => id);
  expect(await list({})).toEqual(['a', 'x']);
  expect(await list({ state: 'over' })).toEqual([]);
  asked.splice(0);
  expect(await list({ state: 'open' })).toEqual(['a', 'x']);
  expect(await list({ state: 'open', limit: 1 })).toEqual(['a']);
  expect(await list({ state: 'open', before: 'a' })).toEqual(['x']);
  expect(await list({ state: 'open', stack: 'shop' })).toEqual(['x']);
  expect(asked).toEqual([]);
  expect((await answers.detail('a'))?.incident.title).toBe('docker07 lost');
});

test('pages of what lasts go on behind one that is over by now, and keep to their time', async () => {
  const at = (ms: number) => buildIncident({ id: `${ms.toString(36)}-web`, startedAtMs: ms });
  const { answers } = setUp([], [at(900), at(500), at(100)]);
  const list = async (query: Partial<IncidentsQuery>) =>
    (await answers.list({ ...ALL, state: 'open', ...query })).incidents.map(({ startedAtMs }) => startedAtMs);
  expect(await list({ before: at(700).id })).toEqual([500, 100]);
  expect(await list({ before: 'nobody' })).toEqual([]);
  expect(await list({ untilMs: 500 })).toEqual([500, 100]);
});

describe('while nothing is kept, as on a full disk, incidents are told as they are all the same', () => {
  const at = (ms: number, over: Partial<IncidentRecord> = {}) =>
    buildIncident({ id: `${ms.toString(36)}-web`, startedAtMs: ms, ...over });
  const keptSince = [at(100, { endedAtMs: 120 }), at(300)];
  const { answers } = setUp(keptSince, [at(900), at(500)], true, [
    at(300, { endedAtMs: 310 }),
    at(700, { endedAtMs: 710 }),
    at(800, { endedAtMs: 810, mergedInto: at(900).id }),
  ]);
  const list = async (query: Partial<IncidentsQuery>) =>
    (await answers.list({ ...ALL, ...query })).incidents.map(
      ({ startedAtMs, state }) => `${startedAtMs} ${state}`,
    );

  test('in the list', async () => {
    expect(await list({})).toEqual(['900 open', '700 over', '500 open', '300 over', '100 over']);
    expect(await list({ state: 'over' })).toEqual(['700 over', '300 over', '100 over']);
    expect(await list({ before: at(700).id })).toEqual(['500 open', '300 over', '100 over']);
    expect(await list({ sinceMs: 305, untilMs: 600 })).toEqual(['500 open', '300 over']);
    expect((await answers.list({ ...ALL, limit: 2 })).more).toBe(true);
    expect(await list({ limit: 2 })).toEqual(['900 open', '700 over']);
  });

  test('in the list where the history cannot be read at all', async () => {
    const unread = setUp(null, [at(900)], true, [at(700, { endedAtMs: 710 })]);
    const { incidents } = await unread.answers.list(ALL);
    expect(incidents.map(({ startedAtMs, state }) => [startedAtMs, state])).toEqual([
      [900, 'open'],
      [700, 'over'],
    ]);
  });

  test('by their addresses', async () => {
    expect((await answers.detail(at(300).id))?.incident.endedAtMs).toBe(310);
    expect((await answers.detail(at(700).id))?.incident.state).toBe('over');
    expect((await answers.detail(at(800).id))?.incident.id).toBe(at(900).id);
  });
});

test('after a restart without a manager what lasted is still open', async () => {
  const { answers } = setUp([buildIncident({ id: 'a' })], [], false);
  const { incidents } = await answers.list({ ...ALL, state: 'open' });
  expect(incidents.map(({ id, state }) => [id, state])).toEqual([['a', 'open']]);
});

test.each<[string, Partial<IncidentRecord>[], string]>([
  [
    'what the swarm has comes before a node, a node before an update that touches more',
    [
      { id: 'update', kind: 'update', counts: { ...COUNTS, services: 9 } },
      { id: 'node', kind: 'node', counts: { ...COUNTS, services: 2 } },
      { id: 'quorum', kind: 'swarm', counts: { ...COUNTS, services: 0 } },
    ],
    'quorum node update',
  ],
  [
    'a node whose services are all well again comes after what is not',
    [
      { id: 'node', kind: 'node', counts: { ...COUNTS, services: 9 }, recoveredAtMs: 5 },
      { id: 'loop', kind: 'crash-loop', counts: COUNTS },
    ],
    'loop node',
  ],
  [
    'a node that was lost long ago is there however many began since',
    [
      ...Array.from({ length: 80 }, (_, at) => ({
        id: `loop${at}`,
        kind: 'crash-loop' as const,
        startedAtMs: 900 - at,
      })),
      { id: 'node', kind: 'node', startedAtMs: 1 },
    ],
    'node loop0 loop1 loop2',
  ],
])('where to begin stands first: %s', (_, lasting, expected) => {
  const { answers } = setUp(
    null,
    lasting.map((one) => buildIncident(one)),
  );
  expect(
    answers
      .overview()
      .lines.map(({ id }) => id)
      .join(' '),
  ).toBe(expected);
});

test('above the problems of the overview stands what is more than one of them, what took most along first', () => {
  const counts = { nodes: 0, services: 1, replicas: 1, moved: 0, ends: 0 };
  const one = buildIncident({ id: 'one', kind: 'service', nodes: [], counts });
  const loop = buildIncident({ id: 'loop', kind: 'crash-loop', nodes: [], counts, startedAtMs: 9 });
  const nodes = [1, 2, 3, 4].map((n) => buildIncident({ id: `n${n}`, counts: { ...counts, services: n } }));
  let lasting = [one, loop, ...nodes];
  const { answers } = setUp(null, () => lasting);
  const shown = answers.overview();
  expect([shown.lines.map(({ id }) => id), shown.total]).toEqual([['n4', 'n3', 'n2', 'n1'], 6]);
  lasting = lasting.map((record) => ({ ...record }));
  expect(answers.overview(), 'the same says the same').toBe(shown);
  lasting = [];
  expect(answers.overview()).toEqual({ lines: [], total: 0 });
});

test('a list is short, one of its own is whole, and says where its replicas are', async () => {
  const evidence = { label: 'exit 1', text: 'HTTP 503' };
  const services = Array.from({ length: 40 }, (_, i) => buildIncidentService({ id: `s${i}`, evidence }));
  const { answers } = setUp([buildIncident({ services, endedAtMs: 9 })], []);
  const [short] = (await answers.list(ALL)).incidents;
  expect([short?.services.length, short?.services[0]?.evidence]).toEqual([8, null]);
  const whole = await answers.detail('k1-docker07');
  expect([whole?.incident.services.length, whole?.incident.services[0]?.evidence]).toEqual([40, evidence]);
  expect(whole?.lanes[0]?.hostname).toBe('docker03');
  expect(await answers.detail('nobody')).toBeNull();
});

test.each(['state=late', 'limit=0', 'limit=201', 'limit=x', 'sinceMs=-1', 'sinceMs=1900000000000'])(
  '%s is refused',
  (query) => {
    expect(() => parseIncidentsQuery(new URLSearchParams(query), Date.now())).toThrow(/ (is|must) /);
  },
);

test('while the history is being opened an incident that it may have is not said to be none', async () => {
  const { answers } = setUp(null, [buildIncident({ id: 'a' })]);
  expect((await answers.detail('a'))?.incident.id).toBe('a');
  await expect(answers.detail('b')).rejects.toThrow('It is so.');
  expect(await setUp([], []).answers.detail('b')).toBeNull();
});

test('of a history that does not answer in time nobody says that it has no such incident', async () => {
  const answers = createIncidentAnswers({
    ask: async () => null,
    state: () => ({ kind: 'database', sentence: 'The history is kept in PostgreSQL.' }),
    openIncidents: () => [],
    overIncidents: () => [],
    picture: () => buildSwarmPicture({}),
    nowMs: () => 1_000,
  });
  await expect(answers.detail('a')).rejects.toThrow('did not answer in time');
  const { answers: others } = setUp([buildIncident({ id: 'a' })], []);
  expect(await others.detail('b'), 'it said so').toBeNull();
});
