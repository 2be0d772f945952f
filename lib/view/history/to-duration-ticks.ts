import { toHeightShare } from './to-height-share.ts';

const ROUND = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000];
const LEAST_APART = 0.2;

/** Durations to write beside a chart whose height is the timeout: the timeout, and round ones far enough from each other. */
export function toDurationTicks(timeoutMs: number): number[] {
  const ticks = [timeoutMs];
  for (const ms of ROUND.toReversed()) {
    const last = ticks.at(-1) ?? timeoutMs;
    const share = toHeightShare(ms, timeoutMs);
    if (ms < last && share >= 0.15 && toHeightShare(last, timeoutMs) - share >= LEAST_APART) ticks.push(ms);
  }
  return ticks.reverse();
}
