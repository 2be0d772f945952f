import { describe, expect, test } from 'vitest';
import { findOutliers } from './find-outliers.ts';
import { toBand, toLine, toScale, toTicks, toY } from './to-lines.ts';

const RULE = { newest: 6, minValues: 3, floor: 20 };
const flat = (value: number | null, length = 6): (number | null)[] => Array(length).fill(value);

describe('what stands out', () => {
  const CASES: [what: string, series: (number | null)[][], out: (number | null)[]][] = [
    [
      'one that is slow among five',
      [flat(41), flat(44), flat(1_900), flat(39), flat(63)],
      [null, null, 43.2, null, null],
    ],
    ['nothing where all are alike', [flat(41), flat(44), flat(39), flat(42)], [null, null, null, null]],
    ['nothing where all are the same', [flat(40), flat(40), flat(40)], [null, null, null]],
    [
      'one beside others that are the same',
      [flat(40), flat(40), flat(40), flat(400)],
      [null, null, null, 10],
    ],
    ['nothing with two slots: which of them is it?', [flat(40), flat(4_000)], [null, null]],
    ['one of three', [flat(40), flat(42), flat(4_000)], [null, null, 95.2]],
    ['nothing where the half is slow', [flat(40), flat(41), flat(900), flat(950)], [null, null, null, null]],
    [
      'two of seven',
      [flat(40), flat(41), flat(42), flat(43), flat(40), flat(900), flat(950)],
      [null, null, null, null, null, 21.4, 22.6],
    ],
    [
      'nothing that is far below the others',
      [flat(400), flat(410), flat(405), flat(4)],
      [null, null, null, null],
    ],
    [
      'nothing for a difference that means nothing',
      [flat(1), flat(1), flat(1), flat(15)],
      [null, null, null, null],
    ],
    [
      'a slot of which little is known says nothing',
      [flat(40), flat(41), flat(42), [null, null, null, null, 900, 900]],
      [null, null, null, null],
    ],
    [
      'with two slots that are known the third is no third',
      [flat(40), flat(4_000), flat(null)],
      [null, null, null],
    ],
    [
      'only the newest count',
      [flat(40), flat(41), flat(42), [...flat(900), ...flat(40)]],
      [null, null, null, null],
    ],
    [
      'one high value among its newest is no habit',
      [flat(40), flat(41), flat(42), [40, 40, 40, 40, 40, 9_000]],
      [null, null, null, null],
    ],
    ['nothing of nothing', [], []],
  ];
  test.each(CASES)('%s', (_what, series, out) => {
    const times = findOutliers(series, RULE).map((one) => one.times && Math.round(one.times * 10) / 10);
    expect(times).toEqual(out);
  });
  test('one bad slot moves neither the middle nor the spread, however bad it is', () => {
    for (const bad of [400, 4_000, 4_000_000])
      expect(
        findOutliers([flat(40), flat(42), flat(44), flat(46), flat(bad)], RULE).map(
          ({ times }) => times !== null,
        ),
      ).toEqual([false, false, false, false, true]);
  });
});

describe('lines', () => {
  const axis = { fromMs: 0, untilMs: 400, stretchMs: 100 };
  const scale = { top: 100, bottom: 0, isLogarithmic: false };
  const CASES: [what: string, values: (number | null)[], starts: number[], maxGapMs: number, path: string][] =
    [
      ['through what is known', [0, 50, 100, 0], [], 0, 'M125 100L375 50L625 0L875 100'],
      ['not over a gap', [0, null, 100, 0], [], 0, 'M125 100h4M625 0L875 100'],
      ['over less than a reading’s distance', [0, null, 100, 0], [], 100, 'M125 100L625 0L875 100'],
      ['not into another task', [0, 50, 100, 0], [250], 0, 'M125 100L375 50M625 0L875 100'],
      ['one alone is a dot', [null, 50, null, null], [], 0, 'M375 50h4'],
      ['of nothing none', [null, null, null, null], [], 0, ''],
    ];
  test.each(CASES)('%s', (_what, values, starts, maxGapMs, path) => {
    const tasks = starts.map((fromMs) => ({ fromMs, untilMs: null }));
    expect(toLine(values, tasks, axis, maxGapMs, scale)).toBe(path);
  });
  test('a band from the lowest to the highest ends where nothing is known', () => {
    expect(
      toBand(
        [
          [0, 50, null, 10],
          [100, 50, null, 20],
        ],
        scale,
      ),
    ).toBe('M125 0L375 50L375 50L125 100Z');
  });
});

test.each([
  ['begins at zero', [[40, 60]], null, true, { bottom: 0, isLogarithmic: false }],
  [
    'goes by powers of ten where one is far above',
    [[40, 60], [1_900]],
    null,
    true,
    { bottom: 10, isLogarithmic: true },
  ],
  ['memory never does', [[40, 60], [1_900]], null, false, { bottom: 0, isLogarithmic: false }],
  ['has room for the limit', [[40]], 512, false, { top: 573.44 }],
  ['is something where nothing is known', [[null]], null, true, { top: 1, bottom: 0 }],
])('a scale %s', (_what, series, limit, canBe, expected) => {
  expect(toScale(series, limit, canBe)).toMatchObject(expected);
});

test('places by powers of ten', () => {
  const scale = { top: 1_000, bottom: 10, isLogarithmic: true };
  expect([10, 100, 1_000, 1].map((value) => toY(value, scale))).toEqual([100, 50, 0, 100]);
});

test.each([
  ['powers of ten', { top: 3_930, bottom: 10, isLogarithmic: true }, 'decimal', [10, 100, 1_000]],
  [
    '1, 2 or 5 times a power of ten',
    { top: 168, bottom: 0, isLogarithmic: false },
    'decimal',
    [0, 50, 100, 150],
  ],
  ['steps of less than one', { top: 1, bottom: 0, isLogarithmic: false }, 'decimal', [0, 0.5, 1]],
  [
    'bytes by powers of two, the limit among them',
    { top: 1.12 * 2 ** 30, bottom: 0, isLogarithmic: false },
    'binary',
    [0, 2 ** 29, 2 ** 30],
  ],
] as const)('values beside an axis are round: %s', (_what, scale, counting, expected) => {
  expect(toTicks(scale, counting)).toEqual(expected);
});
