import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const DAY_MS = 86_400_000;

it('waits as long as it is told to, also longer than a timer of Node’s can be', () => {
  const run = vi.fn();
  systemClock.setTimer(60 * DAY_MS, run);
  vi.advanceTimersByTime(60 * DAY_MS - 1);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(1);
});

it('can be cancelled in any of its pieces', () => {
  const run = vi.fn();
  const timer = systemClock.setTimer(60 * DAY_MS, run);
  vi.advanceTimersByTime(30 * DAY_MS);
  timer.cancel();
  vi.advanceTimersByTime(60 * DAY_MS);
  expect(run).not.toHaveBeenCalled();
});

it.each([Number.NaN, -1, Number.NEGATIVE_INFINITY])('takes %s for "at once"', (delayMs) => {
  const run = vi.fn();
  systemClock.setTimer(delayMs, run);
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(1);
});

it('never fires what is for ever', () => {
  const run = vi.fn();
  const timer = systemClock.setTimer(Number.POSITIVE_INFINITY, run);
  vi.advanceTimersByTime(400 * DAY_MS);
  expect(run).not.toHaveBeenCalled();
  timer.cancel();
});
