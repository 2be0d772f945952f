import { expect, test } from 'vitest';
import { createSettledTimes } from './create-settled-times.ts';

const HOUR_MS = 3_600_000;

test('a time of tomorrow is when it was first read, also when that moment has come', () => {
  let nowMs = 1_000_000;
  const times = createSettledTimes(() => nowMs);
  const aheadMs = nowMs + 5 * HOUR_MS;
  expect(times.settle('a', aheadMs)).toBe(1_000_000);
  nowMs += HOUR_MS;
  expect(times.settle('a', aheadMs + 500)).toBe(1_000_000);
  expect(times.rawOf('a', 1_000_000)).toBe(aheadMs);
  nowMs = aheadMs + HOUR_MS;
  expect(times.settle('a', aheadMs)).toBe(1_000_000);
  // It changed since.
  expect(times.settle('a', nowMs - 1)).toBe(nowMs - 1);
  expect(times.settle('a', aheadMs)).toBe(aheadMs);
});

test('what a better clock says is no earlier than it counts before that', () => {
  const times = createSettledTimes(() => 50_000);
  expect(times.settle('a', 100_000, 20_000)).toBe(20_000);
  expect(times.settle('b', 100_000, 90_000)).toBe(50_000);
});

test.each([
  ['past', 10_000],
  ['a few seconds ahead, as clocks are', 59_000],
])('a time that is %s stays as it is', (_, atMs) => {
  const times = createSettledTimes(() => 50_000);
  expect(times.settle('a', atMs)).toBe(atMs);
  expect(times.rawOf('a', atMs)).toBe(atMs);
  expect(times.settle('a', null)).toBeNull();
});
