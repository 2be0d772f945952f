import { expect, test } from 'vitest';
import { describeDuration } from './describe-duration.ts';

test.each([
  [-5, '0 ms'],
  [52, '52 ms'],
  [999.6, '999 ms'],
  [1_000, '1 s'],
  [1_500, '1.5 s'],
  [12_040, '12 s'],
  [60_000, '1 min'],
  [90_000, '1 min 30 s'],
  [7_500_000, '2 h 5 min'],
  [90_000_000, '1 d 1 h'],
])('%f ms is %s', (ms, words) => {
  expect(describeDuration(ms)).toBe(words);
});
