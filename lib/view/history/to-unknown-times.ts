import type { StatusSpan } from '#lib/model/contract/history.ts';
import type { Bar } from './bar.ts';
import type { TimeWindow } from './time-frame.ts';
import { toGaps } from './to-gaps.ts';

const LEAST_GAP_SHARE = 0.002;

/**
 * The stretches of a window of which neither a status nor a probe is known; a probe tells of the time until the next one
 * was due, `intervalMs` later.
 */
export function toUnknownTimes(
  spans: readonly StatusSpan[],
  bars: readonly Bar[],
  intervalMs: number | null,
  window: TimeWindow,
): TimeWindow[] {
  const told = bars.map((bar) => ({
    fromMs: bar.fromMs - (intervalMs ?? 0),
    untilMs: bar.untilMs + (intervalMs ?? 0),
  }));
  const known = [...spans, ...told].sort((a, b) => a.fromMs - b.fromMs);
  return toGaps(known, window, (window.untilMs - window.fromMs) * LEAST_GAP_SHARE);
}
