import type { TimeFrame, TimeWindow } from './time-frame.ts';

/** The stretch that a frame shows at `nowMs`. */
export function toTimeWindow(frame: TimeFrame, nowMs: number): TimeWindow {
  return frame.kind === 'fixed'
    ? { fromMs: frame.fromMs, untilMs: frame.untilMs }
    : { fromMs: nowMs - frame.lengthMs, untilMs: nowMs };
}
