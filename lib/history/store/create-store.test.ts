import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { createResilientStore } from '#lib/history/create-resilient-store.ts';
import type { HistoryRecord, ProbeRecord } from '#lib/history/record.ts';
import type { Ending } from '#lib/model/contract/ending.ts';
import type { EventsQuery } from '#lib/model/contract/history.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildEventsQuestion } from '#lib/testing/build-events-question.ts';
import { buildIncident, buildIncidentNode, buildIncidentService } from '#lib/testing/build-incident.ts';
import { buildEnding } from '#lib/testing/build-segment.ts';
import { buildStoredEvent } from '#lib/testing/build-stored-event.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createStore, type FileStore, type Store } from './create-store.ts';
import { MIGRATIONS } from './schema.ts';

const NOW = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;
const folders: string[] = [];
const stores: { close(): void }[] = [];

function makePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-history-'));
  folders.push(folder);
  return join(folder, 'history.db');
}

function open(
  path: string | null,
  more: { maxAgeDays?: number; maxBytes?: number; nowMs?: number; steadyMs?: () => number } = {},
): FileStore {
  const store = createStore({ path, maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW, ...more });
  stores.push(store);
  return store;
}

afterEach(() => {
  for (const store of stores.splice(0)) {
    try {
      store.close();
    } catch {
      // The test closed it itself.
    }
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const probe = (startMs: number, more: Partial<ProbeRecord> = {}): HistoryRecord => ({
  kind: 'probe',
  taskId: 'task-1',
  startMs,
  skewMs: 0,
  durationMs: 50,
  exitCode: 0,
  output: 'ok',
  truncated: false,
  ...more,
});
const taskRecord = (
  untilMs: number | null = null,
  end: Ending | null = null,
  container: Container | null = null,
): HistoryRecord => ({
  kind: 'task',
  task: buildTask({ id: 'task-1', serviceId: 'service-1' }),
  key: '1',
  slot: 1,
  hostname: 'docker01',
  fromMs: NOW - DAY_MS,
  untilMs,
  end,
  container,
});
const status = (fromMs: number, name: 'healthy' | 'failing'): HistoryRecord => ({
  kind: 'status',
  serviceId: 'service-1',
  key: '1',
  fromMs,
  status: name,
  taskId: 'task-1',
  reason: null,
});

function readReplica(store: Store, fromMs = NOW - 3_600_000, nowMs = NOW) {
  return store.ask({ kind: 'replica', serviceId: 'service-1', key: '1', fromMs, untilMs: nowMs, nowMs });
}

function readProbes(store: Store, fromMs?: number, nowMs?: number) {
  const { probes } = readReplica(store, fromMs, nowMs);
  return probes.kind === 'exact' ? probes.probes : expect.unreachable();
}

test('each probe is kept once, however often its log is read, and over a restart', () => {
  const path = makePath();
  const first = open(path);
  first.write([taskRecord(), probe(NOW - 30_000), probe(NOW - 20_000), probe(NOW - 20_000)], NOW);
  first.close();
  const second = open(path);
  second.write([probe(NOW - 20_000), probe(NOW - 10_000, { exitCode: 1, output: 'HTTP 503' })], NOW);
  expect(readProbes(second).map(({ startedAtMs }) => startedAtMs)).toEqual([
    NOW - 30_000,
    NOW - 20_000,
    NOW - 10_000,
  ]);
  const { probes } = readReplica(second);
  expect(probes).toMatchObject({ outputs: ['ok', 'HTTP 503'], probes: [{}, {}, { exitCode: 1, output: 1 }] });
});

test('probes are the same ones after they were packed into blocks, and none is kept again', () => {
  const store = open(null);
  const all = Array.from({ length: 1_200 }, (_, n) =>
    probe(NOW - 6_000_000 + n * 5_000, { output: `took ${n}` }),
  );
  // Every write after ten minutes packs what came before.
  for (let at = 0; at < all.length; at += 100)
    store.write([...all.slice(Math.max(0, at - 4), at + 100), taskRecord()], NOW + (at / 100) * 601_000);
  const { probes } = readReplica(store, NOW - DAY_MS, NOW + DAY_MS);
  if (probes.kind !== 'exact') return expect.unreachable();
  expect(probes.probes).toHaveLength(1_200);
  expect(probes.outputs[probes.probes[777]?.output ?? -1]).toBe('took 777');
  expect(
    store.ask({ kind: 'probes', taskIds: ['task-1'], limit: 3 })['task-1']?.map((one) => one.output),
  ).toEqual(['took 1197', 'took 1198', 'took 1199']);
});

test('after a kill what lasted ends when we last wrote: the time between is not known', () => {
  const path = makePath();
  const first = open(path);
  first.write([status(NOW - 60_000, 'healthy')], NOW - 60_000);
  first.write([], NOW - 30_000);
  first.close();
  const second = open(path);
  expect(second.ask({ kind: 'baseline' })).toMatchObject({
    aliveMs: NOW - 30_000,
    statuses: [{ key: '1', status: 'healthy' }],
  });
  second.write([status(NOW, 'failing')], NOW);
  const { spans, uptime } = readReplica(second, NOW - 3_600_000, NOW + 10_000);
  expect(spans).toMatchObject([
    { status: 'healthy', fromMs: NOW - 60_000, untilMs: NOW - 30_000 },
    { status: 'failing', fromMs: NOW, untilMs: null },
  ]);
  expect(uptime.h1).toMatchObject({ percent: 100, knownMs: 40_000 });
});

test('what is older than the days that are kept goes, with its outputs', () => {
  const path = makePath();
  const first = open(path);
  const oldMs = NOW - 10 * DAY_MS;
  first.write(
    [probe(oldMs, { output: 'old' }), { kind: 'event', event: buildStoredEvent({ atMs: oldMs }) }],
    oldMs,
  );
  first.close();
  let steadyMs = 0;
  const second = open(path, { steadyMs: () => steadyMs });
  second.write([taskRecord(), probe(NOW - 1_000, { output: 'new' })], NOW + 1);
  steadyMs += DAY_MS;
  second.write([], NOW + 700_000);
  second.write([], NOW + 800_000);
  second.close();
  const db = new DatabaseSync(path, { readOnly: true });
  stores.push(db);
  expect(db.prepare('SELECT text FROM outputs').all()).toEqual([{ text: 'new' }]);
  expect(db.prepare('SELECT count(*) AS n FROM events').get()).toEqual({ n: 0 });
  expect(db.prepare('SELECT sum(count) AS n FROM probes').get()).toEqual({ n: 1 });
});

describe('a clock that is set', () => {
  test('a year ahead and back again takes nothing, also where it is started anew meanwhile', () => {
    const path = makePath();
    let steadyMs = 0;
    const options = { steadyMs: () => steadyMs };
    const first = open(path, options);
    first.write([taskRecord(), probe(NOW - 3_600_000, { output: 'kept' })], NOW);
    const wrongMs = NOW + 365 * DAY_MS;
    for (let minute = 0; minute < 30; minute++) {
      steadyMs += 60_000;
      first.write([], wrongMs + minute * 60_000);
    }
    first.close();
    const second = open(path, { ...options, nowMs: wrongMs + 1_800_000 });
    for (let minute = 30; minute < 60; minute++) {
      steadyMs += 60_000;
      second.write([], wrongMs + minute * 60_000);
    }
    second.write([], NOW + 3_600_000);
    expect(second.ask({ kind: 'probes', taskIds: ['task-1'], limit: 10 })['task-1']).toHaveLength(1);
    second.close();
  });

  test('that is right after being off is caught up with: what is too old goes', () => {
    const path = makePath();
    const first = open(path);
    first.write([taskRecord(), probe(NOW - 3_600_000, { output: 'old' })], NOW);
    first.close();
    let steadyMs = 0;
    const laterMs = NOW + 30 * DAY_MS;
    const second = open(path, { nowMs: laterMs, steadyMs: () => steadyMs });
    for (let minute = 0; minute < 90; minute++) {
      steadyMs += 60_000;
      second.write([], laterMs + minute * 60_000);
    }
    expect(second.ask({ kind: 'probes', taskIds: ['task-1'], limit: 10 })['task-1'] ?? []).toEqual([]);
    second.close();
  });
});

test('what ports answered is kept as stretches, which end with the process that saw them', () => {
  const path = makePath();
  const place = { serviceId: 'service-1', port: 8080, nodeId: 'node-1' };
  const first = open(path);
  first.write(
    [
      { kind: 'port', ...place, fromMs: NOW, state: 'answers' },
      { kind: 'port', ...place, fromMs: NOW + 1_000, state: 'refused' },
      { kind: 'port', ...place, nodeId: 'node-2', fromMs: NOW, state: 'answers' },
      { kind: 'port-end', ...place, nodeId: 'node-2', atMs: NOW + 500 },
      { kind: 'port', ...place, serviceId: 'service-2', fromMs: NOW, state: 'partly' },
    ],
    NOW + 2_000,
  );
  first.close();
  const second = open(path);
  const ask = {
    kind: 'service',
    serviceId: 'service-1',
    fromMs: NOW,
    untilMs: NOW + 9_000,
    nowMs: NOW + 9_000,
  } as const;
  expect(second.ask(ask).ports).toEqual([
    {
      port: 8080,
      nodeId: 'node-1',
      spans: [
        { fromMs: NOW, untilMs: NOW + 1_000, state: 'answers' },
        { fromMs: NOW + 1_000, untilMs: NOW + 2_000, state: 'refused' },
      ],
    },
    { port: 8080, nodeId: 'node-2', spans: [{ fromMs: NOW, untilMs: NOW + 500, state: 'answers' }] },
  ]);
  second.close();
});

test('a history over its size loses the oldest, and its file does not grow on', () => {
  const path = makePath();
  const maxBytes = 2_000_000;
  // However slow this machine is: a round has all the time that it takes.
  const store = open(path, { maxBytes, steadyMs: () => 0 });
  const eventOf = (id: number): HistoryRecord => ({
    kind: 'event',
    event: buildStoredEvent({
      id,
      atMs: NOW + id * 1_000,
      message: {
        about: 'engine-unreachable',
        facts: { host: 'docker01', error: `${id} ${'x'.repeat(500)}` },
      },
    }),
  });
  let largest = 0;
  for (let round = 0; round < 30; round++) {
    const ids = Array.from({ length: 500 }, (_, n) => round * 500 + n + 1);
    const nowMs = NOW + (round + 1) * 500_000;
    store.write(ids.map(eventOf), nowMs);
    // A machine that is busy goes on with the next writes.
    for (let more = 0; more < 100 && store.ask({ kind: 'size' }).bytes > maxBytes; more += 1)
      store.write([], nowMs);
    largest = Math.max(largest, statSync(path).size);
  }
  expect(store.ask({ kind: 'size' }).bytes).toBeLessThan(maxBytes * 1.2);
  expect(largest).toBeLessThan(maxBytes * 2);
  const { events } = store.ask(buildEventsQuestion({ limit: 1_000 }));
  expect(events[0]?.id).toBe(15_000);
});

test('events are paged from the newest to the oldest, each once, and filtered', () => {
  const store = open(null);
  const events = Array.from({ length: 25 }, (_, n) =>
    buildStoredEvent({
      id: NOW + n + 1,
      atMs: NOW + n,
      kind: n % 2 === 0 ? 'health' : 'node',
      level: n % 5 === 0 ? 'bad' : 'info',
      serviceName: n % 2 === 0 ? 'shop_api' : null,
    }),
  );
  store.write(
    events.map((event) => ({ kind: 'event', event })),
    NOW,
  );
  const ask = (more: Partial<EventsQuery>) => store.ask(buildEventsQuestion(more));
  const seen: number[] = [];
  let page = ask({});
  for (;;) {
    seen.push(...page.events.map(({ id }) => id));
    if (!page.more) break;
    page = ask({ before: page.events.at(-1)?.id ?? null });
  }
  expect(seen.map((id) => id - NOW)).toEqual(Array.from({ length: 25 }, (_, n) => 25 - n));
  const idsOf = (more: Partial<EventsQuery>) => ask(more).events.map(({ id }) => id - NOW);
  expect(idsOf({ service: 'shop_api', levels: ['bad'] })).toEqual([21, 11, 1]);
  expect(idsOf({ kinds: ['node'], sinceMs: NOW + 20 })).toEqual([24, 22]);
  expect(idsOf({ kinds: ['node'], levels: ['info'], untilMs: NOW + 9, limit: 3 })).toEqual([10, 8, 4]);
  expect(idsOf({ levels: ['bad', 'info'], untilMs: NOW + 5 })).toEqual([6, 5, 4, 3, 2, 1]);

  const late = buildStoredEvent({ id: NOW + 9_000_000, atMs: NOW + 2, kind: 'task', level: 'info' });
  store.write([{ kind: 'event', event: late }], NOW);
  expect(idsOf({ untilMs: NOW + 2 }), 'what was told much later of then').toEqual([9_000_000, 3, 2, 1]);
});

test('events are in the order in which they happened, whenever they were reported, and no page leaves one out', () => {
  const store = open(null);
  // By id: reported in this order. Two happened at one moment, and one is reported an hour late.
  const happened = [10, 20, 20, 30, 5, 40].map((atMs, n) =>
    buildStoredEvent({ id: NOW + (n === 4 ? 3_600_000 : n), atMs: NOW + atMs }),
  );
  store.write(
    happened.map((event) => ({ kind: 'event', event })),
    NOW,
  );
  for (const limit of [1, 2, 3, 10]) {
    const seen: number[] = [];
    let before: number | null = null;
    do {
      const page: { events: { id: number }[]; more: boolean } = store.ask(
        buildEventsQuestion({ limit, before }),
      );
      seen.push(...page.events.map(({ id }) => id - NOW));
      before = page.more ? (page.events.at(-1)?.id ?? null) : null;
    } while (before !== null);
    expect(seen, `${limit} at a time`).toEqual([5, 3, 2, 1, 0, 3_600_000]);
  }
  const gone = store.ask(buildEventsQuestion({ before: NOW + 25 }));
  expect(
    gone.events.map(({ id }) => id - NOW),
    'before one that is gone',
  ).toEqual([2, 1, 0, 3_600_000]);
});

test.each([
  ['no database at all', 'This is a text about something else. '.repeat(400), 'is damaged', 'corrupt'],
  ['a database with a hole in it', null, 'is damaged', 'corrupt'],
])('%s is set aside, and a new history begun', (_title, content, why, name) => {
  const path = makePath();
  if (content !== null) writeFileSync(path, content);
  else {
    const before = open(path);
    before.write(
      Array.from({ length: 3_000 }, (_, id) => ({ kind: 'event', event: buildStoredEvent({ id }) })),
      NOW,
    );
    before.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4_096, 40_000);
    writeFileSync(path, bytes);
  }
  const store = open(path);
  expect(store.setAside).toContain(why);
  store.write([taskRecord(), probe(NOW - 1_000)], NOW);
  expect(readProbes(store)).toHaveLength(1);
  const aside = readdirSync(join(path, '..')).find((file) => file.includes(name));
  expect(aside).toBeDefined();
});

test('a status that only another release knows is unknown', () => {
  const store = open(null);
  store.write([taskRecord(), status(NOW - 1_000, 'asleep' as 'healthy')], NOW);
  expect(readReplica(store).spans.map((span) => span.status)).toEqual(['unknown']);
});

test.each([
  ['a newer version', 'PRAGMA user_version = 99', /newer Swarm Vitals: start that version again/],
  ['another program', 'PRAGMA user_version = 0', /another program: move it away/],
])('a database of %s is not touched: that is said, and what to do', (_title, change, sentence) => {
  const path = makePath();
  open(path).close();
  const db = new DatabaseSync(path);
  db.exec(change);
  db.close();
  const before = readFileSync(path);
  const states: string[] = [];
  const resilient = createResilientStore({
    path,
    maxAgeDays: 8,
    maxBytes: 1e9,
    nowMs: () => NOW,
    onState: (state) => states.push(`${state.kind}: ${state.sentence}`),
  });
  stores.push(resilient);
  expect(resilient.write([probe(NOW)], NOW)).toBe(false);
  expect(states.at(-1)).toMatch(/^broken: /);
  expect(states.at(-1)).toMatch(sentence);
  expect(readFileSync(path)).toEqual(before);
  expect(readdirSync(join(path, '..'))).toEqual(['history.db']);
});

test('a history that could not be opened is tried again although the clock was set back a day', () => {
  const path = makePath();
  writeFileSync(path, '');
  const holder = open(path);
  let nowMs = NOW;
  const resilient = createResilientStore({
    ...{ path, maxAgeDays: 8, maxBytes: 1e9 },
    nowMs: () => nowMs,
    onState() {},
  });
  stores.push(resilient);
  holder.close();
  nowMs = NOW - DAY_MS;
  expect(resilient.write([probe(nowMs)], nowMs)).toBe(true);
});

test('of files that are damaged three are kept, and that one goes is said', () => {
  const path = makePath();
  const notes: (string | null)[] = [];
  for (let n = 0; n < 5; n++) {
    writeFileSync(path, `Something else, for the ${n}th time. `.repeat(400));
    const store = open(path, { nowMs: NOW + n * 1_000 });
    notes.push(store.setAside);
    store.close();
  }
  const kept = readdirSync(join(path, '..')).filter((name) => name.includes('.corrupt-'));
  expect(kept.map((name) => readFileSync(join(path, '..', name), 'utf8').slice(0, 34))).toEqual(
    [2, 3, 4].map((n) => `Something else, for the ${n}th time. `.slice(0, 34)),
  );
  expect(notes[2]).not.toContain('is removed');
  expect(notes[3]).toContain('is removed');
});

test('a second process on the same folder says so, harms nothing, and takes over when the first ends', () => {
  const path = makePath();
  let nowMs = NOW;
  const states: string[] = [];
  const first = open(path);
  first.write([taskRecord(), probe(NOW - 1_000)], NOW);
  const second = createResilientStore({
    path,
    maxAgeDays: 8,
    maxBytes: 1e9,
    nowMs: () => nowMs,
    onState: (state) => states.push(`${state.kind}: ${state.sentence}`),
  });
  stores.push(second);
  expect(states.at(-1)).toMatch(/^broken: .*used by another Swarm Vitals/);
  expect(second.write([probe(NOW - 500)], NOW)).toBe(false);
  first.write([probe(NOW - 400)], NOW);
  first.close();
  nowMs += 10_000;
  expect(second.write([probe(NOW - 300)], nowMs)).toBe(true);
  expect(states.at(-1)).toMatch(/^disk: /);
  const series = second.ask({
    kind: 'replica',
    serviceId: 'service-1',
    key: '1',
    fromMs: NOW - 5_000,
    untilMs: nowMs,
    nowMs,
  })?.probes;
  expect(series?.kind === 'exact' && series.probes.map((one) => one.startedAtMs)).toEqual([
    NOW - 1_000,
    NOW - 400,
    NOW - 300,
  ]);
});

test('a folder that cannot be made is said, and nothing throws', () => {
  const path = makePath();
  writeFileSync(path, 'a file where a folder should be');
  const states: string[] = [];
  const resilient = createResilientStore({
    path: join(path, 'history.db'),
    maxAgeDays: 8,
    maxBytes: 1e9,
    nowMs: () => NOW,
    onState: (state) => states.push(state.sentence),
  });
  stores.push(resilient);
  expect(resilient.write([probe(NOW)], NOW)).toBe(false);
  expect(resilient.ask({ kind: 'size' })).toBeNull();
  expect(states[0]).toContain('The live view goes on');
  expect(existsSync(path)).toBe(true);
});

const BROKEN = [
  ['lacks a number', { ...probe(NOW - 2_000), durationMs: undefined }],
  ['lacks what must be there', { kind: 'service', service: { id: 'x', name: null } }],
  ['is nothing', null],
] as unknown as [string, HistoryRecord][];

test.each(BROKEN)('a record that %s takes no other with it', (_title, broken) => {
  const store = open(null);
  store.write([taskRecord(), broken, probe(NOW - 1_000)], NOW);
  expect(readProbes(store)).toHaveLength(1);
});

test.each(BROKEN)(
  'one that %s and was pending when the process was killed keeps no history shut',
  (_title, broken) => {
    const path = makePath();
    const records = JSON.stringify([taskRecord(), broken, probe(NOW - 1_000)]);
    writeFileSync(`${path}.pending`, `["one",1,${NOW}] ${records}\n["one",2,${NOW}] [{"kind":"pro`);
    const store = open(path);
    expect(readProbes(store)).toHaveLength(1);
    store.writeBatches(
      [{ source: 'one', seq: 1, atMs: NOW, records: JSON.stringify([probe(NOW - 900)]) }],
      NOW,
    );
    expect(readProbes(store), 'a batch that it has is not written again').toHaveLength(1);
    store.writeBatches(
      [{ source: 'one', seq: 2, atMs: NOW, records: JSON.stringify([probe(NOW - 800)]) }],
      NOW,
    );
    expect(readProbes(store)).toHaveLength(2);
  },
);

test('after a restart an end is not told worse because its container is gone meanwhile', () => {
  const store = open(null);
  const end = (text: string) => {
    const { why } = buildEnding();
    const evidence = { from: { kind: 'docker' as const }, text };
    return buildEnding({ atMs: NOW - 2_000, why: why.kind === 'failed' ? { ...why, evidence } : why });
  };
  const known = taskRecord(NOW - 2_000, end('pool exhausted'), buildContainer({ state: 'exited' }));
  store.write([known], NOW);
  store.write([taskRecord(NOW, end('task: non-zero exit'))], NOW);
  expect(readReplica(store).tasks).toMatchObject([
    { untilMs: NOW - 2_000, end: { evidence: { text: 'pool exhausted' } } },
  ]);
});

test('what an earlier version kept in words keeps them, and what comes now is kept in facts', () => {
  const path = makePath();
  const before = new DatabaseSync(path);
  for (const step of MIGRATIONS.slice(0, 2)) before.exec(step);
  before.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA user_version = 2');
  before.exec(readFileSync(new URL('version-2.sql', import.meta.url), 'utf8'));
  before.close();
  const store = open(path);
  const probe = { kind: 'exit', exitCode: 1 } as const;
  const reason: Reason = {
    cause: 'probe-failing',
    facts: { service: 'web', streak: 2, retries: 3, last: probe, shell: null, clue: null, host: null },
    evidence: { from: { kind: 'probe', result: probe, durationMs: 52 }, text: 'HTTP 503' },
    expected: false,
  };
  const replica = { service: 'web', key: '1', slot: 1, host: 'docker01' };
  store.write(
    [
      { ...status(NOW - 500, 'failing'), reason } as HistoryRecord,
      {
        kind: 'event',
        event: buildStoredEvent({
          id: NOW,
          atMs: NOW,
          message: { about: 'replica-problem', facts: { replica, status: 'failing', reason } },
          away: true,
        }),
      },
    ],
    NOW,
  );
  const failed = (streak: number, left: string) =>
    `Failed ${streak} of 3 probes (exit 1); ${left} and Swarm replaces it`;
  const evidence = { label: 'exit 1 after 52 ms', text: 'HTTP 503' };
  expect(store.ask(buildEventsQuestion()).events).toMatchObject([
    {
      text: `web.1 on docker01: ${failed(2, 'one more failure')} (while Swarm Vitals was not running).`,
      evidence,
    },
    { text: `web.1 on docker01: ${failed(1, '2 more failures in a row')}.`, evidence },
  ]);
  const past = readReplica(store);
  expect(past.spans.map(({ sentence }) => sentence)).toEqual([
    `${failed(1, '2 more failures in a row')}.`,
    `${failed(2, 'one more failure')}.`,
  ]);
  expect(past.tasks[0]?.end).toMatchObject({
    sentence: 'Ended with exit 1.',
    evidence: { label: 'Docker says' },
  });
});

test('what a process of an earlier version had no time to write is kept as it wrote it', () => {
  const store = open(null);
  const { message: _message, away: _away, ...head } = buildStoredEvent({ id: NOW, atMs: NOW });
  store.write([{ kind: 'event', event: { ...head, text: 'web.1 failed.', evidence: null } } as never], NOW);
  expect(store.ask(buildEventsQuestion({ limit: 1 })).events[0]?.text).toBe('web.1 failed.');
});

test('facts that this version cannot say are no error: the rest is answered', () => {
  const store = open(null);
  const message = { about: 'of-tomorrow', facts: {} } as never;
  store.write(
    [
      { kind: 'event', event: buildStoredEvent({ id: NOW, atMs: NOW }) },
      { kind: 'event', event: buildStoredEvent({ id: NOW + 1, atMs: NOW, message }) },
    ],
    NOW,
  );
  expect(store.ask(buildEventsQuestion()).events.map(({ text }) => text)).toEqual([
    'Another version kept this, in facts that this one cannot read.',
    'web.1 on docker01 fails its probes.',
  ]);
});

describe('what containers used', () => {
  const usageOf = (taskId: string, atMs: number, memoryBytes: number): HistoryRecord => ({
    kind: 'usage',
    taskId,
    point: {
      atMs,
      memoryBytes,
      memoryMaxBytes: 2 ** 29,
      cpuCores: 0.25,
      cpuMaxCores: 1,
      throttled: 0,
      pids: 3,
      pidsMax: null,
    },
  });
  const ask = (store: Store, fromMs: number, untilMs: number) =>
    store.ask({ kind: 'usage', serviceId: 'service-1', key: '1', fromMs, untilMs }).series;

  test('tells a slot without any in a window from one that never was', () => {
    const store = open(null);
    store.write([taskRecord()], NOW);
    const seen = (serviceId: string, key: string) =>
      store.ask({ kind: 'usage', serviceId, key, fromMs: NOW + DAY_MS, untilMs: NOW + 2 * DAY_MS }).seen;
    expect([seen('service-1', '1'), seen('service-1', '9'), seen('service-9', '1')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('is there again after a kill and after it was packed', () => {
    const path = makePath();
    const first = open(path);
    first.write([taskRecord(), usageOf('task-1', NOW, 4_096), usageOf('task-1', NOW + 10_000, 8_192)], NOW);
    first.close();
    const second = open(path);
    const expected = [4_096, 8_192];
    expect(ask(second, NOW - 1, NOW + 20_000).points.map(({ memoryBytes }) => memoryBytes)).toEqual(expected);
    second.write([], NOW + 700_000);
    expect(ask(second, NOW - 1, NOW + 20_000).points.map(({ memoryBytes }) => memoryBytes)).toEqual(expected);
    expect(ask(second, NOW + 1, NOW + 20_000).points).toMatchObject([
      { taskId: 'task-1', memoryBytes: 8_192 },
    ]);
  });

  test('of a day is answered in as many points as a page has room for, with every peak', () => {
    const store = open(null);
    const records = Array.from({ length: 8_640 }, (_, i) =>
      usageOf('task-1', NOW + i * 10_000, i === 5_000 ? 2 ** 29 : 2 ** 20),
    );
    store.write([taskRecord(), ...records], NOW);
    store.write([], NOW + DAY_MS);
    const { points, gapMs } = ask(store, NOW, NOW + DAY_MS);
    expect(points.length).toBeLessThanOrEqual(481);
    expect(points.length).toBeGreaterThan(470);
    expect(Math.max(...points.map(({ memoryBytes }) => memoryBytes ?? 0))).toBe(2 ** 29);
    expect(gapMs).toBeGreaterThanOrEqual(300_000);
  });

  test('goes with its age', () => {
    let steadyMs = 0;
    const store = open(null, { maxAgeDays: 1, steadyMs: () => steadyMs });
    store.write([taskRecord(), usageOf('task-1', NOW, 4_096)], NOW);
    for (let hour = 1; hour <= 60; hour += 1) {
      steadyMs += 3_600_000;
      store.write([], NOW + hour * 3_600_000);
    }
    expect(ask(store, NOW - 1, NOW + 5 * DAY_MS).points).toEqual([]);
  });
});

describe('incidents', () => {
  const ask = {
    kind: 'incidents',
    state: null,
    sinceMs: null,
    untilMs: null,
    before: null,
    limit: 2,
    service: null,
    node: null,
    stack: null,
  } as const;
  const incident = (id: string, more: Parameters<typeof buildIncident>[0] = {}): HistoryRecord => ({
    kind: 'incident',
    incident: buildIncident({ id, startedAtMs: NOW, ...more }),
  });
  const event = (
    id: number,
    atMs: number,
    more: Parameters<typeof buildStoredEvent>[0] = {},
  ): HistoryRecord => ({
    kind: 'event',
    event: buildStoredEvent({ id, atMs, ...more }),
  });
  const ids = (answer: { incidents: { id: string }[] }) => answer.incidents.map(({ id }) => id);

  test('are paged from the newest to the oldest, each once, and found by whom they touch', () => {
    const store = open(null);
    const other = {
      nodes: [],
      services: [buildIncidentService({ id: 'x', name: 'shop_db', stack: 'shop' })],
    };
    store.write(
      [
        incident('a'),
        incident('b', { endedAtMs: NOW + 60_000 }),
        incident('c', { startedAtMs: NOW + 100, ...other }),
        incident('part', { mergedInto: 'a', endedAtMs: NOW }),
      ],
      NOW,
    );
    const first = store.ask(ask);
    expect([ids(first), first.more]).toEqual([['c', 'b'], true]);
    const second = store.ask({ ...ask, before: 'b' });
    expect([ids(second), second.more]).toEqual([['a'], false]);
    const all = { ...ask, limit: 10 };
    expect(ids(store.ask({ ...all, state: 'open' }))).toEqual(['c', 'a']);
    expect(ids(store.ask({ ...all, state: 'over' }))).toEqual(['b']);
    expect(ids(store.ask({ ...all, service: 'shop_db' }))).toEqual(['c']);
    expect(ids(store.ask({ ...all, stack: 'shop' }))).toEqual(['c']);
    expect(ids(store.ask({ ...all, node: 'docker07' }))).toEqual(['b', 'a']);
    expect(ids(store.ask({ ...all, untilMs: NOW }))).toEqual(['b', 'a']);
    expect(ids(store.ask({ ...all, sinceMs: NOW + 70_000 }))).toEqual(['c', 'a']);
  });

  test('of whom few are, are found behind thousands of others’', () => {
    const store = open(null);
    const name = 'a "name" with \\ and é';
    const others = Array.from({ length: 5_001 }, (_, n) => incident(`b${n}`, { startedAtMs: NOW + 1 + n }));
    store.write([incident('a', { services: [buildIncidentService({ name })] }), ...others], NOW);
    const found = store.ask({ ...ask, service: name });
    expect([ids(found), found.more]).toEqual([['a'], false]);
  });

  test('have what happened to whom they touch while they lasted, what changed before, and their replicas', () => {
    const store = open(null);
    store.write(
      [
        incident('k', {
          services: [buildIncidentService({ fromMs: NOW, untilMs: NOW + 42_000 })],
          nodes: [buildIncidentNode({ fromMs: NOW })],
        }),
        event(1, NOW - 900_001, { kind: 'update' }),
        event(2, NOW - 300_000, { kind: 'update', serviceId: 'other' }),
        event(NOW + 1, NOW + 1, { serviceId: 'service-1', replicaKey: '1' }),
        event(NOW + 2, NOW + 2, { serviceId: 'service-1', replicaKey: '2' }),
        event(NOW + 3, NOW + 3, { serviceId: 'other', replicaKey: '1' }),
        event(NOW + 4, NOW + 4, {
          serviceId: null,
          serviceName: null,
          replicaKey: null,
          nodeId: 'node-7',
          kind: 'node',
        }),
        event(NOW + 90_000, NOW + 90_000, { serviceId: 'service-1', replicaKey: '1' }),
        status(NOW - 5_000, 'healthy'),
        status(NOW + 3_000, 'failing'),
        status(NOW + 42_000, 'healthy'),
      ],
      NOW + 60_000,
    );
    const past = store.ask({ kind: 'incident', id: 'k', nowMs: NOW + 60_000 });
    expect(past?.events.map(({ id }) => id)).toEqual([NOW + 1, NOW + 4]);
    expect(past?.before.map(({ id }) => id)).toEqual([2]);
    expect(past?.lanes.map(({ key, spans }) => [key, spans.map((one) => one.status)])).toEqual([
      ['1', ['healthy', 'failing', 'healthy']],
    ]);
    expect(store.ask({ kind: 'incident', id: 'nobody', nowMs: NOW })).toBeNull();
  });

  test('that became a part of another lead there, and a circle leads nowhere', () => {
    const store = open(null);
    store.write(
      [
        incident('whole'),
        incident('part', { mergedInto: 'whole' }),
        incident('x', { mergedInto: 'y' }),
        incident('y', { mergedInto: 'x' }),
      ],
      NOW,
    );
    expect(store.ask({ kind: 'incident', id: 'part', nowMs: NOW })?.record.id).toBe('whole');
    expect(store.ask({ kind: 'incident', id: 'x', nowMs: NOW })).toBeNull();
  });

  test('that lasted, and those that had just ended, are known to the next process; others go with their age', () => {
    const path = makePath();
    const store = open(path);
    store.write(
      [
        incident('lasts', { startedAtMs: NOW - 20 * DAY_MS }),
        incident('ended', { endedAtMs: NOW - 60_000 }),
        incident('long-ago', { endedAtMs: NOW - 600_000 }),
      ],
      NOW,
    );
    store.write([incident('lasts', { startedAtMs: NOW - 20 * DAY_MS, isCritical: false })], NOW);
    store.close();
    const next = open(path, { nowMs: NOW + 9 * DAY_MS });
    expect(ids(next.ask({ kind: 'baseline' }))).toEqual(['lasts', 'ended']);
    expect(next.ask({ kind: 'baseline' }).incidents[0]?.isCritical).toBe(false);
    // They are reported for longer than the rest is kept.
    next.write([], NOW + 9 * DAY_MS);
    expect(ids(next.ask({ ...ask, limit: 10 }))).toEqual(['long-ago', 'ended', 'lasts']);
    next.write([], NOW + 101 * DAY_MS);
    expect(ids(next.ask({ ...ask, limit: 10 }))).toEqual(['lasts']);
  });
});
