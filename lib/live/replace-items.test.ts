import { expect, test } from 'vitest';
import { replaceItems } from './replace-items.ts';

interface Item {
  id: string;
  rank: number;
}

const a = { id: 'a', rank: 1 };
const b = { id: 'b', rank: 2 };
const c = { id: 'c', rank: 3 };
const list = [a, b, c];
const byRank = (one: Item, two: Item) => one.rank - two.rank;
const replace = (...changed: [string, Item | null][]) => replaceItems<Item>(list, new Map(changed), byRank);

test.each<[string, [string, Item | null][]]>([
  ['nothing was decided', []],
  ['what was decided is the same', [['b', b]]],
  ['what is gone was not there', [['x', null]]],
])('the same list when %s', (_what, changed) => {
  expect(replace(...changed)).toBe(list);
});

test.each<[string, [string, Item | null][], Item[]]>([
  ['replaced in its place', [['b', { id: 'b', rank: 2 }]], [a, b, c]],
  ['moved to where it belongs now', [['a', { id: 'a', rank: 9 }]], [b, c, { id: 'a', rank: 9 }]],
  ['added in its place', [['d', { id: 'd', rank: 1.5 }]], [a, { id: 'd', rank: 1.5 }, b, c]],
  ['taken out', [['b', null]], [a, c]],
])('an item is %s', (_what, changed, expected) => {
  const next = replace(...changed);
  expect(next).toEqual(expected);
  expect(next).not.toBe(list);
});
