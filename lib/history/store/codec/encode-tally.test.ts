import { describe, expect, test } from 'vitest';
import {
  addToHour,
  createWeekTally,
  DAY_MS,
  decodeTally,
  encodeTally,
  HOUR_MS,
  splitIntoHours,
  type WeekTally,
} from './encode-tally.ts';

const up = createWeekTally().map(() => [HOUR_MS, 0, 0, 0, 0]);
const mixed: WeekTally = up.map((sums, hour) =>
  hour === 7 ? [3_000_000, 100_001, 499_999, 0, 0] : hour > 160 ? [0, 0, 0, HOUR_MS, 0] : sums,
);

describe('a week as bytes', () => {
  test.each<[string, WeekTally, number]>([
    ['nothing', createWeekTally(), 7],
    ['up throughout', up, 10],
    ['down for some minutes, then not known', mixed, 43],
  ])('%s', (_, day, maxBytes) => {
    const bytes = encodeTally(day);
    expect(decodeTally(bytes)).toEqual(day);
    expect(bytes.length).toBeLessThanOrEqual(maxBytes);
  });

  test.each([[[]], [[255, 255]], [[0, 0, 0, 0, 0, 0, 1]], [[99, 255, 255, 255, 255, 127, 0, 0, 0, 0]]])(
    'bytes that are something else are a week all the same: %j',
    (bytes) => {
      const week = decodeTally(Uint8Array.from(bytes));
      expect(week).toHaveLength(168);
      for (const ms of week.flat()) expect(ms).toBeLessThanOrEqual(HOUR_MS);
    },
  );
});

test.each<[string, number, number, [hour: number, lastedMs: number][]]>([
  ['within an hour', 10, 20, [[0, 10]]],
  [
    'over the end of a day',
    DAY_MS - 5,
    DAY_MS + 7,
    [
      [23, 5],
      [24, 7],
    ],
  ],
  [
    'two hours and a half',
    HOUR_MS,
    3.5 * HOUR_MS,
    [
      [1, HOUR_MS],
      [2, HOUR_MS],
      [3, HOUR_MS / 2],
    ],
  ],
  ['nothing', 20, 20, []],
  ['one that ends before it begins', 20, 10, []],
])('a stretch falls into its hours: %s', (_, fromMs, untilMs, hours) => {
  const found: [number, number][] = [];
  splitIntoHours(fromMs, untilMs, (hourMs, lastedMs) => found.push([hourMs / HOUR_MS, lastedMs]));
  expect(found).toEqual(hours);
});

test('an hour has no more than an hour, also where a clock was set back', () => {
  const week = createWeekTally();
  for (let round = 0; round < 3; round += 1) addToHour(week, 5 * HOUR_MS, 'down', 0.5 * HOUR_MS);
  expect(week[5]).toEqual([0, 0, HOUR_MS, 0, 0]);
});
