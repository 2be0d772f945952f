'use client';
import { useMemo, useState } from 'react';
import { EventKind, EventTime } from '#components/events/event-parts.tsx';
import { EVENT_LEVEL_LOOKS } from '#components/status/looks.ts';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { useFleet } from '#lib/client/fleet/fleet-context.ts';
import { useHeld, useReader } from '#lib/client/hooks/use-held.ts';
import type { FleetEvent, FleetEventsPage } from '#lib/model/contract/fleet.ts';
import type { SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import { nameEventSubject } from '#lib/view/events/event.ts';
import { toFleetEventKey } from '#lib/view/fleet/apply-fleet-message.ts';
import { foldFleetEvents } from '#lib/view/fleet/fold-fleet-events.ts';
import { beginFleetEvents, keepFleetEvents } from '#lib/view/fleet/keep-fleet-events.ts';
import { toFleetEventHref } from '#lib/view/fleet/to-fleet-href.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import * as eventWords from '#words/pages/events.ts';
import * as words from '#words/pages/fleet.ts';

interface FleetEventListProps {
  page: FleetEventsPage;
  levels: readonly SwarmEventLevel[];
  /** It shows older ones: then nothing comes in at the top. */
  isBack: boolean;
  atMs: number;
}

/** Events of all swarms, each with its swarm and a link into it. New ones come in at the top; while somebody reads, they wait. */
export function FleetEventList({ page, levels, isBack, atMs }: FleetEventListProps) {
  const { isReading, handlers } = useReader();
  const { events, olderUntilMs, isHole } = useKeptEvents({ page, levels, isBack });
  const { shown, waiting, release } = useHeld(events, isReading, toFleetEventKey);
  const folded = useMemo(() => foldFleetEvents(shown), [shown]);
  const toHref = (until: number | null) => {
    const query = new URLSearchParams();
    if (levels.length > 0) query.set('level', levels.join());
    if (until !== null) query.set('until', String(until));
    return `${toFleetPath('/events')}${query.size > 0 ? `?${query}` : ''}`;
  };
  return (
    <div>
      <div role="status" className="events-waiting">
        {isHole ? (
          <button type="button" data-hole onClick={() => location.reload()}>
            {words.someMissing}
          </button>
        ) : (
          waiting > 0 && (
            <button type="button" onClick={release}>
              {eventWords.newOnes(waiting)}
            </button>
          )
        )}
      </div>
      {folded.length === 0 ? (
        <p className="panel p-6 text-muted">
          {olderUntilMs === null && !isHole ? words.noneFits : eventWords.noneAmongNewest}
        </p>
      ) : (
        <ol className="panel event-list" aria-label={eventWords.listLabel} {...handlers}>
          {folded.map(({ event, others }) => (
            <FleetEventRow key={`${event.swarm} ${event.id}`} event={event} count={others + 1} nowMs={atMs} />
          ))}
        </ol>
      )}
      <p className="events-end flex gap-6">
        {isBack && <a href={toHref(null)}>{words.newestEvents}</a>}
        {olderUntilMs === null ? (
          events.length > 0 && !isHole && page.gaps.length === 0 && eventWords.allShown
        ) : (
          <a href={toHref(olderUntilMs)}>{words.olderEvents}</a>
        )}
      </p>
    </div>
  );
}

/** What the page was made with, and all that came since; of older ones what it was made with. */
function useKeptEvents({ page, levels, isBack }: Omit<FleetEventListProps, 'atMs'>) {
  const fleet = useFleet();
  const [first, setKept] = useState(() => beginFleetEvents(page, { fleet, levels }));
  if (isBack) return { ...page, isHole: false };
  const kept = keepFleetEvents(first, { fleet, levels });
  if (kept !== first) setKept(kept);
  return kept;
}

function FleetEventRow({ event, count, nowMs }: { event: FleetEvent; count: number; nowMs: number }) {
  const { swarm, id, atMs, level } = event;
  return (
    <li className="event-row" data-event={id} data-of={swarm} data-level={level}>
      <StatusGlyph look={EVENT_LEVEL_LOOKS[level]} />
      <EventTime atMs={atMs} nowMs={nowMs} />
      <div className="event-text">
        <p>
          <span className="swarm-tag" title={swarm}>
            {swarm}
          </span>{' '}
          {keepTogether(event.text)} {count > 1 && <b className="events-times">{eventWords.times(count)}</b>}
        </p>
      </div>
      <EventKind kind={event.kind} />
      <span className="event-links">
        <a href={toFleetEventHref(event)}>{nameEventSubject(event) ?? event.hostname ?? swarm}</a>
      </span>
    </li>
  );
}
