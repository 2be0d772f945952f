import { afterEach, expect, test } from 'vitest';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Store } from '#lib/history/store/create-store.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createTestStore, describeInEachDatabase } from '#lib/testing/describe-in-each-database.ts';

const NOW = Date.UTC(2026, 5, 1);
const HOUR_MS = 3_600_000;
const stores: Store[] = [];

function open(records: HistoryRecord[]): Store {
  const store = createTestStore({ path: null, maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW });
  stores.push(store);
  store.write(records, NOW);
  return store;
}

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
});

const task = (slot: number, fromMs = NOW - 2 * HOUR_MS, id = `task-${slot}`): HistoryRecord => ({
  kind: 'task',
  task: buildTask({ id, serviceId: 'service-1' }),
  key: String(slot),
  slot,
  hostname: `docker0${slot}`,
  fromMs,
  untilMs: null,
  end: null,
  container: null,
});
const probe = (taskId: string, startMs: number, durationMs: number, exitCode = 0): HistoryRecord => ({
  kind: 'probe',
  ...{ taskId, startMs, skewMs: 0, durationMs, exitCode, output: 'ok', truncated: false },
});
const usage = (taskId: string, atMs: number, memoryBytes: number): HistoryRecord => ({
  kind: 'usage',
  taskId,
  point: {
    ...{ atMs, memoryBytes, memoryMaxBytes: 2 ** 29, cpuCores: null, cpuMaxCores: null },
    ...{ throttled: null, pids: null, pidsMax: null },
  },
});
const compare = (store: Store) =>
  store.ask({ kind: 'comparison', serviceId: 'service-1', fromMs: NOW - HOUR_MS, untilMs: NOW });

describeInEachDatabase(() => {
  test('all slots of a service in stretches of one length: medians, failures, the most memory, and nothing guessed', () => {
    const begun = NOW - HOUR_MS;
    const store = open([
      task(1),
      task(2),
      ...[10, 20, 900].map((durationMs, at) => probe('task-1', begun + 1_000 + at, durationMs)),
      probe('task-2', begun + 31_000, 40, 1),
      usage('task-2', begun + 1_000, 2 ** 20),
      usage('task-2', begun + 2_000, 2 ** 21),
    ]);
    const { slots, stretchMs, left } = compare(store);
    expect([stretchMs, left]).toEqual([30_000, 0]);
    const [one, two] = slots;
    expect(one).toMatchObject({ key: '1', hostname: 'docker01', memoryMaxBytes: null });
    expect(one?.probesMs).toEqual([20, ...Array(119).fill(null)]);
    expect(one?.memoryBytes).toEqual(Array(120).fill(null));
    expect(two?.probesMs.slice(0, 3)).toEqual([null, 40, null]);
    expect(two?.failed.slice(0, 3)).toEqual([0, 1, 0]);
    expect(two?.memoryBytes[0]).toBe(2 ** 21);
    expect(two).toMatchObject({
      memoryMaxBytes: 2 ** 29,
      tasks: [{ fromMs: NOW - 2 * HOUR_MS, untilMs: null }],
    });
  });

  test('a slot is one line however many tasks it had; more slots than a page has room for are counted', () => {
    const again = open([
      task(1),
      task(1, NOW - 1_000, 'task-9'),
      probe('task-1', NOW - 60_000, 5),
      probe('task-9', NOW - 500, 7),
    ]);
    const { slots } = compare(again);
    expect(slots).toHaveLength(1);
    expect(slots[0]?.tasks).toHaveLength(2);
    expect(slots[0]?.probesMs.filter((value) => value !== null)).toEqual([5, 7]);
    const many = compare(open(Array.from({ length: 75 }, (_, at) => task(at + 1))));
    expect([many.slots.length, many.left]).toEqual([60, 15]);
  });
});
