import { expect, test } from 'vitest';
import { DAY_MS } from '#lib/history/store/codec/encode-tally.ts';
import { PART_MS } from '#lib/history/store/create-probe-tally.ts';
import { toStretches } from './read-report.ts';

const range = ([from, to]: [number, number]) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

test.each<[string, from: number, until: number, days: number[]]>([
  ['two whole days', 0, 2 * DAY_MS, [0, 1]],
  ['a part before, a day, three parts behind it', DAY_MS - PART_MS, 2 * DAY_MS + 3 * PART_MS, [1]],
  ['thirty days from a quarter on', PART_MS, 30 * DAY_MS + PART_MS, range([1, 29])],
  ['to some moment of a day', 0, DAY_MS + 1, [0]],
  ['some hours of one day', DAY_MS + PART_MS, DAY_MS + 2 * PART_MS, []],
  ['a night', DAY_MS - PART_MS, DAY_MS + PART_MS, []],
  ['nothing', DAY_MS, DAY_MS, []],
])(
  '%s: each quarter of a day is read once, in its day where all of that is wanted',
  (_, from, until, days) => {
    const [whole, before, after] = toStretches(from, until);
    if (!whole || !before || !after) throw new Error('Three are wanted.');
    expect(range(whole)).toEqual(days);
    const read = [...range(before), ...days.flatMap((day) => range([4 * day, 4 * day + 3])), ...range(after)];
    expect(read).toEqual(range([from / PART_MS, Math.floor((until - 1) / PART_MS)]));
  },
);
