'use client';
import type { ReactNode } from 'react';
import { CopyMoment } from '#components/copy/copy-moment.tsx';
import { Age } from '#components/live/times.tsx';
import type { Look } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { useHighest } from '#lib/client/hooks/use-highest.ts';
import * as words from '#words/pages/shell.ts';
import { lasting } from '#words/pages/status.ts';
import { Hint } from './hint.tsx';

interface DetailHeadProps {
  /** What it is part of, from the widest on: the last one is the page itself, and leads nowhere. */
  trail: readonly { text: string; href?: string }[];
  title: ReactNode;
  status?: Look | null;
  /** Beside the status: `3 of 5 replicas healthy`. */
  about?: ReactNode;
  /** Since when it is so. */
  sinceMs?: number | null;
  /** Why, in one sentence; `null`: there is nothing to say now; left out: there never is. */
  sentence?: ReactNode;
  /** What to do; `null`: there is nothing now; left out: there never is. */
  hint?: string | null;
  /** What can be done from here: links and buttons. */
  actions?: ReactNode;
  /** Can it be asked for as it was? */
  hasPast?: boolean;
  /** What else belongs to the sentence: its evidence, its root. */
  children?: ReactNode;
  /** For tests and styles: `data-service`. */
  data?: Readonly<Record<`data-${string}`, string>>;
}

/**
 * The one head of all pages of one thing: where it is, its name and status on one line, why, what to do. The lines of the
 * sentence and the hint keep their room, so that nothing moves when one comes or goes.
 */
export function DetailHead({
  trail,
  title,
  status = null,
  about = null,
  sinceMs = null,
  sentence,
  hint,
  actions = null,
  hasPast = true,
  children,
  data,
}: DetailHeadProps) {
  const why = useHighest();
  return (
    <header className="detail-head" {...data}>
      <nav className="text-muted" aria-label={words.breadcrumb}>
        {trail.map(({ text, href }, at) => (
          <span key={text}>
            {at > 0 && ' / '}
            {href === undefined ? text : <a href={href}>{text}</a>}
          </span>
        ))}
      </nav>
      <div className="detail-name">
        <h1>{title}</h1>
        {status !== null && (
          <span className="detail-status">
            <StatusWord look={status} />
          </span>
        )}
        {(about !== null || sinceMs !== null) && (
          <span className="text-[14px] text-muted">
            {about}
            {about !== null && sinceMs !== null && ', '}
            {sinceMs !== null && (
              <>
                {lasting} <Age atMs={sinceMs} form="span" />
              </>
            )}
          </span>
        )}
      </div>
      <div className="detail-actions">
        {actions}
        {hasPast && <CopyMoment />}
      </div>
      <div ref={why}>
        {sentence !== undefined && <div className="detail-sentence">{sentence}</div>}
        {hint !== undefined && (
          <div className="detail-hint">
            <Hint text={hint} />
          </div>
        )}
      </div>
      {children}
    </header>
  );
}
