import {
  parseTimeFrame,
  type TimeFrame,
  type TimeWindow,
  toTimeWindow,
} from '#lib/view/history/time-frame.ts';

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
