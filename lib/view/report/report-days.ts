/** The day of a moment in UTC: `2026-10-31`. */
export function toDayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

interface ReportTime {
  days: number;
  fromMs: number;
  untilMs: number;
  keptSinceMs: number | null;
}

const DAY_MS = 86_400_000;

/**
 * The last days of the reports before and after one, for `until=`; as long as it.
 *
 * @param isNewest it ends now
 * @returns `earlier` is `null` where nothing is kept of that time; `later` is where it would not be over, which is now
 */
export function findNeighbours(
  { days, fromMs, untilMs, keptSinceMs }: ReportTime,
  isNewest: boolean,
  nowMs: number,
): { earlier: string | null; later: string | null } {
  const laterMs = untilMs + days * DAY_MS;
  return {
    earlier: keptSinceMs !== null && keptSinceMs < fromMs ? toDayText(fromMs - 1) : null,
    later: isNewest || laterMs > nowMs ? null : toDayText(laterMs - 1),
  };
}
