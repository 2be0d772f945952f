'use client';
import { useMemo, useState } from 'react';
import { Age } from '#components/live/times.tsx';
import { EVENT_LEVEL_LOOKS } from '#components/status/looks.ts';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { useHeld, useReader } from '#lib/client/hooks/use-held.ts';
import type { FleetEvent } from '#lib/model/contract/fleet.ts';
import { toFleetEventKey } from '#lib/view/fleet/apply-fleet-message.ts';
import { foldFleetEvents } from '#lib/view/fleet/fold-fleet-events.ts';
import { toFleetEventHref } from '#lib/view/fleet/to-fleet-href.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import * as eventWords from '#words/pages/events.ts';
import * as words from '#words/pages/fleet.ts';

/** The newest events of all swarms, each a link to what it is about. While somebody reads, new ones wait. */
export function FleetEvents({ events }: { events: readonly FleetEvent[] }) {
  const [isScrolled, setScrolled] = useState(false);
  const { isReading, handlers } = useReader();
  const { shown, waiting, release } = useHeld(events, isReading || isScrolled, toFleetEventKey);
  const folded = useMemo(() => foldFleetEvents(shown), [shown]);
  return (
    <aside
      className="panel events-panel fleet-events"
      aria-labelledby="fleet-events"
      onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollTop > 0)}
      {...handlers}
    >
      <div className="panel-title">
        <h2 id="fleet-events">{words.events}</h2>
        <span role="status" className="events-new">
          {waiting > 0 && (
            <button type="button" onClick={release}>
              {eventWords.newOnes(waiting)}
            </button>
          )}
        </span>
        <a href={toFleetPath('/events')} className="text-[13px] text-accent">
          {words.allEvents}
        </a>
      </div>
      {folded.length === 0 ? (
        <p className="px-4 py-3.5 text-muted">{words.noEvents}</p>
      ) : (
        <ol>
          {folded.map(({ event, others }, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one height stay where they are, and what they say moves on.
            <li key={row} data-event={event.id} data-of={event.swarm} data-level={event.level}>
              <StatusGlyph look={EVENT_LEVEL_LOOKS[event.level]} />
              <span className="min-w-0">
                <span className="swarm-tag" title={event.swarm}>
                  {event.swarm}
                </span>{' '}
                <a href={toFleetEventHref(event)}>{keepTogether(event.text)}</a>
              </span>
              <span className="whitespace-nowrap text-faint">
                {others > 0 && <b className="events-times">{eventWords.times(others + 1)}</b>}
                <Age atMs={event.atMs} form="short" />
              </span>
            </li>
          ))}
        </ol>
      )}
    </aside>
  );
}
