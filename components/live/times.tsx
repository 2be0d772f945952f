'use client';

import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { chooseZone, useZone } from '#lib/client/hooks/use-zone.ts';
import {
  formatAge,
  formatAgeShort,
  formatClock,
  formatCountdown,
  formatDecision,
  formatMoment,
  formatSpan,
  formatZone,
} from '#lib/view/format/times.ts';
import * as words from '#words/pages/shell.ts';

interface AgeProps {
  atMs: number;
  /** `ago`: 2 min 14 s ago; `short`: 2 min ago; `span`: 2 min 14 s. */
  form?: 'ago' | 'short' | 'span';
}

const FORMS = { ago: formatAge, short: formatAgeShort, span: formatSpan };

/** How long ago something was, ticking; the moment itself is on the title (LocalTitles puts it in local time). */
export function Age({ atMs, form = 'ago' }: AgeProps) {
  const text = useTickingText((nowMs) => FORMS[form](nowMs - atMs));
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs, 'utc')}>
      {text}
    </time>
  );
}

const DAY_MS = 86_400_000;

/** A moment as clock time, with its date when that is another day than `nearMs`'s; in UTC until the browser's zone is known. */
export function ClockTime({ atMs, nearMs = null }: { atMs: number; nearMs?: number | null }) {
  const zone = useZone();
  const clock = formatClock(atMs, zone);
  const moment = formatMoment(atMs, zone);
  const isFar = nearMs !== null && Math.abs(nearMs - atMs) > DAY_MS;
  return (
    <time dateTime={new Date(atMs).toISOString()} title={moment}>
      {isFar ? `${moment.slice(5, 10)} ${clock}` : clock}
    </time>
  );
}

/** How long until something, ticking: `in 3 s`. */
export function Countdown({ atMs }: { atMs: number }) {
  const text = useTickingText((nowMs) => formatCountdown(atMs - nowMs));
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs, 'utc')}>
      {text}
    </time>
  );
}

/** How long until Docker gives a replica up if its probes go on failing, ticking: `decides in 4 s`. */
export function Decision({ atMs }: { atMs: number }) {
  const text = useTickingText((nowMs) => formatDecision(atMs - nowMs));
  return (
    <time data-decides-at={atMs} dateTime={new Date(atMs).toISOString()} title={formatMoment(atMs, 'utc')}>
      {text}
    </time>
  );
}

/**
 * The server's time with its zone; pressed, all times change between the viewer's zone and UTC. In the first HTML there is
 * none: without JavaScript it would stand still.
 */
export function PageClock() {
  const isHydrated = useHydrated();
  const zone = useZone();
  const clock = useTickingText((nowMs) => formatClock(nowMs, zone));
  const place = useTickingText((nowMs) => formatZone(nowMs, zone));
  const day = useTickingText((nowMs) => formatMoment(nowMs, zone).slice(0, 10));
  return (
    <button
      type="button"
      className={isHydrated ? 'page-clock' : 'page-clock invisible'}
      onClick={() => chooseZone(zone === 'utc' ? 'local' : 'utc')}
      title={words.switchZone(place)}
      data-zone={zone}
      data-day={day}
    >
      {clock} <small>{place}</small>
    </button>
  );
}

/** A moment with its date and its zone; in UTC until the browser's zone is known. */
export function Moment({ atMs }: { atMs: number }) {
  const zone = useZone();
  return <time dateTime={new Date(atMs).toISOString()}>{formatMoment(atMs, zone)}</time>;
}
