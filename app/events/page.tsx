import type { Metadata } from 'next';
import { EventFilters } from '#components/events/event-filters.tsx';
import { EventList } from '#components/events/event-list.tsx';
import { TimelinePanel } from '#components/timeline/timeline-panel.tsx';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAxis } from '#lib/server/past/read-axis.ts';
import { formatEventsFilter, parseEventsFilter, toEventsQuery } from '#lib/view/events/events-filter.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Events' };

const AT_ONCE = 100;
const WITHIN_MS = 2000;

interface Params {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What happened in the swarm, newest first. */
export default async function EventsPage({ searchParams }: Params) {
  const query = await searchParams;
  const atMs = Date.now();
  const filter = parseEventsFilter((name) => [query[name] ?? []].flat(), atMs);
  const before = Number(query.before);
  const beforeId = Number.isSafeInteger(before) && before > 0 ? before : null;
  const vitals = getVitals();
  const asked = vitals.history.events(toEventsQuery(filter, atMs, beforeId, AT_ONCE));
  const [{ axis, key, timeline }, answered] = await Promise.all([
    readAxis(vitals, query, filter.frame, atMs),
    answerWithin(asked, WITHIN_MS),
  ]);
  const page = answered ?? {
    events: [],
    more: false,
    history: vitals.history.state(),
  };
  return (
    <div className="page events-page">
      <h1>Events</h1>
      <TimelinePanel
        axis={axis}
        initial={timeline}
        frame={filter.frame}
        place={{ page: '/events', query: formatEventsFilter({ ...filter, frame: null }), axis: key }}
      />
      <EventFilters
        filter={filter}
        axis={key}
        serviceNames={vitals.picture().services.map(({ name }) => name)}
        hostnames={vitals.picture().nodes.map(({ hostname }) => hostname)}
      />
      <EventList
        key={`${formatEventsFilter(filter)}#${beforeId}`}
        filter={filter}
        initial={page}
        atMs={atMs}
        isBack={beforeId !== null}
      />
    </div>
  );
}
