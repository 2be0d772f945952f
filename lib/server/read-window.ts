import { parseTimeFrame } from '#lib/view/history/parse-time-frame.ts';
import type { TimeFrame, TimeWindow } from '#lib/view/history/time-frame.ts';
import { toTimeWindow } from '#lib/view/history/to-time-window.ts';

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
