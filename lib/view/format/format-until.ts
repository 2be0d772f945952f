import { formatClock, formatMoment } from './times.ts';

/** Until when something lasts: `14:21`, and its day where that is more than a day away: `07-05 14:21`. */
export function formatUntil(untilMs: number, nowMs: number, zone: 'utc' | 'local'): string {
  const clock = formatClock(untilMs, zone).slice(0, 5);
  const isFar = Math.abs(untilMs - nowMs) > 86_400_000;
  return isFar ? `${formatMoment(untilMs, zone).slice(5, 10)} ${clock}` : clock;
}
