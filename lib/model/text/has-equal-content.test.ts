import { expect, test } from 'vitest';
import { hasEqualContent } from './has-equal-content.ts';

test.each<[unknown, unknown, boolean]>([
  [1, 1, true],
  [Number.NaN, Number.NaN, true],
  [1, '1', false],
  [null, undefined, false],
  [null, {}, false],
  [[], {}, false],
  [[1, [2]], [1, [2]], true],
  [[1], [1, 2], false],
  [{ a: 1, b: { c: [null] } }, { b: { c: [null] }, a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [{ a: undefined }, { b: undefined }, false],
  [{ a: undefined }, {}, false],
])('%j and %j', (a, b, expected) => {
  expect(hasEqualContent(a, b)).toBe(expected);
  expect(hasEqualContent(b, a)).toBe(expected);
});
