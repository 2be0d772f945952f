import { describe, expect, test } from 'vitest';
import type { ReportBar, UptimeSums } from '#lib/model/contract/report.ts';
import { buildIncident, buildIncidentService } from '#lib/testing/build-incident.ts';
import { compareTallies, deriveReport, type ReportParts, selectReport } from './derive-report.ts';
import { tallyIncidents } from './incidents.ts';
import { NO_UPTIME, toBar, toSlo, toUptime } from './uptime.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LAST_MS = DAY;
const sums = (parts: Partial<UptimeSums>): UptimeSums => ({ ...NO_UPTIME, ...parts });

describe('uptime is of the known time', () => {
  test.each<[string, Partial<UptimeSums>, number, number | null, number | null]>([
    ['nothing is known', {}, DAY, null, 0],
    ['nothing was there', {}, 0, null, null],
    ['up throughout', { up: DAY }, DAY, 100, 100],
    ['down for a hundredth', { up: 99 * MINUTE, down: MINUTE }, 100 * MINUTE, 99, 100],
    ['fewer replicas count as up', { up: HOUR, reduced: HOUR }, 2 * HOUR, 100, 100],
    ['what nobody knows counts neither way', { up: HOUR, unknown: HOUR }, 2 * HOUR, 100, 50],
    ['nor what nobody looked at', { up: HOUR, down: HOUR }, 8 * HOUR, 50, 25],
    ['scaled to 0 is no time at all', { up: HOUR, uncounted: 7 * HOUR }, 8 * HOUR, 100, 100],
    ['scaled to 0 throughout', { uncounted: DAY }, DAY, null, null],
  ])('%s', (_, parts, existedMs, percent, knownPercent) =>
    expect(toUptime(sums(parts), existedMs)).toMatchObject({ percent, knownPercent }),
  );
});

describe('a bar shows the worst that is known', () => {
  test.each<[string, Partial<UptimeSums>, number, ReportBar]>([
    ['up', { up: HOUR }, HOUR, 'up'],
    ['a second of downtime', { up: HOUR - 1_000, down: 1_000 }, HOUR, 'down'],
    ['a quarter of an hour', { up: HOUR, down: 16 * MINUTE }, DAY, 'long'],
    ['fewer replicas', { up: HOUR - MINUTE, reduced: MINUTE }, HOUR, 'reduced'],
    ['half is not known', { up: HOUR / 2 }, HOUR, 'unknown'],
    ['a moment is not known', { up: HOUR - MINUTE }, HOUR, 'up'],
    ['scaled to 0', { uncounted: HOUR }, HOUR, 'uncounted'],
    ['scaled to 0 for half of it', { uncounted: HOUR / 2, up: HOUR / 2 }, HOUR, 'up'],
    ['before it was there', {}, 0, 'none'],
    ['not looked at', {}, HOUR, 'unknown'],
  ])('%s', (_, parts, existedMs, bar) => expect(toBar(sums(parts), existedMs)).toBe(bar));
});

describe('a target leaves a budget of downtime', () => {
  const month = 30 * DAY;
  test.each<[string, number, Partial<UptimeSums>, string, number, number | null]>([
    ['nothing is known', 99.9, {}, 'unknown', 43.2, null],
    ['never down', 99.9, { up: month }, 'kept', 43.2, 0],
    ['half of it spent', 99.9, { up: month - 21.6 * MINUTE, down: 21.6 * MINUTE }, 'kept', 21.6, 0.5],
    ['all spent, and more', 99.9, { up: month - 56.2 * MINUTE, down: 56.2 * MINUTE }, 'spent', -13, 1.3],
    ['two known days that spend too fast', 99.9, { up: 2 * DAY, down: 10 * MINUTE }, 'fast', 33.2, 3.46],
    ['a loose one', 50, { up: 20 * DAY, down: 10 * DAY }, 'kept', 5 * 24 * 60, 0.67],
  ])('%s', (_, target, parts, state, leftMinutes, burn) => {
    const slo = toSlo(target, sums(parts), month);
    expect(slo.state).toBe(state);
    expect(slo.leftMs / MINUTE).toBeCloseTo(leftMinutes, 3);
    if (burn === null) expect(slo.burn).toBeNull();
    else expect(slo.burn).toBeCloseTo(burn, 2);
  });
});

describe('incidents count once for whomever they touch', () => {
  const at = (name: string, stack: string | null, fromMs: number, untilMs: number | null) =>
    buildIncidentService({ id: name, name, stack, fromMs, untilMs });
  const over = { recoveredAtMs: 10 * MINUTE, endedAtMs: 12 * MINUTE, isStartSeen: true, isEndSeen: true };
  const of = (count: number, open: number, recovery: [number, number, number] | null) => ({
    count,
    open,
    recovery: recovery && {
      count: recovery[0],
      medianMs: recovery[1] * MINUTE,
      longestMs: recovery[2] * MINUTE,
    },
  });

  test('one that touched two services of a stack and one of none', () => {
    const services = [
      at('web', 'shop', 0, 4 * MINUTE),
      at('api', 'shop', MINUTE, 10 * MINUTE),
      at('lone', null, 0, 2 * MINUTE),
    ];
    expect(tallyIncidents([buildIncident({ ...over, startedAtMs: 0, services })], LAST_MS)).toEqual({
      total: of(1, 0, [1, 10, 10]),
      stacks: { shop: of(1, 0, [1, 10, 10]), '': of(1, 0, [1, 2, 2]) },
      services: { web: of(1, 0, [1, 4, 4]), api: of(1, 0, [1, 9, 9]), lone: of(1, 0, [1, 2, 2]) },
    });
  });

  test.each<[string, Parameters<typeof buildIncident>[0], ReturnType<typeof of>]>([
    ['one that lasts', { recoveredAtMs: null, endedAtMs: null }, of(1, 1, null)],
    ['services whole, what explains it lasts', { ...over, endedAtMs: null }, of(1, 1, null)],
    ['its end nobody saw', { ...over, isEndSeen: false }, of(1, 0, null)],
    ['its beginning nobody saw', { ...over, isStartSeen: false }, of(1, 0, null)],
    ['it ended after the time of the report', { ...over, endedAtMs: DAY + 1 }, of(1, 1, null)],
    ['one that touched nobody', { ...over, recoveredAtMs: null }, of(1, 0, [1, 12, 12])],
  ])('%s', (_, parts, total) =>
    expect(
      tallyIncidents([buildIncident({ startedAtMs: 0, services: [], ...parts })], LAST_MS).total,
    ).toEqual(total),
  );

  test('a service that fell ill after the time of the report', () => {
    const services = [at('web', null, 0, DAY + HOUR), at('late', null, DAY + MINUTE, null)];
    const record = buildIncident({ ...over, startedAtMs: 0, endedAtMs: DAY + 2 * HOUR, services });
    expect(tallyIncidents([record], LAST_MS).services).toEqual({ web: of(1, 1, null) });
  });

  test('the middle of several, and names that mean something to JavaScript', () => {
    const records = [1, 2, 3, 8].map((minutes) =>
      buildIncident({
        ...over,
        startedAtMs: 0,
        recoveredAtMs: minutes * MINUTE,
        services: [at('__proto__', 'constructor', 0, minutes * MINUTE)],
      }),
    );
    const { total, services } = tallyIncidents(records, LAST_MS);
    expect(total).toEqual(of(4, 0, [4, 2.5, 8]));
    expect(Object.entries(services)).toEqual([['__proto__', total]]);
  });
});

describe('a report', () => {
  const service = (name: string, stack: string | null, parts: Partial<UptimeSums>) => ({
    ...{ id: `id-${name}`, name, stack, isGone: false, existedMs: DAY },
    ...{ sums: sums(parts), bars: ['up' as const] },
  });
  const parts: ReportParts = {
    ...{ days: 1, fromMs: 0, untilMs: DAY, barMs: HOUR, keptSinceMs: 0, isCut: false },
    services: [
      service('lone', null, { up: DAY }),
      service('web', 'shop', { up: DAY - HOUR, down: HOUR }),
      service('api', 'shop', { up: DAY }),
    ].sort(compareTallies),
    incidents: tallyIncidents([], LAST_MS),
    ends: [
      { name: 'web', cause: 'exit-code', count: 1 },
      { name: 'web', cause: 'killed-for-health', count: 3 },
      { name: 'api', cause: 'exit-code', count: 4 },
    ],
    probes: [
      { name: 'web', count: 10, failed: 2, slowestMs: 900, slowestAtMs: 5, slowestKey: '2' },
      { name: 'api', count: 20, failed: 0, slowestMs: 100, slowestAtMs: 7, slowestKey: '1' },
    ],
    slos: new Map([
      ['web', { kind: 'target', percent: 99 }],
      ['api', { kind: 'unreadable' }],
    ]),
    history: { kind: 'disk', sentence: 'Kept.' },
  };
  const report = deriveReport(parts);

  test('has services by stack and name, and sums of them', () => {
    expect(report.services.map(({ name }) => name)).toEqual(['api', 'web', 'lone']);
    expect(report.stacks.map(({ name, services }) => [name, services])).toEqual([
      ['shop', 2],
      [null, 1],
    ]);
    expect(report.stacks[0]).toMatchObject({
      uptime: { percent: (100 * 47) / 48, down: HOUR },
      restarts: [
        { cause: 'exit-code', count: 5 },
        { cause: 'killed-for-health', count: 3 },
      ],
      probes: { count: 30, failed: 2, slowestMs: 900, slowestKey: '2' },
    });
    expect(report.total).toMatchObject({ services: 3, uptime: { percent: (100 * 71) / 72 } });
    expect(report.services.map(({ slo }) => slo?.state ?? null)).toEqual([null, 'spent', null]);
  });

  test.each([
    ['a stack', { stack: 'shop', service: null }, ['api', 'web']],
    ['a service', { stack: null, service: 'web' }, ['web']],
    ['a service by its id', { stack: 'shop', service: 'id-lone' }, ['lone']],
    ['the swarm', { stack: null, service: null }, ['api', 'web', 'lone']],
    ['a stack that is not there', { stack: 'nope', service: null }, null],
    ['a service that is not there', { stack: null, service: 'nope' }, null],
  ])('of %s', (_, query, names) => {
    const selected = selectReport(report, query);
    expect(selected?.services.map(({ name }) => name) ?? null).toEqual(names);
    if (selected) expect(selected.total.services).toBe(names?.length);
  });
});
