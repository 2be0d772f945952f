import { expect, test } from 'vitest';
import { createSettledTimes } from './create-settled-times.ts';

const HOUR_MS = 3_600_000;

test('a time of tomorrow is when it was first read, also when that moment has come', () => {
  let nowMs = 1_000_000;
  const times = createSettledTimes(() => nowMs);
  const aheadMs = nowMs + 5 * HOUR_MS;
  expect(times.settle('a', 'updated', aheadMs)).toBe(1_000_000);
  nowMs += HOUR_MS;
  expect(times.settle('a', 'updated', aheadMs + 500)).toBe(1_000_000);
  nowMs = aheadMs + HOUR_MS;
  expect(times.settle('a', 'updated', aheadMs)).toBe(1_000_000);
  // It changed since.
  expect(times.settle('a', 'updated', nowMs - 1)).toBe(nowMs - 1);
  expect(times.settle('a', 'updated', aheadMs)).toBe(aheadMs);
});

test('each of a task’s times is remembered by itself, until the task is forgotten', () => {
  let nowMs = 0;
  const times = createSettledTimes(() => nowMs);
  expect(times.settle('a', 'updated', HOUR_MS)).toBe(0);
  nowMs = 20;
  expect(times.settle('a', 'state', 2 * HOUR_MS)).toBe(20);
  expect(times.settle('b', 'updated', HOUR_MS)).toBe(20);
  nowMs = 30;
  expect([times.settle('a', 'updated', HOUR_MS), times.settle('a', 'state', 2 * HOUR_MS)]).toEqual([0, 20]);
  times.forget('a');
  expect([times.settle('a', 'updated', HOUR_MS), times.settle('b', 'updated', HOUR_MS)]).toEqual([30, 20]);
});

test('another estimate of its clock leaves it what it is, unless it was not ahead by that', () => {
  let nowMs = HOUR_MS;
  const times = createSettledTimes(() => nowMs);
  expect(times.settle('a', 'state', 5 * HOUR_MS)).toBe(HOUR_MS);
  nowMs += 60_000;
  expect(times.move('a', 'state', HOUR_MS, 3_000, null)).toBe(HOUR_MS);
  expect(times.settle('a', 'state', 5 * HOUR_MS - 3_000)).toBe(HOUR_MS);
  expect(times.move('a', 'state', HOUR_MS, 4.5 * HOUR_MS, null)).toBe(0.5 * HOUR_MS - 3_000);
  // One that is ahead only by the better estimate.
  expect(times.move('b', 'state', HOUR_MS, -HOUR_MS, 20_000)).toBe(20_000);
});

test('what a better clock says is no earlier than it counts before that', () => {
  const times = createSettledTimes(() => 50_000);
  expect(times.settle('a', 'state', 100_000, 20_000)).toBe(20_000);
  expect(times.settle('b', 'state', 100_000, 90_000)).toBe(50_000);
});

test.each([
  ['past', 10_000],
  ['a few seconds ahead, as clocks are', 59_000],
])('a time that is %s stays as it is', (_, atMs) => {
  const times = createSettledTimes(() => 50_000);
  expect(times.settle('a', 'updated', atMs)).toBe(atMs);
  expect(times.settle('a', 'updated', null)).toBeNull();
});
