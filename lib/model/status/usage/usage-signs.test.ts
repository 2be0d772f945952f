import { describe, expect, it } from 'vitest';
import type { UsagePoint } from '#lib/model/contract/usage.ts';
import { NO_USAGE_SIGNS } from '#lib/model/docker/usage-signs.ts';
import { findUsageSigns } from './usage-signs.ts';

const MAX = 1_000_000_000;
const MINUTE_MS = 60_000;
const START_MS = 1_795_400_000_000;

/** A reading every 10 s, of what `share` says of the memory limit at each, by seconds. */
function readings(seconds: number, share: (second: number) => number, more: Partial<UsagePoint> = {}) {
  return Array.from(
    { length: seconds / 10 + 1 },
    (_, i): UsagePoint => ({
      atMs: START_MS + i * 10_000,
      memoryBytes: share(i * 10) * MAX,
      memoryMaxBytes: MAX,
      cpuCores: 0.2,
      cpuMaxCores: 1,
      throttled: 0,
      pids: 5,
      pidsMax: null,
      ...more,
    }),
  );
}
const noise = (second: number) => Math.sin(second * 12.9898) * 0.004;
const memoryOf = (points: UsagePoint[], before = NO_USAGE_SIGNS) => findUsageSigns(points, before).memory;

describe('memory near its limit', () => {
  it.each([
    ['well below', readings(600, () => 0.5), null],
    ['a peak of half a minute', readings(600, (s) => (s > 570 ? 0.95 : 0.5)), null],
    ['full for ten minutes, and flat', readings(600, () => 0.985), { percent: 97, fullInMs: null }],
    [
      'full and noisy, and not growing',
      readings(600, (s) => 0.93 + noise(s)),
      { percent: 90, fullInMs: null },
    ],
    ['up and down like a garbage collector', readings(600, (s) => 0.6 + ((s % 120) / 120) * 0.25), null],
    [
      'a leak with noise on it',
      readings(600, (s) => 0.85 + s * 0.0002 + noise(s)),
      { percent: 97, fullInMs: 2 * MINUTE_MS },
    ],
    [
      'far below, and full in ten minutes',
      readings(300, (s) => 0.5 + s * 0.0006),
      { percent: 60, fullInMs: 7 * MINUTE_MS },
    ],
    [
      'one wrong reading in the middle of a leak',
      readings(600, (s) => (s === 300 ? 0.1 : 0.85 + s * 0.0002)),
      { percent: 97, fullInMs: 2 * MINUTE_MS },
    ],
    [
      'it grew, and stopped',
      readings(600, (s) => Math.min(0.92, 0.5 + s * 0.002)),
      { percent: 90, fullInMs: null },
    ],
  ])('%s', (_, points, expected) => {
    const found = memoryOf(points);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });

  it('says since when, and stays until it is plainly below', () => {
    const full = readings(600, (s) => (s < 240 ? 0.5 : 0.92));
    const found = findUsageSigns(full, NO_USAGE_SIGNS);
    expect(found.memory?.sinceMs).toBe(START_MS + 240_000);
    const before = found;
    expect(
      memoryOf(
        readings(600, () => 0.89),
        before,
      )?.sinceMs,
    ).toBe(START_MS + 240_000);
    expect(
      memoryOf(
        readings(600, () => 0.86),
        before,
      ),
    ).toBeNull();
  });

  it.each([
    ['no limit', { memoryMaxBytes: null }],
    ['no memory controller', { memoryBytes: null }],
  ])('is silent where it is not known: %s', (_, more) => {
    expect(
      findUsageSigns(
        readings(600, () => 0.99, more),
        NO_USAGE_SIGNS,
      ),
    ).toBe(NO_USAGE_SIGNS);
  });
});

it.each([
  ['held back all the time', 0.4, 600, { percent: 40, maxCores: 1 }],
  ['a little', 0.1, 600, null],
  ['not for long enough', 0.9, 40, null],
])('throttled: %s', (_, throttled, seconds, expected) => {
  const { throttled: found } = findUsageSigns(
    readings(seconds, () => 0.2, { throttled }),
    NO_USAGE_SIGNS,
  );
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatchObject({ ...expected, sinceMs: START_MS });
});

it.each([
  [49, 50, 95],
  [50, 50, 100],
  [46, 50, 90],
  [40, 50, null],
  [40, null, null],
])('%s of %s processes', (pids, pidsMax, percent) => {
  expect(
    findUsageSigns(
      readings(60, () => 0.2, { pids, pidsMax }),
      NO_USAGE_SIGNS,
    ).pids?.percent ?? null,
  ).toBe(percent);
});

it('has nothing to say of nothing', () => {
  expect(findUsageSigns([], NO_USAGE_SIGNS)).toBe(NO_USAGE_SIGNS);
});
