import { describe, expect, test } from 'vitest';
import { buildEvent } from '#lib/testing/build-event.ts';
import {
  ALL_EVENTS,
  type EventsFilter,
  formatEventsFilter,
  formatEventsQuery,
  matchesEventsFilter,
  parseEventsFilter,
  toEventsQuery,
} from './events-filter.ts';

const HOUR = 3_600_000;
const read = (query: string) => {
  const params = new URLSearchParams(query);
  return parseEventsFilter((name) => params.getAll(name), Date.now());
};
const filter = (overrides: Partial<EventsFilter>): EventsFilter => ({ ...ALL_EVENTS, ...overrides });
const lastHour = { kind: 'newest', lengthMs: HOUR } as const;

describe('a filter and the address of the page', () => {
  test.each<[string, EventsFilter]>([
    ['', ALL_EVENTS],
    ['service=shop_web', filter({ service: 'shop_web' })],
    ['node=docker%2003', filter({ node: 'docker 03' })],
    ['kind=health,task', filter({ kinds: ['health', 'task'] })],
    ['kind=task&kind=health&kind=task', filter({ kinds: ['health', 'task'] })],
    ['kind=nonsense', ALL_EVENTS],
    ['level=bad,warn,good,info', ALL_EVENTS],
    ['level=bad&range=1h', filter({ levels: ['bad'], frame: lastHour })],
    [
      'from=1000000&until=2000000',
      filter({ frame: { kind: 'fixed', fromMs: 1_000_000, untilMs: 2_000_000 } }),
    ],
    ['service=+&node=', ALL_EVENTS],
  ])('%s', (query, expected) => {
    expect(read(query)).toEqual(expected);
    expect(read(formatEventsFilter(expected))).toEqual(expected);
  });

  test('is short', () => {
    expect(formatEventsFilter(filter({ service: 'web', kinds: ['health', 'task'], frame: lastHour }))).toBe(
      'service=web&kind=health,task&range=1h',
    );
  });
});

test('a filter as the API is asked for it', () => {
  const { service, kinds } = { service: 'web', kinds: ['task' as const, 'node' as const] };
  const query = toEventsQuery(filter({ service, kinds, frame: lastHour }), 5 * HOUR, 42, 100);
  expect(formatEventsQuery(query)).toBe(
    `sinceMs=${4 * HOUR}&before=42&limit=100&service=web&kind=task&kind=node`,
  );
});

describe('matchesEventsFilter', () => {
  const event = buildEvent({ atMs: 4.5 * HOUR });
  test.each<[string, Partial<EventsFilter>, boolean]>([
    ['no filter', {}, true],
    ['its service by name', { service: 'web' }, true],
    ['its service by id', { service: 'service-1' }, true],
    ['another service', { service: 'api' }, false],
    ['its node by name', { node: 'host-1' }, true],
    ['another node', { node: 'host-2' }, false],
    ['its kind', { kinds: ['health', 'task'] }, true],
    ['another kind', { kinds: ['node'] }, false],
    ['another level', { levels: ['good'] }, false],
    ['in the last hour', { frame: lastHour }, true],
    ['not in the last minute', { frame: { kind: 'newest', lengthMs: 60_000 } }, false],
    ['before what is asked for', { frame: { kind: 'fixed', fromMs: 4.6 * HOUR, untilMs: 5 * HOUR } }, false],
    ['after what is asked for', { frame: { kind: 'fixed', fromMs: 0, untilMs: HOUR } }, false],
    [
      'all together',
      { service: 'web', node: 'host-1', kinds: ['health'], levels: ['bad'], frame: lastHour },
      true,
    ],
  ])('%s', (_, overrides, expected) => {
    expect(matchesEventsFilter(event, filter(overrides), 5 * HOUR)).toBe(expected);
  });
});
