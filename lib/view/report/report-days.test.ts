import { expect, test } from 'vitest';
import { findNeighbours } from './report-days.ts';

const day = (date: number, hour = 0) => Date.UTC(2026, 10, date, hour);
const NOW = day(29, 15);

test.each([
  ['until now', { fromMs: day(22, 16), untilMs: NOW }, true, { earlier: '2026-11-22', later: null }],
  ['of the past', { fromMs: day(16), untilMs: day(23) }, false, { earlier: '2026-11-15', later: null }],
  ['long ago', { fromMs: day(9), untilMs: day(16) }, false, { earlier: '2026-11-08', later: '2026-11-22' }],
  [
    'the first that is kept',
    { fromMs: day(2), untilMs: day(9) },
    false,
    { earlier: null, later: '2026-11-15' },
  ],
])('the reports before and after one %s', (_what, time, isNewest, expected) => {
  expect(findNeighbours({ days: 7, ...time, keptSinceMs: day(3) }, isNewest, NOW)).toEqual(expected);
});

test('where nothing is kept there is none before', () => {
  const time = { days: 7, fromMs: day(22), untilMs: day(29), keptSinceMs: null };
  expect(findNeighbours(time, false, NOW).earlier).toBeNull();
});
