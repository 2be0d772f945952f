import type { Metadata } from 'next';
import { EventFilters } from '#components/events/event-filters.tsx';
import { EventList } from '#components/events/event-list.tsx';
import { answerWithin } from '#lib/server/answer-within.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
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
  const page = (await answerWithin(asked, WITHIN_MS)) ?? {
    events: [],
    more: false,
    history: vitals.history.state(),
  };
  return (
    <div className="page events-page">
      <h1>Events</h1>
      <EventFilters
        filter={filter}
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
