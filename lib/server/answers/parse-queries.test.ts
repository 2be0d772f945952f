import { expect, test } from 'vitest';
import { SWARM_EVENT_KINDS } from '#lib/model/contract/swarm-event.ts';
import { parseEventsQuery } from './parse-events-query.ts';
import { parseWindow, refuseOthers } from './queries.ts';

const NOW = 1_795_000_000_000;
const DAY = 86_400_000;
const query = (text: string) => new URLSearchParams(text);

test('events without a query are the newest hundred', () => {
  expect(parseEventsQuery(query(''), NOW)).toEqual({
    sinceMs: null,
    untilMs: null,
    before: null,
    limit: 100,
    service: null,
    node: null,
    kinds: [],
    levels: [],
  });
});

test('what an answer would not be narrowed by is refused by its name', () => {
  const taken = ['untilMs', 'level'];
  expect(() => refuseOthers(query('untilMs=1&level=bad&level=info'), taken)).not.toThrow();
  for (const name of ['service', 'node', 'limit', 'stack', 'UntilMs'])
    expect(() => refuseOthers(query(`untilMs=1&${name}=x`), taken)).toThrow(
      `${name} is not taken here; what is: untilMs, level.`,
    );
});

test('kinds and levels come as lists, or again and again', () => {
  const asked = parseEventsQuery(
    query('kind=health,task&kind=node&level=bad&service=shop_api&node=docker03'),
    NOW,
  );
  expect(asked).toMatchObject({
    kinds: ['health', 'task', 'node'],
    levels: ['bad'],
    service: 'shop_api',
    node: 'docker03',
  });
});

test.each([
  ['limit=0', 'limit is from 1 to 1000.'],
  ['limit=x', 'limit is a whole number, not "x".'],
  ['before=-1', 'before is a whole number, not "-1".'],
  ['kind=helth', `kind is one or more of ${SWARM_EVENT_KINDS.join(', ')}, not "helth".`],
])('%s: %s', (text, message) => {
  expect(() => parseEventsQuery(query(text), NOW)).toThrow(message);
});

test.each([
  ['', { fromMs: 6_400_000, untilMs: 10_000_000 }],
  ['untilMs=8000000', { fromMs: 4_400_000, untilMs: 8_000_000 }],
  ['fromMs=1&untilMs=2', { fromMs: 1, untilMs: 2 }],
])('the window of "%s"', (text, window) => {
  expect(parseWindow(query(text), 10_000_000)).toEqual(window);
});

test.each([
  ['fromMs=5&untilMs=5', 'fromMs must be before untilMs'],
  [`fromMs=${NOW}&untilMs=${NOW - 1}`, 'fromMs must be before untilMs'],
  [`fromMs=${NOW + 1}`, 'fromMs must be before untilMs (now, when not given)'],
  ['untilMs=0', 'fromMs must be before untilMs'],
  [`untilMs=${NOW + DAY + 1}`, 'untilMs is more than a day ahead of this server'],
  ['fromMs=999999999999998&untilMs=999999999999999', 'untilMs is more than a day ahead'],
  [`fromMs=${NOW + DAY + 1}`, 'fromMs is more than a day ahead'],
  [`fromMs=0&untilMs=${NOW}`, 'no more than 3650 days'],
  ['fromMs=NaN', 'fromMs is a whole number, not "NaN".'],
  ['untilMs=Infinity', 'untilMs is a whole number'],
  ['fromMs=-5', 'fromMs is a whole number'],
  ['fromMs=1e3', 'fromMs is a whole number'],
  ['untilMs=9999999999999999999', 'untilMs is a whole number'],
])('no window of "%s"', (text, message) => {
  expect(() => parseWindow(query(text), NOW)).toThrow(message);
});

test('a clock that is a day ahead of ours may ask', () => {
  const untilMs = NOW + DAY;
  expect(parseWindow(query(`untilMs=${untilMs}`), NOW)).toEqual({ fromMs: untilMs - DAY / 24, untilMs });
});

test.each([
  [`sinceMs=${NOW}&untilMs=${NOW - 1}`, 'sinceMs must not be after untilMs.'],
  [`sinceMs=${NOW + DAY + 1}`, 'sinceMs is more than a day ahead'],
  [`untilMs=${NOW + DAY + 1}`, 'untilMs is more than a day ahead'],
  ['sinceMs=NaN', 'sinceMs is a whole number'],
])('no events of "%s"', (text, message) => {
  expect(() => parseEventsQuery(query(text), NOW)).toThrow(message);
});
