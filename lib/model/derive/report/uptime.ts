import type { ReportBar, ReportSlo, ReportUptime, UptimeSums } from '#lib/model/contract/report.ts';

/** A piece with less than this not known is shown as what is known of it. */
const UNKNOWN_SHARE = 0.05;
/** Down for longer in one piece of the chart is shown apart. */
const LONG_MS = 15 * 60_000;

export const NO_UPTIME: UptimeSums = { up: 0, reduced: 0, down: 0, unknown: 0, uncounted: 0 };

export function addSums(a: UptimeSums, b: UptimeSums): UptimeSums {
  return {
    up: a.up + b.up,
    reduced: a.reduced + b.reduced,
    down: a.down + b.down,
    unknown: a.unknown + b.unknown,
    uncounted: a.uncounted + b.uncounted,
  };
}

/**
 * The uptime of the known time. What nobody knows counts neither for nor against; what nobody waited for, not at all.
 *
 * @param existedMs how long there was something to know; what the sums leave of it was not looked at
 */
export function toUptime(sums: UptimeSums, existedMs: number): ReportUptime {
  const { up, reduced, down, uncounted } = sums;
  const known = up + reduced + down;
  const unknown = Math.max(sums.unknown, existedMs - known - uncounted);
  return {
    ...sums,
    unknown,
    percent: known === 0 ? null : (100 * (up + reduced)) / known,
    knownPercent: known + unknown === 0 ? null : (100 * known) / (known + unknown),
  };
}

/** What a piece of the chart shows: the worst that is known of it, and that something is not known only where nothing was bad. */
export function toBar(sums: UptimeSums, existedMs: number): ReportBar {
  const { up, reduced, down, uncounted } = sums;
  if (down > LONG_MS) return 'long';
  if (down > 0) return 'down';
  if (reduced > 0) return 'reduced';
  const known = up + uncounted;
  if (existedMs <= 0 && known === 0) return 'none';
  if (existedMs - known > existedMs * UNKNOWN_SHARE) return 'unknown';
  return up > 0 ? 'up' : 'uncounted';
}

/**
 * What is left of the downtime that a target allows in the whole time of a report.
 *
 * @param target in percent, below 100
 */
export function toSlo(target: number, { up, reduced, down }: UptimeSums, lengthMs: number): ReportSlo {
  const share = (100 - target) / 100;
  const allowedMs = Math.round(share * lengthMs);
  const knownMs = up + reduced + down;
  const burn = knownMs === 0 ? null : down / knownMs / share;
  const leftMs = allowedMs - down;
  const state = burn === null ? 'unknown' : leftMs < 0 ? 'spent' : burn > 1 ? 'fast' : 'kept';
  return { target, state, allowedMs, leftMs, burn };
}
