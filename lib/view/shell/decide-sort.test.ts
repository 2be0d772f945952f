import { describe, expect, test } from 'vitest';
import { addChange, addToFew, decideSortWait, type ListTimes, NO_TIMES, settleFew } from './decide-sort.ts';

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

describe('a few problems that somebody looks at', () => {
  test.each<[what: string, shown: string, wanted: string, atOnce: string, quiet: string]>([
    ['one is down, worse than all there: first at once', 'a b', 'z a b', 'z a b', 'z a b'],
    ['another one came that is less bad: below', 'a c', 'a b c', 'a c b', 'a c b'],
    ['two that are worse, and one that is not', 'b', 'y z b c', 'y z b c', 'y z b c'],
    ['two are well again, and another is down', 'a b c d', 'z c d', 'z a b c d', 'z c d'],
    ['the first is well again: it is gone after a moment', 'a b c', 'b c', 'a b c', 'b c'],
    ['the last has become the worst', 'a b c', 'c a b', 'a b c', 'c a b'],
    ['others changed their order: they keep their places', 'a b c d', 'a d c b', 'a b c d', 'a b c d'],
    ['all are well, and one other is not', 'a b', 'z', 'z a b', 'z'],
    ['all are well', 'a', '', 'a', ''],
  ])('%s', (_, shown, wanted, atOnce, quiet) => {
    const list = (ids: string) => ids.split(' ').filter((id) => id !== '');
    const added = addToFew(list(shown), list(wanted));
    expect(added.join(' ')).toBe(atOnce);
    expect(settleFew(added, list(wanted)).join(' ')).toBe(quiet);
  });
});
