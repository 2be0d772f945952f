import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ask } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import type { StoredEvent } from '#lib/model/contract/swarm-event.ts';
import { buildIncident, buildIncidentService } from '#lib/testing/build-incident.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildStoredEvent } from '#lib/testing/build-stored-event.ts';
import { createTestStore, describeInEachDatabase } from '#lib/testing/describe-in-each-database.ts';
import { readIncident } from '#lib/testing/history-records.ts';
import type { Store } from './create-store.ts';

const NOW = Date.UTC(2026, 5, 1);
const scope: Scope = { isWall: false, rights: [{ role: 'operator', stacks: ['sho*'] }] };
const any: Ask<'incidents'> = {
  kind: 'incidents',
  ...{ state: null, sinceMs: null, untilMs: null, before: null, limit: 2 },
  ...{ service: null, node: null, stack: null, scope },
};
let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitals-apart-'));
  store = createTestStore({
    path: join(folder, 'history.db'),
    maxAgeDays: 8,
    maxBytes: 1e9,
    nowMs: NOW + 60_000,
  });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const web = (fromMs: number, untilMs: number | null) =>
  buildIncidentService({ id: 'web', name: 'shop_web', stack: 'shop', fromMs, untilMs });
const db = (fromMs: number) => buildIncidentService({ id: 'db', name: 'data_db', stack: 'data', fromMs });
const incident = (id: string, atMs: number, over: Partial<IncidentRecord>): HistoryRecord => ({
  kind: 'incident',
  incident: buildIncident({ id: `${atMs.toString(36)}-${id}`, startedAtMs: atMs, ...over }),
});
const service = (id: string, name: string, stack: string): HistoryRecord => ({
  kind: 'service',
  service: { ...buildServicePicture({ id, name }), stack },
});
let eventId = NOW;
const event = (atMs: number, over: Partial<StoredEvent>): HistoryRecord => {
  eventId += 1;
  return { kind: 'event', event: buildStoredEvent({ id: eventId, atMs, ...over }) };
};
const starts = (answer: { incidents: IncidentRecord[] }) =>
  answer.incidents.map(({ startedAtMs }) => startedAtMs - NOW);

describeInEachDatabase(() => {
  test('whom stacks limit finds the incidents of these, by when these were touched, each once', () => {
    store.write(
      [
        incident('lasts', NOW, { services: [db(NOW), web(NOW + 5_000, null)] }),
        incident('over-for-them', NOW + 1_000, { services: [db(NOW), web(NOW + 2_000, NOW + 3_000)] }),
        incident('of-others', NOW + 2_000, { services: [db(NOW + 2_000)] }),
        incident('first', NOW - 9_000, { services: [web(NOW - 9_000, NOW - 8_000)], endedAtMs: NOW - 8_000 }),
      ],
      NOW,
    );
    const first = store.ask(any);
    expect([starts(first), first.more]).toEqual([[5_000, 2_000], true]);
    const second = store.ask({ ...any, before: first.incidents[1]?.id ?? null });
    expect([starts(second), second.more]).toEqual([[-9_000], false]);
    expect(starts(store.ask({ ...any, state: 'open' }))).toEqual([5_000]);
    expect(starts(store.ask({ ...any, state: 'over' }))).toEqual([2_000, -9_000]);
    expect(starts(store.ask({ ...any, untilMs: NOW + 4_000, sinceMs: NOW }))).toEqual([2_000]);
    expect(store.ask({ ...any, service: 'data_db' }).incidents).toEqual([]);
    const window = { fromMs: NOW, untilMs: NOW + 60_000 };
    const { incidents } = store.ask({ kind: 'report-incidents', ...window, scope });
    expect(incidents.total).toMatchObject({ count: 2, open: 1, recovery: { longestMs: 1_000 } });
    expect(Object.keys(incidents.services)).toEqual(['shop_web']);
  });

  test('one of them has what happened to theirs alone, also before it, and none by the id that others have', () => {
    store.write(
      [
        ...[service('web', 'shop_web', 'shop'), service('db', 'data_db', 'data')],
        incident('docker07', NOW, { services: [db(NOW), web(NOW + 5_000, null)] }),
        event(NOW - 9_000, { kind: 'update', serviceId: 'db' }),
        event(NOW - 8_000, { kind: 'update', serviceId: 'web' }),
        event(NOW - 7_000, { kind: 'node', serviceId: null, nodeId: 'node-7' }),
        event(NOW + 5_500, { serviceId: 'web', replicaKey: '1' }),
        event(NOW + 5_600, { serviceId: 'db', replicaKey: '1' }),
        event(NOW + 5_700, { kind: 'node', serviceId: null, replicaKey: null, nodeId: 'node-7' }),
      ],
      NOW,
    );
    const [own] = store.ask(any).incidents;
    const past = readIncident(store, { id: own?.id ?? '', nowMs: NOW + 60_000, scope });
    expect(past?.record).toEqual(own);
    expect([...(past?.events ?? []), ...(past?.before ?? [])].map(({ serviceId }) => serviceId)).toEqual([
      'web',
      'web',
    ]);
    expect(past?.lanes.map(({ serviceId }) => serviceId)).toEqual(['web']);
    const id = `${NOW.toString(36)}-docker07`;
    expect(readIncident(store, { id, nowMs: NOW + 60_000, scope })).toBeNull();
  });

  test('what happened to theirs is counted alone', () => {
    store.write(
      [
        ...[service('web', 'shop_web', 'shop'), service('db', 'data_db', 'data')],
        event(NOW + 1_000, { kind: 'task', level: 'bad', serviceId: 'web' }),
        event(NOW + 1_001, { kind: 'task', level: 'bad', serviceId: 'db' }),
        event(NOW + 1_002, { kind: 'node', level: 'bad', serviceId: null, nodeId: 'node-7' }),
        event(NOW + 1_003, { kind: 'update', level: 'info', serviceId: 'db' }),
      ],
      NOW,
    );
    const window = { fromMs: NOW, untilMs: NOW + 60_000, slotMs: 30_000 };
    const { marks } = store.ask({ kind: 'marks', ...window, scope });
    expect(marks.map(({ lane, stack, count }) => [lane, stack, count])).toEqual([['failures', 'shop', 1]]);
    expect(store.ask({ kind: 'marks', ...window }).marks).toHaveLength(4);
  });

  test('a service that goes to another stack takes what happened to it along', () => {
    const bad = event(NOW + 1_000, { kind: 'task', level: 'bad', serviceId: 'web' });
    store.write([service('web', 'shop_web', 'shop'), bad], NOW);
    const window = { fromMs: NOW, untilMs: NOW + 60_000, slotMs: 30_000 };
    const read = (stack: string) => {
      const own: Scope = { isWall: false, rights: [{ role: 'operator', stacks: [stack] }] };
      return store.ask({ kind: 'marks', ...window, scope: own }).marks.length;
    };
    expect([read('shop'), read('data')]).toEqual([1, 0]);
    store.write([service('web', 'shop_web', 'data')], NOW + 2_000);
    expect([read('shop'), read('data')]).toEqual([0, 1]);
  });
});

test('theirs are found and counted behind thousands of others’, however their stacks are written', () => {
  const others = Array.from({ length: 5_000 }, (_, index) =>
    incident(`of-others-${index}`, NOW + index, { services: [db(NOW + index)] }),
  );
  const own = incident('own', NOW - 9_000, { services: [web(NOW - 9_000, NOW - 8_000)] });
  store.write([own, ...others], NOW);
  const many = Array.from({ length: 30 }, (_, index) => `s${index}`);
  for (const stacks of [['sho*'], ['shop'], ['s*p', '"quoted"'], [...many, 'shop']]) {
    const own: Scope = { isWall: false, rights: [{ role: 'viewer', stacks }] };
    expect(starts(store.ask({ ...any, scope: own })), stacks.join()).toEqual([-9_000]);
    const window = { fromMs: NOW - 60_000, untilMs: NOW + 60_000 };
    const { incidents, isCut } = store.ask({ kind: 'report-incidents', ...window, scope: own });
    expect([incidents.total.count, isCut], stacks.join()).toEqual([1, false]);
  }
});
