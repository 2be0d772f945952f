import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Availability } from '#lib/model/contract/availability.ts';
import { buildIncident, buildIncidentService } from '#lib/testing/build-incident.ts';
import { buildEnding } from '#lib/testing/build-segment.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createTestStore, describeInEachDatabase } from '#lib/testing/describe-in-each-database.ts';
import type { Store } from './create-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The report's time: eight hours, of a piece each. */
const FROM = Date.UTC(2026, 5, 1);
const UNTIL = FROM + 8 * HOUR;
const window = { fromMs: FROM, untilMs: UNTIL };

const folder = mkdtempSync(join(tmpdir(), 'vitals-report-'));
const stores: Store[] = [];
let count = 0;
let steadyMs = 0;
let passed = 0;

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  [steadyMs, passed] = [0, 0];
});
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

function open(path: string | null, nowMs: number): Store {
  const store = createTestStore({ path, maxAgeDays: 8, maxBytes: 1e9, nowMs, steadyMs: () => steadyMs });
  stores.push(store);
  return store;
}

const service = (id: string, name = id): HistoryRecord => ({
  kind: 'service',
  service: buildServicePicture({ id, name, stack: 'shop' }),
});
const is = (serviceId: string, atMs: number, state: Availability | null): HistoryRecord => ({
  kind: 'availability',
  serviceId,
  atMs,
  state,
});

/** What happens, in order of time: records, a restart of the server, or a stretch in which it writes nothing. */
type Step = { atMs: number; records: HistoryRecord[] } | { atMs: number; restart: true };

/** Plays the steps as the server would, with a sign of life every minute between them. */
function play(steps: Step[], { isAwake = true } = {}): Store {
  count += 1;
  const path = steps.some((step) => 'restart' in step) ? join(folder, `${count}.db`) : null;
  let nowMs = steps[0]?.atMs ?? FROM;
  let store = open(path, nowMs);
  for (const step of [...steps, { atMs: UNTIL, records: [] }]) {
    if (isAwake && !('restart' in step)) for (; nowMs < step.atMs; nowMs += MINUTE) store.write([], nowMs);
    nowMs = step.atMs;
    if ('restart' in step) {
      store.close();
      stores.splice(stores.indexOf(store), 1);
      store = open(path, nowMs);
    } else store.write(step.records, nowMs);
  }
  return store;
}

function tally(store: Store) {
  const { services, sinceMs } = store.ask({ kind: 'report-tallies', ...window, pieces: 8 });
  return {
    sinceMs,
    of: (name: string) => {
      const found = services.find((one) => one.name === name);
      if (!found) return null;
      const { sums, existedMs, bars, isGone, id } = found;
      const minutes = Object.entries(sums)
        .filter(([, ms]) => ms > 0)
        .map(([state, ms]) => `${state} ${ms / MINUTE}`);
      return { minutes: minutes.join(', '), existed: existedMs / MINUTE, bars, isGone, id };
    },
  };
}

describeInEachDatabase(() => {
  test('each hour has what it was, also what lasts', () => {
    const store = play([
      { atMs: FROM, records: [service('web'), is('web', FROM, 'up')] },
      { atMs: FROM + 90 * MINUTE, records: [is('web', FROM + 90 * MINUTE, 'down')] },
      { atMs: FROM + 100 * MINUTE, records: [is('web', FROM + 100 * MINUTE, 'reduced')] },
      { atMs: FROM + 5 * HOUR, records: [is('web', FROM + 5 * HOUR, 'up')] },
    ]);
    const { sinceMs, of } = tally(store);
    expect(sinceMs).toBe(FROM);
    expect(of('web')).toMatchObject({ minutes: 'up 270, reduced 200, down 10', existed: 480 });
    expect(of('web')?.bars.slice(0, 6)).toEqual(['up', 'down', 'reduced', 'reduced', 'reduced', 'up']);
  });

  test('what nobody saw counts for nothing: a server that was off, a machine that slept', () => {
    const steps = [
      { atMs: FROM, records: [service('web'), is('web', FROM, 'up')] },
      { atMs: FROM + 2 * HOUR, records: [] },
    ];
    const again = { atMs: FROM + 7 * HOUR, records: [is('web', FROM + 7 * HOUR, 'up')] };
    const off = tally(play([...steps, { atMs: FROM + 7 * HOUR, restart: true as const }, again]));
    expect(off.of('web')).toMatchObject({ minutes: 'up 180', existed: 480 });
    expect(off.of('web')?.bars.slice(1, 8)).toEqual([
      'up',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'up',
    ]);
    // Without a sign of life from the first moment on to the last.
    const slept = tally(play(steps.slice(0, 1), { isAwake: false }));
    expect(slept.of('web')).toMatchObject({ minutes: '', existed: 480 });
  });

  test('after a restart without a manager nothing is removed: it is not known, until it is read again', () => {
    const steps: Step[] = [
      { atMs: FROM - HOUR, records: [service('foreign'), is('foreign', FROM - HOUR, 'up')] },
      { atMs: FROM - MINUTE, restart: true },
      { atMs: FROM, records: [service('web'), is('web', FROM, 'up'), service('old'), is('old', FROM, 'up')] },
      {
        atMs: FROM + HOUR,
        records: [
          is('old', FROM + HOUR, null),
          { kind: 'service-gone', serviceId: 'old', atMs: FROM + HOUR },
        ],
      },
      { atMs: FROM + 2 * HOUR, records: [] },
      { atMs: FROM + 2 * HOUR, restart: true },
    ];
    const unread = tally(play(steps));
    expect(unread.of('web')).toMatchObject({ isGone: false, minutes: 'up 120', existed: 480 });
    expect(unread.of('web')?.bars.slice(2)).toEqual(Array(6).fill('unknown'));
    expect(unread.of('old')).toMatchObject({ isGone: true, existed: 60 });
    expect(unread.of('foreign'), 'of another swarm').toBeNull();
    const read = tally(
      play([...steps, { atMs: FROM + 6 * HOUR, records: [is('web', FROM + 6 * HOUR, 'up')] }]),
    );
    expect(read.of('web')).toMatchObject({ isGone: false, minutes: 'up 240', existed: 480 });
  });

  test('a service is there from when it was seen until it was removed; made again under its name it is the same', () => {
    const store = play([
      { atMs: FROM, records: [service('db'), is('db', FROM, 'up'), service('old'), is('old', FROM, 'up')] },
      {
        atMs: FROM + 2 * HOUR,
        records: [
          is('db', FROM + 2 * HOUR, null),
          { kind: 'service-gone', serviceId: 'db', atMs: FROM + 2 * HOUR },
          is('old', FROM + 2 * HOUR, null),
          { kind: 'service-gone', serviceId: 'old', atMs: FROM + 2 * HOUR },
        ],
      },
      { atMs: FROM + 6 * HOUR, records: [service('db-2', 'db'), is('db-2', FROM + 6 * HOUR, 'down')] },
    ]);
    const { of } = tally(store);
    expect(of('db')).toMatchObject({ id: 'db-2', isGone: false, minutes: 'up 120, down 120', existed: 240 });
    expect(of('db')?.bars.slice(1, 3)).toEqual(['up', 'none']);
    expect(of('old')).toMatchObject({ isGone: true, minutes: 'up 120', existed: 120 });
  });

  test('services of another swarm, which had this history before, end with the last that was known of them', () => {
    const store = play([
      { atMs: FROM, records: [service('theirs'), is('theirs', FROM, 'up')] },
      { atMs: FROM + HOUR, records: [] },
      { atMs: FROM + 2 * HOUR, restart: true },
      { atMs: FROM + 2 * HOUR, records: [service('ours'), is('ours', FROM + 2 * HOUR, 'up')] },
    ]);
    const { of } = tally(store);
    expect(of('theirs')).toMatchObject({ isGone: true, minutes: 'up 60', existed: 60 });
    expect(of('ours')).toMatchObject({ isGone: false, minutes: 'up 360', existed: 360 });
  });

  test('what lies outside of the window is not counted', () => {
    const store = play([
      { atMs: FROM - 3 * HOUR, records: [service('web'), is('web', FROM - 3 * HOUR, 'down')] },
      { atMs: FROM + HOUR / 2, records: [is('web', FROM + HOUR / 2, 'uncounted')] },
    ]);
    const { sinceMs, of } = tally(store);
    expect(sinceMs).toBe(FROM - 3 * HOUR);
    expect(of('web')).toMatchObject({ minutes: 'down 30, uncounted 450', existed: 480 });
  });

  test('a history of before has none, and says since when there is', () => {
    const { sinceMs, of } = tally(play([{ atMs: FROM, records: [service('web')] }]));
    expect(sinceMs).toBeNull();
    expect(of('web')).toBeNull();
  });

  test('after the tasks themselves are forgotten, and for 92 days more, a report has what there was', () => {
    const store = open(null, FROM);
    const ended = (id: string): HistoryRecord => ({
      kind: 'task',
      task: buildTask({ id, serviceId: 'web' }),
      ...{ key: '1', slot: 1, hostname: null, fromMs: FROM, untilMs: FROM + HOUR, container: null },
      end: buildEnding({ atMs: FROM + HOUR, cause: 'exit-code' }),
    });
    const over = { startedAtMs: FROM, recoveredAtMs: FROM + MINUTE, endedAtMs: FROM + MINUTE };
    store.write([service('web'), is('web', FROM, 'down'), ended('a'), ended('b')], FROM);
    store.write([is('web', FROM + MINUTE, null)], FROM + MINUTE);
    store.write([{ kind: 'incident', incident: buildIncident({ ...over, services: [] }) }], FROM + HOUR);
    store.write([{ kind: 'service-gone', serviceId: 'web', atMs: UNTIL }], UNTIL);
    const read = () => ({
      down: tally(store).of('web')?.minutes ?? null,
      ends: store.ask({ kind: 'report-ends', ...window }).map(({ count }) => count),
      incidents: store.ask({ kind: 'report-incidents', ...window }).incidents.total.count,
      tasks: store.ask({ kind: 'service', serviceId: 'web', ...window, nowMs: UNTIL }).slots.length,
    });
    const before = { down: 'down 1', ends: [2], incidents: 1, tasks: 1 };
    expect(read()).toEqual(before);
    // A clock that is set forth ages the history no faster than this (create-age-clock.ts).
    const age = (days: number) => {
      for (let day = 1; day <= days; day += 1) {
        steadyMs += DAY / 24;
        passed += DAY;
        store.write([], FROM + passed);
      }
    };
    age(20);
    expect(read()).toEqual({ ...before, tasks: 0 });
    age(90);
    expect(read()).toEqual({ down: null, ends: [], incidents: 0, tasks: 0 });
  });

  test('of a time that is over, what came after it is not counted, though it lasts', () => {
    const later = FROM + 6 * HOUR;
    const probe: HistoryRecord = {
      kind: 'probe',
      ...{ taskId: 'a', startMs: later, skewMs: 0, durationMs: 9, exitCode: 1, output: '', truncated: false },
    };
    const ended: HistoryRecord = {
      kind: 'task',
      task: buildTask({ id: 'a', serviceId: 'web' }),
      ...{ key: '1', slot: 1, hostname: null, fromMs: FROM, untilMs: later, container: null },
      end: buildEnding({ atMs: later, cause: 'exit-code' }),
    };
    const store = play([
      { atMs: FROM, records: [service('web'), is('web', FROM, 'up')] },
      {
        atMs: later,
        records: [probe, ended, is('web', later, 'down'), service('new'), is('new', later, 'up')],
      },
    ]);
    const over = { fromMs: FROM, untilMs: FROM + 4 * HOUR };
    const { services } = store.ask({ kind: 'report-tallies', ...over, pieces: 4 });
    expect(services.map(({ name, sums, existedMs }) => [name, sums.up, sums.down, existedMs])).toEqual([
      ['web', 4 * HOUR, 0, 4 * HOUR],
    ]);
    expect(store.ask({ kind: 'report-ends', ...over })).toEqual([]);
    expect(store.ask({ kind: 'report-probes', ...over })).toEqual([]);
    expect(store.ask({ kind: 'report-probes', ...window })).toMatchObject([{ name: 'web', count: 1 }]);
  });

  test('ends by cause, incidents and probes are those of the window', () => {
    const task = (id: string, atMs: number): HistoryRecord => ({
      kind: 'task',
      task: buildTask({ id, serviceId: 'web' }),
      key: '1',
      slot: 1,
      hostname: 'docker01',
      fromMs: atMs - HOUR,
      untilMs: atMs,
      end: buildEnding({ atMs, cause: 'out-of-memory' }),
      container: null,
    });
    const probe = (startMs: number, durationMs: number, exitCode = 0): HistoryRecord => ({
      kind: 'probe',
      ...{ taskId: 'a', startMs, skewMs: 0, durationMs, exitCode, output: '', truncated: false },
    });
    const touched = { id: 'web', name: 'web', stack: 'shop', fromMs: FROM, untilMs: FROM + 4 * MINUTE };
    const incident = (id: string, startedAtMs: number): HistoryRecord => ({
      kind: 'incident',
      incident: buildIncident({
        id,
        startedAtMs,
        recoveredAtMs: startedAtMs + 4 * MINUTE,
        endedAtMs: startedAtMs + 6 * MINUTE,
        services: [buildIncidentService(touched)],
      }),
    });
    const store = play([
      {
        atMs: FROM - 2 * HOUR,
        records: [service('web'), task('old', FROM - 2 * HOUR), incident('x', FROM - DAY)],
      },
      {
        atMs: FROM + HOUR,
        records: [task('a', FROM + HOUR), task('b', FROM + HOUR), incident('y', FROM + HOUR)],
      },
      { atMs: FROM + 2 * HOUR, records: [probe(FROM + 2 * HOUR, 50), probe(FROM + 2 * HOUR + 1, 4_000, 1)] },
      { atMs: UNTIL - MINUTE, records: [probe(UNTIL - MINUTE, 60)] },
    ]);
    expect(store.ask({ kind: 'report-ends', ...window })).toEqual([
      { name: 'web', cause: 'out-of-memory', count: 2 },
    ]);
    const { incidents, isCut } = store.ask({ kind: 'report-incidents', ...window });
    const once = { count: 1, open: 0, recovery: { count: 1, medianMs: 4 * MINUTE, longestMs: 4 * MINUTE } };
    expect({ ...incidents, isCut }).toEqual({
      total: once,
      stacks: { shop: once },
      services: { web: once },
      isCut: false,
    });
    // One is in a block by then, one is in the journal.
    expect(store.ask({ kind: 'report-probes', ...window })).toEqual([
      {
        ...{ name: 'web', count: 3, failed: 1 },
        ...{ slowestMs: 4_000, slowestAtMs: FROM + 2 * HOUR + 1, slowestKey: '1' },
      },
    ]);
  });
});
