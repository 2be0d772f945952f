import { describe, expect, test } from 'vitest';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { EventsQuery } from '#lib/model/contract/history.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildEventsQuestion } from '#lib/testing/build-events-question.ts';
import { buildIncident, buildIncidentNode, buildIncidentService } from '#lib/testing/build-incident.ts';
import { buildEnding } from '#lib/testing/build-segment.ts';
import { buildStoredEvent } from '#lib/testing/build-stored-event.ts';
import { createTestStore, describeInEachDatabase } from '#lib/testing/describe-in-each-database.ts';
import {
  DAY_MS,
  NOW,
  probe,
  readIncident,
  readProbes,
  readReplica,
  status,
  taskRecord,
} from '#lib/testing/history-records.ts';
import { createTemporaryStores } from '#lib/testing/temporary-stores.ts';
import type { Store } from './create-store.ts';

const { makePath, open } = createTemporaryStores(createTestStore);

describeInEachDatabase(() => {
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
    expect(probes).toMatchObject({
      outputs: ['ok', 'HTTP 503'],
      probes: [{}, {}, { exitCode: 1, output: 1 }],
    });
  });

  test('a probe that comes long after later ones lets none of those be kept again over a restart', () => {
    const path = makePath();
    const first = open(path);
    const minutes = (count: number) => NOW + count * 60_000;
    first.write([taskRecord(), probe(minutes(0)), probe(minutes(1))], minutes(1));
    first.write([], minutes(20));
    const late = JSON.stringify([probe(minutes(-2))]);
    first.mergeBatches([{ source: '', seq: 0, atMs: minutes(20), records: late }], () => false);
    first.write([probe(minutes(20))], minutes(20));
    first.write([probe(minutes(21))], minutes(40));
    first.close();
    const second = open(path, { nowMs: minutes(40) });
    second.write([probe(minutes(20)), probe(minutes(21)), probe(minutes(41))], minutes(41));
    const probes = second.ask({ kind: 'probes', taskIds: ['task-1'], limit: 10 })['task-1'];
    expect(probes?.map(({ startedAtMs }) => (startedAtMs - NOW) / 60_000)).toEqual([-2, 0, 1, 20, 21, 41]);
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
    expect(second.ask({ kind: 'baseline' }).reachedPorts).toHaveLength(3);
    expect(second.ask({ kind: 'baseline' }).reachedPorts).toEqual(
      expect.arrayContaining([place, { ...place, nodeId: 'node-2' }, { ...place, serviceId: 'service-2' }]),
    );
    second.close();
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

  test('a status that only another release knows is unknown', () => {
    const store = open(null);
    store.write([taskRecord(), status(NOW - 1_000, 'asleep' as 'healthy')], NOW);
    expect(readReplica(store).spans.map((span) => span.status)).toEqual(['unknown']);
  });

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
      expect(ask(second, NOW - 1, NOW + 20_000).points.map(({ memoryBytes }) => memoryBytes)).toEqual(
        expected,
      );
      second.write([], NOW + 700_000);
      expect(ask(second, NOW - 1, NOW + 20_000).points.map(({ memoryBytes }) => memoryBytes)).toEqual(
        expected,
      );
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
      const past = readIncident(store, { id: 'k', nowMs: NOW + 60_000 });
      expect(past?.events.map(({ id }) => id)).toEqual([NOW + 1, NOW + 4]);
      expect(past?.before.map(({ id }) => id)).toEqual([2]);
      expect(past?.lanes.map(({ key, spans }) => [key, spans.map((one) => one.status)])).toEqual([
        ['1', ['healthy', 'failing', 'healthy']],
      ]);
      expect(readIncident(store, { id: 'nobody', nowMs: NOW })).toBeNull();
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
      expect(readIncident(store, { id: 'part', nowMs: NOW })?.record.id).toBe('whole');
      expect(readIncident(store, { id: 'x', nowMs: NOW })).toBeNull();
    });

    test('are found under the name that another server gave them a moment before or after', () => {
      const store = open(null);
      const toId = (ms: number, name: string) => `${ms.toString(36)}-${name}`;
      const kept = [toId(NOW, 'db-1'), toId(NOW + 2_000, 'db-2'), toId(NOW + 90_000, 'db-1')];
      store.write(
        kept.map((id) => incident(id)),
        NOW,
      );
      const find = (id: string) => readIncident(store, { id, nowMs: NOW })?.record.id ?? null;
      expect(find(toId(NOW + 1_500, 'db-1'))).toBe(kept[0]);
      expect(find(toId(NOW + 80_000, 'db-1'))).toBe(kept[2]);
      expect(find(toId(NOW + 1_500, 'db-3'))).toBeNull();
      expect(find(toId(NOW + 40_000, 'db-1')), 'too long ago').toBeNull();
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
});
