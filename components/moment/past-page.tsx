import type { ReactNode } from 'react';
import { Age, Moment } from '#components/live/times.tsx';
import { toPath } from '#lib/view/links/to-path.ts';
import { withAt } from '#lib/view/moment/parse-at.ts';
import * as words from '#words/pages/moment.ts';
import { PastPages } from './past-pages.tsx';

interface PastPageProps {
  title: ReactNode;
  /** The moment; `null`: the address asks for none that there is. */
  atMs: number | null;
  /** The same page of now. */
  liveHref: string;
  /** What this page cannot say of the past. */
  notKept?: string;
  children: ReactNode;
}

/** A page as it was at a moment, with a banner that nobody can take for now. */
export function PastPage({ title, atMs, liveHref, notKept, children }: PastPageProps) {
  return (
    <div className="page past-page" data-at={atMs ?? ''}>
      <PastBanner atMs={atMs} liveHref={liveHref} />
      <h1>{title}</h1>
      {children}
      {atMs !== null && (
        <p>
          <a className="text-accent" href={toAroundHref(atMs)}>
            {words.eventsAround}
          </a>
        </p>
      )}
      {notKept !== undefined && (
        <p className="text-muted" data-not-kept="">
          <b>{words.notKept}:</b> {notKept}
        </p>
      )}
    </div>
  );
}

/** A page with a head of its own, as it was at a moment. */
export function PastFrame({
  atMs,
  liveHref,
  children,
}: Pick<PastPageProps, 'liveHref' | 'children'> & { atMs: number }) {
  return (
    <div className="past-frame" data-at={atMs}>
      <PastBanner atMs={atMs} liveHref={liveHref} />
      {children}
    </div>
  );
}

function PastBanner({ atMs, liveHref }: Pick<PastPageProps, 'atMs' | 'liveHref'>) {
  return (
    <aside className="past-banner" aria-label={words.asItWas}>
      {atMs === null ? null : (
        <span>
          {words.asItWas}{' '}
          <b>
            <Moment atMs={atMs} />
          </b>
          , <Age atMs={atMs} />
        </span>
      )}
      <a href={liveHref}>{words.backToLive}</a>
      {atMs !== null && <Around atMs={atMs} liveHref={liveHref} />}
    </aside>
  );
}

const AROUND_MS = 900_000;

const MINUTE_MS = 60_000;
const STEPS = [
  [-60 * MINUTE_MS, words.hourBefore],
  [-5 * MINUTE_MS, words.minutesBefore],
  [5 * MINUTE_MS, words.minutesAfter],
  [60 * MINUTE_MS, words.hourAfter],
] as const;

/** The other pages of the same moment, and this page some time before and after it. */
function Around({ atMs, liveHref }: { atMs: number; liveHref: string }) {
  return (
    <>
      <nav aria-label={words.steps}>
        {STEPS.map(([stepMs, label]) => (
          <a key={stepMs} href={withAt(liveHref, atMs + stepMs)}>
            {label}
          </a>
        ))}
      </nav>
      <PastPages atMs={atMs} liveHref={liveHref} />
    </>
  );
}

function toAroundHref(atMs: number): string {
  return toPath(`/events?from=${atMs - AROUND_MS}&until=${atMs + AROUND_MS}`);
}
