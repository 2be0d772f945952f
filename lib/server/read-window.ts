import { parseTimeFrame } from '#lib/view/parse-time-frame.ts';
import type { TimeFrame, TimeWindow } from '#lib/view/time-frame.ts';
import { toTimeWindow } from '#lib/view/to-time-window.ts';

/** The stretch of time that a page's address asks for. */
export function readWindow(
  query: Record<string, string | string[] | undefined>,
  fallback: TimeFrame,
  nowMs: number,
): TimeWindow {
  const read = (name: string) => {
    const value = query[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  return toTimeWindow(parseTimeFrame(read, fallback), nowMs);
}
