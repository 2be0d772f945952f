import { expect, test } from 'vitest';
import { fillPlaces } from './fill-places.ts';

test.each<[what: string, before: string, now: string, shown: string]>([
  ['nothing was there: in their order', '', 'abc', 'abc'],
  ['a worse one comes while there is room: below those that are read', 'ab', 'cab', 'abc'],
  ['one ended: what is new takes its place', 'abcd', 'acde', 'aecd'],
  ['one ended and none is new: those behind move up', 'abc', 'ac', 'ac'],
  ['the order changed: nobody moves', 'abc', 'cba', 'abc'],
  ['all are new', 'abc', 'xyz', 'xyz'],
])('%s', (_, before, now, shown) => {
  expect(fillPlaces([...before], [...now], (one) => one).join('')).toBe(shown);
});
