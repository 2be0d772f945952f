import type { StatusSpan } from '#lib/model/contract/history.ts';
import type { Bar } from './bars.ts';
import type { TimeWindow } from './time-frame.ts';

/**
 * The stretches of a window of which nothing is known, because no span (oldest first; `untilMs` null: it goes on) covers
 * them. Gaps shorter than `minMs` are the moment between two spans, not ignorance.
 */
export function toGaps(
  spans: readonly { fromMs: number; untilMs: number | null }[],
  { fromMs, untilMs }: TimeWindow,
  minMs: number,
): TimeWindow[] {
  const gaps: TimeWindow[] = [];
  let knownUntilMs = fromMs;
  for (const span of spans) {
    const beginMs = Math.min(span.fromMs, untilMs);
    if (beginMs - knownUntilMs >= minMs) gaps.push({ fromMs: knownUntilMs, untilMs: beginMs });
    knownUntilMs = Math.max(knownUntilMs, span.untilMs ?? untilMs);
  }
  if (untilMs - knownUntilMs >= minMs) gaps.push({ fromMs: knownUntilMs, untilMs });
  return gaps;
}

const MIN_GAP_SHARE = 0.002;

/**
 * The stretches of a window of which neither a status nor a probe is known; a probe covers the time until the next one
 * was due, `intervalMs` later.
 */
export function toUnknownTimes(
  spans: readonly StatusSpan[],
  bars: readonly Bar[],
  intervalMs: number | null,
  window: TimeWindow,
): TimeWindow[] {
  const seen = bars.map((bar) => ({
    fromMs: bar.fromMs - (intervalMs ?? 0),
    untilMs: bar.untilMs + (intervalMs ?? 0),
  }));
  const known = [...spans, ...seen].sort((a, b) => a.fromMs - b.fromMs);
  return toGaps(known, window, (window.untilMs - window.fromMs) * MIN_GAP_SHARE);
}
