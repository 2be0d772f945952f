import { describe, expect, test } from 'vitest';
import type { StatusSpan } from '#lib/model/contract/history.ts';
import { buildEnd, buildSegment } from '#lib/testing/build-segment.ts';
import { describePiece, toRibbon, toSegmentHref } from './ribbon.ts';

const window = { fromMs: 0, untilMs: 100_000 };
const task = (taskId: string, fromMs: number, untilMs: number | null, bad = false) =>
  buildSegment({
    ...{ taskId, fromMs, untilMs },
    end:
      untilMs === null
        ? null
        : buildEnd({ atMs: untilMs, cause: bad ? 'killed-for-health' : null, sentence: '' }),
  });
const span = (
  taskId: string,
  status: StatusSpan['status'],
  fromMs: number,
  untilMs: number | null,
): StatusSpan => ({ ...{ taskId, status, fromMs, untilMs }, sentence: null });
const round = (percent: number) => Math.round(percent * 1000) / 1000;
const layOut = (segments: ReturnType<typeof task>[], spans: StatusSpan[] = []) =>
  toRibbon({ segments, spans }, window, 1).map(({ leftPercent, widthPercent, segments, endsBadly }) => [
    round(leftPercent),
    round(widthPercent),
    segments.map(({ taskId }) => taskId).join('+'),
    endsBadly,
  ]);

describe('toRibbon', () => {
  test.each([
    ['a task that lives', [task('a', 20_000, null)], [[20, 80, 'a', false]]],
    [
      'killed and replaced',
      [task('a', -50_000, 40_000, true), task('b', 45_000, null)],
      [
        [0, 40, 'a', true],
        [45, 55, 'b', false],
      ],
    ],
    ['a short one is still seen', [task('a', 50_000, 50_100, true)], [[50, 1, 'a', true]]],
    ['a short one at the very end stays inside', [task('a', 99_900, null)], [[99, 1, 'a', false]]],
    [
      'a crash loop becomes one piece, which remembers that it was bad',
      [task('a', 10_000, 10_300, true), task('b', 10_400, 10_700, true), task('c', 10_800, 11_500)],
      [[10, 1.5, 'a+b+c', true]],
    ],
    [
      'short ones apart stay apart',
      [task('a', 10_000, 10_300), task('b', 40_000, 40_100)],
      [
        [10, 1, 'a', false],
        [40, 1, 'b', false],
      ],
    ],
    [
      'long neighbours stay apart',
      [task('a', 0, 50_000), task('b', 50_000, null)],
      [
        [0, 50, 'a', false],
        [50, 50, 'b', false],
      ],
    ],
    ['those outside of the window are left out', [task('a', -9000, -1)], []],
  ])('%s', (_, segments, expected) => expect(layOut(segments)).toEqual(expected));

  test('statuses inside of a task, each in percent of it', () => {
    const spans = [
      span('a', 'starting', 20_000, 30_000),
      span('a', 'healthy', 30_000, 60_000),
      span('b', 'starting', 60_000, null),
    ];
    const [a] = toRibbon({ segments: [task('a', 20_000, 60_000)], spans }, window, 1);
    expect(a?.statuses).toEqual([
      { status: 'starting', leftPercent: 0, widthPercent: 25 },
      { status: 'healthy', leftPercent: 25, widthPercent: 75 },
    ]);
  });
});

const ended = (cause: 'exit-code' | 'out-of-memory' | null) =>
  buildSegment({ untilMs: 20_000, end: buildEnd({ cause }) });

test.each([
  ['Up', [buildSegment()]],
  ['End not seen', [buildSegment({ untilMs: 20_000 })]],
  ['Ended as expected', [ended(null)]],
  ['Out of memory', [ended('out-of-memory')]],
  [
    '4 tasks, 2 × exited by itself, 1 × out of memory',
    [ended('exit-code'), ended('out-of-memory'), ended('exit-code'), buildSegment()],
  ],
])('%s', (words, segments) => expect(describePiece(segments)).toBe(words));

const HOUR = 3_600_000;
const at = (fromMs: number, untilMs: number | null) => buildSegment({ fromMs, untilMs });

test.each([
  ['one that lives: the page as it is', [at(0, null)], ''],
  ['a long one: its last quarter of an hour', [at(0, 10 * HOUR)], [10 * HOUR - 855_000, 10 * HOUR + 45_000]],
  ['a short one: all of it', [at(HOUR, HOUR + 100_000)], [HOUR - 4500, HOUR + 105_500]],
  ['several', [at(HOUR, HOUR + 100_000), at(HOUR + 100_000, HOUR + 200_000)], [HOUR - 9000, HOUR + 211_000]],
  ['one that has just ended: not the future', [at(0, 20 * HOUR)], [20 * HOUR - 900_000, 20 * HOUR]],
])('%s', (_, segments, window) => {
  const query = window === '' ? '' : `?from=${window[0]}&until=${window[1]}`;
  expect(toSegmentHref('web', '1', segments, 20 * HOUR)).toBe(`/services/web/1${query}`);
});
