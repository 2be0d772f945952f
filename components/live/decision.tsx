'use client';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { formatDecision } from '#lib/view/format/format-decision.ts';
import { formatMoment } from '#lib/view/format/format-moment.ts';

/** How long until Docker gives a replica up if its probes go on failing, ticking: `decides in 4 s`. */
export function Decision({ atMs }: { atMs: number }) {
  const text = useTickingText((nowMs) => formatDecision(atMs - nowMs));
  return (
    <time data-decides-at={atMs} dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs, 'utc')}>
      {text}
    </time>
  );
}
