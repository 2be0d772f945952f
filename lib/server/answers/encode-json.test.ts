import { expect, test } from 'vitest';
import { encodeJson } from './encode-json.ts';
import { toJson } from './to-json.ts';

test.each<[string, unknown]>([
  ['a text', 'ä "quoted" \u2028'],
  ['nothing', null],
  ['what JSON does not know', undefined],
  ['an empty object', {}],
  ['an empty list', { a: [], b: [[]] }],
  ['members without a value', { a: undefined, b: 1, c: () => 1 }],
  ['elements without a value', { list: [undefined, null, 1] }],
  ['what writes itself', { at: new Date(0), list: [new Date(1)] }],
  ['names that have to be quoted', { 'a"b': { '\n': [1] } }],
  [
    'much of many sizes',
    { list: Array.from({ length: 3_000 }, (_, at) => ({ at, text: 'x'.repeat(at % 400) })) },
  ],
  ['one that is larger than a piece', { list: [1, 'x'.repeat(100_000), 2] }],
  ['a list of lists', { deep: { list: Array.from({ length: 2_000 }, (_, at) => [at, [at]]) } }],
])('%s is as JSON.stringify writes it', (_what, value) => {
  expect([...encodeJson(value)].join('')).toBe(JSON.stringify(value) ?? 'null');
});

test('no piece of a large answer takes long to write', () => {
  const replicas = Array.from({ length: 20_000 }, (_, at) => ({ key: `${at}`, sentence: 'x'.repeat(60) }));
  const sizes = [...encodeJson({ node: { replicas }, containers: replicas })].map(({ length }) => length);
  expect(Math.max(...sizes)).toBeLessThan(70_000);
});

test('a small answer has its length, and a large one lets others have their turn while it is written', async () => {
  expect(await toJson({ error: 'none' }, 404).json()).toEqual({ error: 'none' });
  const list = Array.from({ length: 50_000 }, (_, at) => ({ at, text: 'x'.repeat(40) }));
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 0);
  const response = toJson({ list });
  expect(await response.json()).toEqual({ list });
  clearInterval(others);
  expect(turns).toBeGreaterThan(2);
});
