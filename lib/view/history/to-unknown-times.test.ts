import { expect, test } from 'vitest';
import type { StatusSpan } from '#lib/model/contract/history.ts';
import type { Bar } from './bar.ts';
import { toUnknownTimes } from './to-unknown-times.ts';

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
