import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createResilientStore } from '#lib/history/create-resilient-store.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import { buildEventsQuestion } from '#lib/testing/build-events-question.ts';
import { buildStoredEvent } from '#lib/testing/build-stored-event.ts';
import {
  DAY_MS,
  NOW,
  probe,
  readProbes,
  readReplica,
  status,
  taskRecord,
} from '#lib/testing/history-records.ts';
import { createTemporaryStores } from '#lib/testing/temporary-stores.ts';
import { createStore } from './create-store.ts';
import { MIGRATIONS } from './schema.ts';

const { opened, makePath, open } = createTemporaryStores(createStore);

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
  opened.push(db);
  expect(db.prepare('SELECT text FROM outputs').all()).toEqual([{ text: 'new' }]);
  expect(db.prepare('SELECT count(*) AS n FROM events').get()).toEqual({ n: 0 });
  expect(db.prepare('SELECT sum(count) AS n FROM probes').get()).toEqual({ n: 1 });
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
  opened.push(resilient);
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
  opened.push(resilient);
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
  opened.push(second);
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
  opened.push(resilient);
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
    facts: {
      service: 'web',
      streak: 2,
      retries: 3,
      last: probe,
      shell: null,
      clue: null,
      host: null,
      isForGood: false,
    },
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
