import { expect, test } from 'vitest';
import { parseEventsQuery } from './parse-events-query.ts';
import { parseWindow } from './queries.ts';

const query = (text: string) => new URLSearchParams(text);

test('events without a query are the newest hundred', () => {
  expect(parseEventsQuery(query(''))).toEqual({
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

test('kinds and levels come as lists, or again and again', () => {
  const asked = parseEventsQuery(
    query('kind=health,task&kind=node&level=bad&service=shop_api&node=docker03'),
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
  ['kind=helth', 'kind is one or more of health, task, update, node, manager, engine, not "helth".'],
])('%s: %s', (text, message) => {
  expect(() => parseEventsQuery(query(text))).toThrow(message);
});

test.each([
  ['', { fromMs: 6_400_000, untilMs: 10_000_000 }],
  ['untilMs=8000000', { fromMs: 4_400_000, untilMs: 8_000_000 }],
  ['fromMs=1&untilMs=2', { fromMs: 1, untilMs: 2 }],
])('the window of "%s"', (text, window) => {
  expect(parseWindow(query(text), 10_000_000)).toEqual(window);
});

test('a window ends after it begins', () => {
  expect(() => parseWindow(query('fromMs=5&untilMs=5'), 10)).toThrow('fromMs must be before untilMs');
});
