import { describe, expect, test } from 'vitest';
import { addChange, decideSortWait, type ListTimes, NO_TIMES } from './decide-sort.ts';

const change = (times: ListTimes, ...atMs: number[]) => atMs.reduce(addChange, times);

describe('when a list whose order changed is sorted', () => {
  test.each<[what: string, times: ListTimes, nowMs: number, waitMs: number]>([
    ['one change on a quiet page: a second later', change(NO_TIMES, 5_000), 5_000, 1_000],
    ['one more just after it: two', change(NO_TIMES, 5_000, 5_500), 5_500, 2_000],
    ['what came long before is no rush', change(NO_TIMES, 5_000, 20_000), 20_000, 1_000],
    [
      'in a rush ten seconds of quiet',
      change(NO_TIMES, ...Array.from({ length: 40 }, (_, at) => at)),
      40,
      10_000,
    ],
    [
      'sorted just before: not again before ten seconds are over',
      change({ ...NO_TIMES, sortedAtMs: 5_000 }, 7_000),
      7_000,
      8_000,
    ],
    ['sorted long before: a second later', change({ ...NO_TIMES, sortedAtMs: 5_000 }, 60_000), 60_000, 1_000],
    ['a rush of two minutes: now', change(NO_TIMES, 1_000, 121_000), 121_000, 0],
    ['a pointer has been there for two minutes: now', change(NO_TIMES, 1_000), 121_000, 0],
    ['nothing waited before: a page that is old is no rush', change(NO_TIMES, 500_000), 500_000, 1_000],
  ])('%s', (_, times, nowMs, waitMs) => {
    expect(decideSortWait(times, nowMs)).toBe(waitMs);
  });
});
