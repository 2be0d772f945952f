import { expect, test } from 'vitest';
import { holdItems } from './hold-items.ts';

const at = (id: string, atMs: number) => ({ id, atMs });
const toKey = ({ id }: { id: string }) => id;
const shown = [at('b', 20), at('a', 10)];

test.each([
  ['what comes waits', [at('c', 30), ...shown], shown, 1],
  ['also what is older than one whose clock is ahead', [at('b', 20), at('c', 15), at('a', 10)], shown, 1],
  ['what leaves the list stays where it is read', [at('d', 40), at('c', 30), at('b', 20)], shown, 2],
  ['nothing new', [...shown], shown, 0],
])('while somebody reads: %s', (_, items, expected, waiting) => {
  expect(holdItems(shown, items, toKey)).toEqual({ shown: expected, waiting });
});

test('where nothing was there to read, what comes is shown', () => {
  expect(holdItems([], shown, toKey)).toEqual({ shown, waiting: 0 });
});
