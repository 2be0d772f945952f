import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eachSecond } from './each-second.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_300 }));
afterEach(() => void vi.useRealTimers());

it('looks at all of it together, once a second, until nobody wants that any more', () => {
  const times: number[][] = [[], []];
  const [first, second] = times.map((own) => eachSecond(() => own.push(Date.now() % 100_000)));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(2_000);
  first?.cancel();
  vi.advanceTimersByTime(1_000);
  expect(times).toEqual([
    [1_000, 2_000],
    [1_000, 2_000, 3_000],
  ]);
  second?.cancel();
  expect(vi.getTimerCount()).toBe(0);
});

it('looks once where the clock says that the second has not quite begun', () => {
  const times: number[] = [];
  const looks = eachSecond(() => times.push(Date.now()));
  vi.advanceTimersByTime(700);
  vi.setSystemTime(Date.now() - 1);
  vi.advanceTimersByTime(999);
  expect(times).toHaveLength(1);
  looks.cancel();
});
