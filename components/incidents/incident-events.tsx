'use client';

import { useMemo } from 'react';
import { ClockTime } from '#components/live/times.tsx';
import { EVENT_LEVEL_LOOKS } from '#components/status/looks.ts';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Output } from '#components/ui/output.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { formatOffset } from '#lib/view/copy/format-incident-course.ts';
import { toEventSubjectHref } from '#lib/view/events/event.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { foldEvents } from '#lib/view/incident/fold-events.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/incident.ts';

const AT_ONCE = 60;

interface IncidentEventsProps {
  title: string;
  note: string;
  events: readonly SwarmEvent[];
  startedAtMs: number;
  /** What to say where there are none. */
  empty: string;
  cut: boolean;
}

/** What happened, each with its time and the time since the beginning of the incident. */
export function IncidentEvents({ title, note, events, startedAtMs, empty, cut }: IncidentEventsProps) {
  const folded = useMemo(() => foldEvents(events), [events]);
  const { shown, more } = useMore(folded, AT_ONCE);
  return (
    <Panel title={title} note={note}>
      {cut && <p className="px-[18px] py-3 text-muted">{words.cutEvents}</p>}
      {folded.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{empty}</p>
      ) : (
        <ol className="incident-events">
          {shown.map(({ event, times }) => {
            const href =
              toEventSubjectHref(event) ?? (event.hostname === null ? null : toNodeHref(event.hostname));
            return (
              <li key={event.id} data-event={event.id} data-level={event.level}>
                <span className="incident-time">
                  <ClockTime atMs={event.atMs} />
                </span>
                <span className="incident-offset">{formatOffset(event.atMs - startedAtMs)}</span>
                <StatusGlyph look={EVENT_LEVEL_LOOKS[event.level]} />
                <div className="min-w-0">
                  {href === null ? keepTogether(event.text) : <a href={href}>{keepTogether(event.text)}</a>}
                  {times > 1 && <span className="text-muted"> ×{times}</span>}
                  {event.evidence !== null && !event.text.includes(event.evidence.text.trim() || '—') && (
                    <Output text={event.evidence.text} lead={event.evidence.label} />
                  )}
                </div>
              </li>
            );
          })}
        </ol>
      )}
      {more}
    </Panel>
  );
}
