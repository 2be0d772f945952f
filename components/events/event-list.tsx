'use client';
import { type MouseEvent, useEffect, useMemo } from 'react';
import { HistoryNotice, isHistoryTroubled } from '#components/history/history-notice.tsx';
import { useInView } from '#lib/client/hooks/use-element.ts';
import { useEvents } from '#lib/client/hooks/use-events.ts';
import { useReader } from '#lib/client/hooks/use-held.ts';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import type { EventsPage } from '#lib/model/contract/history.ts';
import { type EventsFilter, formatEventsFilter } from '#lib/view/events/events-filter.ts';
import { foldEvents } from '#lib/view/events/fold-events.ts';
import { MAX_WAITING } from '#lib/view/events/known-events.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/events.ts';
import { noneReadable } from '#words/pages/history.ts';
import { EventRow } from './event-row.tsx';

interface EventListProps {
  filter: EventsFilter;
  initial: EventsPage;
  /** The server's clock when it answered. */
  atMs: number;
  /** The address asked for what is before some event: then nothing comes in at the top. */
  isBack: boolean;
}

const HEADER_PX = 72;
const AHEAD_PX = 600;

/** Events, newest first: what happens comes in at the top while one is there, older ones at the end as one gets there. */
export function EventList({ filter, initial, atMs, isBack }: EventListProps) {
  const isHydrated = useHydrated();
  const [top, isTopInView] = useInView<HTMLDivElement>(-HEADER_PX);
  const { isReading, handlers } = useReader();
  const [end, isEndInView] = useInView<HTMLDivElement>(AHEAD_PX);
  const { events, waiting, more, olderFromId, isLookEnded, ...asking } = useEvents(filter, initial, {
    isAtTop: isTopInView && !isBack && !isReading,
    isAtEnd: isEndInView,
  });
  const { isAsking, error, history, showWaiting, askOlder } = asking;
  // Where few are theirs a short list would look through all that is kept.
  const isWanted = isHydrated && isEndInView && more && !isLookEnded && error === null && !isAsking;
  useEffect(() => {
    if (isWanted) askOlder();
  }, [isWanted, askOlder]);

  const folded = useMemo(() => foldEvents(events), [events]);
  const query = formatEventsFilter(filter);
  const onWaiting = () => {
    showWaiting();
    scrollTo({ top: 0 });
  };
  const onOlder = (event: MouseEvent) => {
    event.preventDefault();
    askOlder();
  };
  return (
    <div>
      {isHistoryTroubled(history) && <HistoryNotice history={history} />}
      <div ref={top} />
      <div role="status" className="events-waiting">
        {waiting > 0 && (
          <button type="button" onClick={onWaiting}>
            ↑ {waiting >= MAX_WAITING && `${words.moreThan} `}
            {words.fresh(formatCount(waiting), waiting === 1)}
          </button>
        )}
      </div>
      {events.length === 0 ? (
        <p className="panel p-6 text-muted">
          {isHistoryTroubled(history) && noneReadable}
          {!isHistoryTroubled(history) &&
            (more ? words.noneAmongNewest : query === '' ? words.noneYet : words.noneMatch)}
        </p>
      ) : (
        <ol className="panel event-list" aria-label={words.listLabel} aria-busy={isAsking} {...handlers}>
          {folded.map(({ event, others }) => (
            <EventRow key={event.id} event={event} others={others} nowMs={atMs} />
          ))}
        </ol>
      )}
      <div ref={end} />
      <p className="events-end">
        {error !== null && words.unreadable(error.message)}
        {more && olderFromId !== null ? (
          <a
            href={toPath(`/events?${query === '' ? '' : `${query}&`}before=${olderFromId}`)}
            onClick={onOlder}
          >
            {isAsking ? words.readingOlder : words.olderEvents}
          </a>
        ) : (
          events.length > 0 && words.allShown
        )}
      </p>
      {!isHistoryTroubled(history) && <HistoryNotice history={history} />}
    </div>
  );
}
