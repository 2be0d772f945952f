'use client';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { formatClock } from '#lib/view/format/format-clock.ts';
import { formatMoment } from '#lib/view/format/format-moment.ts';

const DAY_MS = 86_400_000;

/** A moment as clock time, with its date when that is another day than `nearMs`'s; in UTC until the browser tells its zone. */
export function ClockTime({ atMs, nearMs = null }: { atMs: number; nearMs?: number | null }) {
  const zone = useHydrated() ? 'local' : 'utc';
  const clock = formatClock(atMs, zone);
  const moment = formatMoment(atMs, zone);
  const isFar = nearMs !== null && Math.abs(nearMs - atMs) > DAY_MS;
  return (
    <time dateTime={new Date(atMs).toISOString()} title={moment}>
      {isFar ? `${moment.slice(5, 10)} ${clock}` : clock}
    </time>
  );
}
