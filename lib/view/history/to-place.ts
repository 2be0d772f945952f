import type { TimeWindow } from './time-frame.ts';

/** Where a stretch of time lies in a window, in percent of its width. */
export interface Place {
  leftPercent: number;
  widthPercent: number;
}

/** Places a stretch (`untilMs` null: it goes on), clipped to the window; `null` when it lies outside. */
export function toPlace(
  stretch: { fromMs: number; untilMs: number | null },
  { fromMs, untilMs }: TimeWindow,
): Place | null {
  const beginMs = Math.max(stretch.fromMs, fromMs);
  const endMs = Math.min(stretch.untilMs ?? untilMs, untilMs);
  const lengthMs = untilMs - fromMs;
  if (endMs < beginMs || lengthMs <= 0) return null;
  return {
    leftPercent: ((beginMs - fromMs) / lengthMs) * 100,
    widthPercent: ((endMs - beginMs) / lengthMs) * 100,
  };
}
