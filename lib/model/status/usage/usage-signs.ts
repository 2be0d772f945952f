import type { UsagePoint } from '#lib/model/contract/usage.ts';
import { NO_USAGE_SIGNS, type UsageSigns } from '#lib/model/docker/usage-signs.ts';

const MINUTE_MS = 60_000;
const PERCENTS = [99, 97, 95, 90, 60];
/** From here on it is near its limit, until it is this much below. */
const NEAR = 0.9;
const LEEWAY = 0.03;
/** So long it must have been so: a peak that passes is none. */
const LASTING_MS = MINUTE_MS;
/** What was before is no word on where it goes. */
const TREND_MS = 10 * MINUTE_MS;
const TREND_MIN_MS = 2 * MINUTE_MS;
const TREND_POINTS = 6;
/** Of all pairs of readings, so many have the later one above: a saw or noise has half. */
const RISING_PAIRS = 0.8;
/** Of the limit, within what was seen: less is no growth that somebody has to act on. */
const MIN_GROWTH = 0.02;
const FULL_WITHIN_MS = 30 * MINUTE_MS;
/** Below `NEAR` it is worth a word only if it is this full and will be all full this soon. */
const EARLY = 0.6;
const EARLY_WITHIN_MS = 15 * MINUTE_MS;
/** So far above what it came down from before it grows as it never did. */
const ABOVE_FALL = 1.02;
const STEPS_MIN = [1, 2, 3, 5, 7, 10, 12, 15, 20, 25, 30];

const THROTTLED = 0.25;
const THROTTLED_OVER_MS = 3 * MINUTE_MS;

/**
 * What the newest readings of one container say, oldest first; equal to `before` where nothing else is to be said. Nothing
 * in it changes with each reading.
 *
 * @param fellFromBytes where it comes back from by itself again and again: up to there its growth is no word on where it ends
 */
export function findUsageSigns(
  points: readonly UsagePoint[],
  before: UsageSigns,
  fellFromBytes = 0,
): UsageSigns {
  const last = points.at(-1);
  if (last === undefined) return NO_USAGE_SIGNS;
  const signs = {
    memory: findMemorySign(points, last, before.memory, fellFromBytes),
    throttled: findThrottledSign(points, last, before.throttled),
    pids: findPidsSign(points, last, before.pids),
    // It has just answered.
    silent: null,
  };
  return signs.memory === null && signs.throttled === null && signs.pids === null ? NO_USAGE_SIGNS : signs;
}

function findMemorySign(
  points: readonly UsagePoint[],
  last: UsagePoint,
  before: UsageSigns['memory'],
  fellFromBytes: number,
): UsageSigns['memory'] {
  const { memoryBytes, memoryMaxBytes: maxBytes } = last;
  if (memoryBytes === null || maxBytes === null) return null;
  const share = memoryBytes / maxBytes;
  const shareOf = (point: UsagePoint) =>
    point.memoryBytes === null ? null : point.memoryBytes / (point.memoryMaxBytes ?? maxBytes);
  const sinceMs = findSince(points, shareOf, NEAR - LEEWAY);
  const isLasting = sinceMs !== null && last.atMs - sinceMs >= LASTING_MS;
  const isNear = share >= NEAR && (isLasting || before !== null);
  const stays = before !== null && share >= NEAR - LEEWAY;
  const isNew = memoryBytes > fellFromBytes * ABOVE_FALL;
  const fullInMs = isNew ? findFullIn(points, last, maxBytes) : null;
  const isEarly = share >= EARLY && fullInMs !== null && fullInMs <= EARLY_WITHIN_MS;
  if (!isNear && !stays && !isEarly) return null;
  const percent = PERCENTS.find((step) => share * 100 >= step) ?? 60;
  return { percent, maxBytes, sinceMs: before?.sinceMs ?? sinceMs ?? last.atMs, fullInMs };
}

/** The first of the newest readings that are all at or above `from`; `null`: the newest is not. */
function findSince(
  points: readonly UsagePoint[],
  read: (point: UsagePoint) => number | null,
  from: number,
): number | null {
  let sinceMs: number | null = null;
  for (const point of [...points].reverse()) {
    const value = read(point);
    if (value === null || value < from) break;
    sinceMs = point.atMs;
  }
  return sinceMs;
}

/**
 * How long until it is full at the rate of the last minutes, in steps; `null` where it does not plainly grow. The rate is
 * the median of the slopes between all pairs (Theil and Sen): single readings, however wrong, do not move it.
 */
function findFullIn(points: readonly UsagePoint[], last: UsagePoint, maxBytes: number): number | null {
  const recent = points.flatMap(({ atMs, memoryBytes }) =>
    memoryBytes !== null && last.atMs - atMs <= TREND_MS ? [{ atMs, memoryBytes }] : [],
  );
  const first = recent[0];
  const newest = recent.at(-1);
  if (first === undefined || newest === undefined || recent.length < TREND_POINTS) return null;
  if (newest.atMs - first.atMs < TREND_MIN_MS) return null;
  const slopes: number[] = [];
  for (const [i, a] of recent.entries())
    for (const b of recent.slice(i + 1))
      if (b.atMs > a.atMs) slopes.push((b.memoryBytes - a.memoryBytes) / (b.atMs - a.atMs));
  if (slopes.length === 0) return null;
  slopes.sort((a, b) => a - b);
  const rising = slopes.filter((slope) => slope > 0).length / slopes.length;
  const slope = slopes[slopes.length >> 1] ?? 0;
  if (rising < RISING_PAIRS || slope * (newest.atMs - first.atMs) < MIN_GROWTH * maxBytes) return null;
  const inMs = Math.max(0, maxBytes - newest.memoryBytes) / slope;
  if (inMs > FULL_WITHIN_MS) return null;
  const minutes = inMs / MINUTE_MS;
  return (STEPS_MIN.findLast((step) => step <= minutes) ?? 1) * MINUTE_MS;
}

function findThrottledSign(
  points: readonly UsagePoint[],
  last: UsagePoint,
  before: UsageSigns['throttled'],
): UsageSigns['throttled'] {
  const recent = points.filter(
    ({ atMs, throttled }) => throttled !== null && last.atMs - atMs <= THROTTLED_OVER_MS,
  );
  const first = recent[0];
  if (first === undefined || last.throttled === null || recent.length < 3) return null;
  if (last.atMs - first.atMs < LASTING_MS) return before;
  const mean = recent.reduce((sum, { throttled }) => sum + (throttled ?? 0), 0) / recent.length;
  if (mean < (before === null ? THROTTLED : THROTTLED * 0.6)) return null;
  const sinceMs = findSince(points, ({ throttled }) => throttled, THROTTLED * 0.6) ?? last.atMs;
  const percent = Math.max(10, Math.round(mean * 10) * 10);
  return { percent, maxCores: last.cpuMaxCores, sinceMs: before?.sinceMs ?? sinceMs };
}

function findPidsSign(
  points: readonly UsagePoint[],
  last: UsagePoint,
  before: UsageSigns['pids'],
): UsageSigns['pids'] {
  const { pids, pidsMax: max } = last;
  if (pids === null || max === null || max <= 0) return null;
  const share = pids / max;
  if (share < (before === null ? NEAR : NEAR - LEEWAY)) return null;
  const percent = share >= 1 ? 100 : share >= 0.95 ? 95 : 90;
  const sinceMs = findSince(
    points,
    (point) => (point.pids === null ? null : point.pids / max),
    NEAR - LEEWAY,
  );
  return { percent, max, sinceMs: before?.sinceMs ?? sinceMs ?? last.atMs };
}
