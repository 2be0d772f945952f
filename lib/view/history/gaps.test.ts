import { describe, expect, test } from 'vitest';
import type { StatusSpan } from '#lib/model/contract/history.ts';
import type { Bar } from './bars.ts';
import { toGaps, toUnknownTimes } from './gaps.ts';
import { toPlace } from './to-place.ts';

describe('toGaps', () => {
  const window = { fromMs: 1000, untilMs: 2000 };
  const span = (fromMs: number, untilMs: number | null) => ({ fromMs, untilMs });

  describe('toGaps', () => {
    test.each([
      ['nothing is known', [], [[1000, 2000]]],
      ['all is known', [span(0, 1500), span(1500, null)], []],
      ['the server was down in between', [span(0, 1200), span(1600, null)], [[1200, 1600]]],
      [
        'nothing before it began, nothing since it ended',
        [span(1300, 1400)],
        [
          [1000, 1300],
          [1400, 2000],
        ],
      ],
      ['a moment between two spans is none', [span(0, 1500), span(1505, null)], []],
      ['spans that overlap', [span(0, 1800), span(1200, 1300), span(1800, null)], []],
      ['after the window', [span(5000, null)], [[1000, 2000]]],
    ])('%s', (_, spans, expected) => {
      expect(toGaps(spans, window, 10).map(({ fromMs, untilMs }) => [fromMs, untilMs])).toEqual(expected);
    });
  });

  describe('toPlace', () => {
    test.each([
      ['inside', span(1250, 1500), { leftPercent: 25, widthPercent: 25 }],
      ['lasting', span(1900, null), { leftPercent: 90, widthPercent: 10 }],
      ['begun before', span(0, 1100), { leftPercent: 0, widthPercent: 10 }],
      ['over all of it', span(0, 9000), { leftPercent: 0, widthPercent: 100 }],
      ['before', span(0, 999), null],
      ['after', span(2001, null), null],
    ])('%s', (_, stretch, expected) => expect(toPlace(stretch, window)).toEqual(expected));
  });
});

describe('toUnknownTimes', () => {
  const span = (fromMs: number, untilMs: number | null): StatusSpan => ({
    ...{ fromMs, untilMs, status: 'healthy', taskId: 'task-1', sentence: null },
  });
  const bar = (fromMs: number): Bar => ({
    ...{ fromMs, untilMs: fromMs + 100, count: 1, failed: 0, minMs: 100, medianMs: 100, maxMs: 100 },
    probe: null,
  });

  test.each([
    ['a status alone', [span(40_000, null)], [], [[0, 40_000]]],
    ['probes from before we came', [span(40_000, null)], [bar(30_000), bar(35_000)], [[0, 25_000]]],
    [
      'probes without a status',
      [],
      [bar(10_000)],
      [
        [0, 5000],
        [15_100, 60_000],
      ],
    ],
  ])('%s', (_, spans, bars, expected) => {
    const times = toUnknownTimes(spans, bars, 5000, { fromMs: 0, untilMs: 60_000 });
    expect(times.map(({ fromMs, untilMs }) => [fromMs, untilMs])).toEqual(expected);
  });
});
