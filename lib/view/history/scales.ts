import { formatClock, formatMoment } from '#lib/view/format/times.ts';
import type { TimeWindow } from './time-frame.ts';

/**
 * How high a probe's bar is, as a share of the chart whose full height is the timeout. By square root: most probes take a
 * hundredth of their timeout, and their differences must still be seen.
 */
export function toHeightShare(durationMs: number, timeoutMs: number): number {
  return Math.min(1, Math.sqrt(Math.max(0, durationMs) / Math.max(1, timeoutMs)));
}

const ROUND = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000];
const MIN_APART = 0.2;

/** Durations to write beside a chart whose height is the timeout: the timeout, and round ones far enough from each other. */
export function toDurationTicks(timeoutMs: number): number[] {
  const ticks = [timeoutMs];
  for (const ms of ROUND.toReversed()) {
    const last = ticks.at(-1) ?? timeoutMs;
    const share = toHeightShare(ms, timeoutMs);
    if (ms < last && share >= 0.15 && toHeightShare(last, timeoutMs) - share >= MIN_APART) ticks.push(ms);
  }
  return ticks.reverse();
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND],
  ...[MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY],
];

/** A mark on a time axis. */
export interface TimeTick {
  atMs: number;
  label: string;
}

/**
 * Round moments of a window, at most `max`, in UTC or local time: clock times, with seconds only where they differ, and the date at midnight.
 */
export function toTimeTicks({ fromMs, untilMs }: TimeWindow, max: number, zone: 'utc' | 'local'): TimeTick[] {
  const stepMs = STEPS.find((step) => (untilMs - fromMs) / step <= max) ?? 2 * DAY;
  const ticks: TimeTick[] = [];
  const offsetMs = zone === 'utc' ? 0 : -new Date(untilMs).getTimezoneOffset() * MINUTE;
  const firstMs = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs;
  for (let atMs = firstMs; atMs <= untilMs; atMs += stepMs) {
    const clock = formatClock(atMs, zone);
    const isMidnight = clock === '00:00:00';
    const short = stepMs < MINUTE ? clock : clock.slice(0, 5);
    ticks.push({ atMs, label: isMidnight ? formatMoment(atMs, zone).slice(5, 10) : short });
  }
  return ticks;
}
