import type { Metadata } from 'next';
import { EventFilters } from '#components/events/event-filters.tsx';
import { EventList } from '#components/events/event-list.tsx';
import { NoMoment, PastEvents } from '#components/moment/past-views.tsx';
import { TimelinePanel } from '#components/timeline/timeline-panel.tsx';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { answerWithin, toLateHistory } from '#lib/server/answers/answer-within.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
import { readAxis } from '#lib/server/past/read-axis.ts';
import { formatEventsFilter, parseEventsFilter, toEventsQuery } from '#lib/view/events/events-filter.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/events.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.events };

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
  const vitals = await getVitals();
  const at = await readAt(vitals, query);
  if (at !== null) {
    const { asked, knownFromMs } = at;
    if (asked.kind !== 'moment')
      return <NoMoment asked={asked} knownFromMs={knownFromMs} liveHref={toPath('/events')} />;
    // A stretch of time in the address was one of another moment.
    const then = { ...filter, frame: null };
    const untilThen = { ...toEventsQuery(then, asked.atMs, null, AT_ONCE), untilMs: asked.atMs };
    const [page, isSeen] = await Promise.all([
      vitals.history.events(untilThen),
      vitals.moment.isSeen(asked.atMs),
    ]);
    return <PastEvents atMs={asked.atMs} isSeen={isSeen} query={formatEventsFilter(then)} page={page} />;
  }
  const asked = vitals.history.events(toEventsQuery(filter, atMs, beforeId, AT_ONCE));
  const [{ axis, key, timeline }, answered] = await Promise.all([
    readAxis(vitals, query, filter.frame, atMs),
    answerWithin(asked, WITHIN_MS),
  ]);
  const page = answered ?? {
    events: [],
    more: false,
    history: toLateHistory(vitals.history.state()),
  };
  return (
    <div className="page events-page">
      <DetailHead trail={[{ text: words.events }]} title={words.events} sentence={words.intro} />
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
