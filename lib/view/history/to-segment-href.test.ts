import { expect, test } from 'vitest';
import { buildSegment } from '#lib/testing/build-segment.ts';
import { toSegmentHref } from './to-segment-href.ts';

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
