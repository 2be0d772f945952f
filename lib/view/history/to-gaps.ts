import type { TimeWindow } from './time-frame.ts';

/**
 * The stretches of a window of which nothing is known, because no span (oldest first; `untilMs` null: it goes on) covers
 * them. Gaps shorter than `leastMs` are the moment between two spans, not ignorance.
 */
export function toGaps(
  spans: readonly { fromMs: number; untilMs: number | null }[],
  { fromMs, untilMs }: TimeWindow,
  leastMs: number,
): TimeWindow[] {
  const gaps: TimeWindow[] = [];
  let knownUntilMs = fromMs;
  for (const span of spans) {
    const beginMs = Math.min(span.fromMs, untilMs);
    if (beginMs - knownUntilMs >= leastMs) gaps.push({ fromMs: knownUntilMs, untilMs: beginMs });
    knownUntilMs = Math.max(knownUntilMs, span.untilMs ?? untilMs);
  }
  if (untilMs - knownUntilMs >= leastMs) gaps.push({ fromMs: knownUntilMs, untilMs });
  return gaps;
}
