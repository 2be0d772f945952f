import { expect, test } from 'vitest';
import type { TimelineMark } from '#lib/model/contract/timeline.ts';
import { foldMarks } from './fold-marks.ts';
import { foldStacks, OTHER_STACKS, rankStacks } from './fold-stacks.ts';
import { SLOTS_MAX, toSlotMs } from './slot-length.ts';

const mark = (atMs: number, more: Partial<TimelineMark> = {}): TimelineMark => ({
  lane: 'failures',
  stack: 'shop',
  fromMs: atMs,
  untilMs: atMs,
  count: 1,
  level: 'warn',
  isEnd: false,
  text: `at ${atMs}`,
  ...more,
});

test('what lies within one slot, lane and stack is one mark: counted, as bad as its worst, filled where something ended', () => {
  const folded = foldMarks(
    [
      mark(19),
      mark(3),
      mark(12, { level: 'bad', isEnd: true }),
      mark(25),
      mark(13, { stack: 'data' }),
      mark(14, { lane: 'nodes', stack: null, level: 'good' }),
    ],
    10,
  );
  expect(folded).toEqual([
    mark(3),
    mark(12, { untilMs: 19, count: 2, level: 'bad', isEnd: true, text: null }),
    mark(13, { stack: 'data' }),
    mark(14, { lane: 'nodes', stack: null, level: 'good' }),
    mark(25),
  ]);
});

test('a mark stays in its slot while the axis moves on, and folding again changes nothing', () => {
  const all = [mark(99), mark(100), mark(109), mark(110)];
  const once = foldMarks(all, 10);
  expect(once.map(({ fromMs, count }) => [fromMs, count])).toEqual([
    [99, 1],
    [100, 2],
    [110, 1],
  ]);
  expect(foldMarks(once, 10)).toEqual(once);
  expect(foldMarks(once, 1_000).map(({ count }) => count)).toEqual([4]);
  expect(foldMarks([], 10)).toEqual([]);
});

test('the worst stacks have a lane of their own, an end weighs more than a probe, and nothing is left out', () => {
  const marks = [
    mark(1, { stack: 'a', count: 4 }),
    mark(2, { stack: 'b', count: 1, isEnd: true }),
    mark(3, { stack: null, count: 1 }),
    mark(4, { stack: 'c', count: 2, level: 'bad' }),
    mark(5, { lane: 'nodes', stack: null }),
  ];
  expect(rankStacks(marks)).toEqual(['b', 'a', 'c', null]);
  expect(foldStacks(marks, 4)).toEqual(marks);
  const folded = foldStacks(marks, 3);
  expect(folded.map(({ stack }) => stack)).toEqual(['a', 'b', OTHER_STACKS, OTHER_STACKS, null]);
  expect(folded.reduce((sum, { count }) => sum + count, 0)).toBe(9);
});

test.each([
  ['a minute', 60_000, 1_000],
  ['an hour', 3_600_000, 30_000],
  ['six hours', 6 * 3_600_000, 180_000],
  ['a day', 86_400_000, 720_000],
  ['a week', 7 * 86_400_000, 5_400_000],
  ['a month', 31 * 86_400_000, 8 * 3_600_000],
  ['ten years', 3_650 * 86_400_000, 730 * 3_600_000],
  ['nothing', 0, 1_000],
])('%s has slots of %s ms: round, and no more than fit', (_, lengthMs, slotMs) => {
  expect(toSlotMs(lengthMs)).toBe(slotMs);
  expect(lengthMs / toSlotMs(lengthMs)).toBeLessThanOrEqual(SLOTS_MAX);
});
