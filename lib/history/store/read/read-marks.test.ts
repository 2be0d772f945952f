import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Store } from '#lib/history/store/create-store.ts';
import { MIGRATIONS } from '#lib/history/store/schema.ts';
import type { StoredEvent } from '#lib/model/contract/swarm-event.ts';
import type { TimelineMark } from '#lib/model/contract/timeline.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildStoredEvent } from '#lib/testing/build-stored-event.ts';
import { createTestStore, describeInEachDatabase } from '#lib/testing/describe-in-each-database.ts';

const NOW = Date.UTC(2026, 5, 1);
const HOUR_MS = 3_600_000;
const SLOT_MS = 30_000;
let folder: string;
const stores: Store[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitals-marks-'));
});

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(nowMs = NOW): Store {
  const store = createTestStore({ path: join(folder, 'history.db'), maxAgeDays: 8, maxBytes: 1e9, nowMs });
  stores.push(store);
  return store;
}

function close(): void {
  stores.pop()?.close();
}

let lastId = 0;
function event(agoMs: number, more: Partial<StoredEvent> = {}): HistoryRecord {
  lastId = Math.max(lastId + 1, NOW - agoMs);
  return { kind: 'event', event: buildStoredEvent({ id: lastId, atMs: NOW - agoMs, ...more }) };
}

function askAll(store: Store): { marks: TimelineMark[]; pieces: number } {
  const marks: TimelineMark[] = [];
  let untilMs: number | null = NOW;
  let pieces = 0;
  for (; untilMs !== null; pieces++) {
    const piece: { marks: TimelineMark[]; restUntilMs: number | null } = store.ask({
      kind: 'marks',
      fromMs: NOW - HOUR_MS,
      untilMs,
      slotMs: SLOT_MS,
    });
    marks.push(...piece.marks);
    untilMs = piece.restUntilMs;
  }
  return { marks, pieces };
}

describeInEachDatabase(() => {
  test('what happened is counted by slot and lane, failures by stack; what went well is no failure', () => {
    const store = open();
    const service = { ...buildServicePicture({ id: 's1', name: 'shop_web' }), stack: 'shop' };
    store.write(
      [
        { kind: 'service', service },
        event(40_000, { kind: 'health', level: 'warn', serviceId: 's1' }),
        event(39_000, { kind: 'task', level: 'bad', serviceId: 's1' }),
        event(38_000, { kind: 'task', level: 'info', serviceId: 's1' }),
        event(37_000, { kind: 'health', level: 'good', serviceId: 's1' }),
        event(36_000, { kind: 'task', level: 'bad', serviceId: 'of no stack' }),
        event(35_000, { kind: 'update', level: 'info', serviceId: 's1' }),
        event(34_000, { kind: 'engine', level: 'good', serviceId: null }),
        event(33_000, { kind: 'engine', level: 'warn', serviceId: null }),
        event(HOUR_MS + 1, { kind: 'node', level: 'bad', serviceId: null }),
        { kind: 'port', serviceId: 's1', port: 80, nodeId: 'n', fromMs: NOW - 32_000, state: 'refused' },
        { kind: 'port', serviceId: 's1', port: 80, nodeId: 'n', fromMs: NOW - 31_000, state: 'answers' },
      ],
      NOW,
    );
    const { marks } = askAll(store);
    expect(
      marks.map(({ lane, stack, count, level, isEnd }) => ({ lane, stack, count, level, isEnd })),
    ).toEqual([
      { lane: 'failures', stack: 'shop', count: 2, level: 'bad', isEnd: true },
      { lane: 'failures', stack: null, count: 1, level: 'bad', isEnd: true },
      { lane: 'deploys', stack: null, count: 1, level: 'info', isEnd: false },
      { lane: 'unknown', stack: null, count: 1, level: 'warn', isEnd: false },
      { lane: 'checks', stack: null, count: 1, level: 'bad', isEnd: false },
    ]);
    expect(marks.map(({ text }) => text !== null)).toEqual([false, true, true, true, false]);
  });

  test('no answer looks at all of it: what is more comes in pieces, each event once, also thousands of one moment', () => {
    const store = open();
    store.write(
      Array.from({ length: 8_000 }, (_, n) => event(n < 4_000 ? 50_000 : 60_000 + n)),
      NOW,
    );
    const { marks, pieces } = askAll(store);
    expect(pieces).toBe(4);
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(8_000);
  });

  test('nobody looked between two processes, before the first picture, and while the machine slept', () => {
    const at = (agoS: number) => NOW - agoS * 1_000;
    const first = open(at(3_000));
    first.write([], at(3_000));
    first.write([{ kind: 'run', atMs: at(2_990) }], at(2_990));
    for (let agoS = 2_980; agoS >= 2_800; agoS -= 20) first.write([], at(agoS));
    close();
    const second = open(at(1_000));
    second.write([], at(1_000));
    second.write([{ kind: 'run', atMs: at(980) }], at(980));
    second.write([], at(960));
    second.write([], at(300));
    second.write([], at(290));
    const { runs, oldestMs } = second.ask({ kind: 'runs', fromMs: at(3_600), untilMs: NOW });
    expect(runs.map(({ fromMs, untilMs }) => [(NOW - fromMs) / 1_000, (NOW - untilMs) / 1_000])).toEqual([
      [2_990, 2_800],
      [980, 960],
      [300, 290],
    ]);
    expect(oldestMs).toBe(at(2_990));
    expect(second.ask({ kind: 'runs', fromMs: at(1_500), untilMs: at(1_200) }).runs).toEqual([]);
  });
});

test('of a history that kept no runs it is known by its statuses when somebody looked', () => {
  const before = new DatabaseSync(join(folder, 'history.db'));
  for (const step of MIGRATIONS.slice(0, 6)) before.exec(step);
  before.exec(`PRAGMA auto_vacuum = INCREMENTAL; PRAGMA user_version = 6;
    INSERT INTO meta VALUES ('alive', ${NOW});
    INSERT INTO spans(service_id, key, from_ms, until_ms, status) VALUES
      ('s', '1', ${NOW - 900_000}, ${NOW - 700_000}, 'healthy'), ('s', '2', ${NOW - 800_000}, ${NOW - 600_000}, 'healthy'),
      ('s', '1', ${NOW - 300_000}, ${NOW - 200_000}, 'unknown'), ('s', '1', ${NOW - 200_000}, NULL, 'healthy')`);
  before.close();
  const { runs } = open(NOW + 1_000).ask({ kind: 'runs', fromMs: 0, untilMs: NOW });
  expect(runs.map(({ fromMs, untilMs }) => [NOW - fromMs, NOW - untilMs])).toEqual([
    [900_000, 600_000],
    [300_000, 0],
  ]);
});

test('what was removed since it is old is not known any more, although somebody looked', () => {
  open().write([], NOW);
  close();
  const file = new DatabaseSync(join(folder, 'history.db'));
  file.exec(`INSERT INTO runs(from_ms, until_ms) VALUES (${NOW - 20 * 24 * HOUR_MS}, ${NOW - 1_000})`);
  file.close();
  const store = open();
  store.write([], NOW);
  const { runs, oldestMs } = store.ask({ kind: 'runs', fromMs: 0, untilMs: NOW });
  expect(oldestMs).toBe(NOW - 8 * 24 * HOUR_MS);
  expect(runs).toEqual([{ fromMs: NOW - 8 * 24 * HOUR_MS, untilMs: NOW - 1_000 }]);
});
