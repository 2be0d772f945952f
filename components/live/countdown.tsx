'use client';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { formatCountdown } from '#lib/view/format/format-countdown.ts';
import { formatMoment } from '#lib/view/format/format-moment.ts';

/** How long until something, ticking: `in 3 s`. */
export function Countdown({ atMs }: { atMs: number }) {
  const text = useTickingText((nowMs) => formatCountdown(atMs - nowMs));
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs, 'utc')}>
      {text}
    </time>
  );
}
