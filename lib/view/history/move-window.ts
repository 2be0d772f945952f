import { LEAST_WINDOW_MS, MOST_WINDOW_MS, type TimeWindow } from './time-frame.ts';

/** Nothing is known before our history, and nothing after now. */
function clamp(fromMs: number, lengthMs: number, nowMs: number): TimeWindow {
  const length = Math.min(MOST_WINDOW_MS, Math.max(LEAST_WINDOW_MS, lengthMs));
  const from = Math.max(nowMs - MOST_WINDOW_MS, Math.min(fromMs, nowMs - length));
  return { fromMs: Math.round(from), untilMs: Math.round(from + length) };
}

/** Zooms by `factor` (0.5 shows half as much), the moment `aboutMs` staying where it is; 1 min to 7 d, never into the future. */
export function zoomWindow(
  { fromMs, untilMs }: TimeWindow,
  factor: number,
  aboutMs: number,
  nowMs: number,
): TimeWindow {
  const lengthMs = untilMs - fromMs;
  const next = Math.min(MOST_WINDOW_MS, Math.max(LEAST_WINDOW_MS, lengthMs * factor));
  const share = Math.min(1, Math.max(0, (aboutMs - fromMs) / lengthMs));
  return clamp(aboutMs - share * next, next, nowMs);
}

/** Moves by a share of the window's length: -0.5 is half a window into the past. */
export function panWindow({ fromMs, untilMs }: TimeWindow, share: number, nowMs: number): TimeWindow {
  const lengthMs = untilMs - fromMs;
  return clamp(fromMs + share * lengthMs, lengthMs, nowMs);
}
