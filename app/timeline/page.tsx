import type { Metadata } from 'next';
import { IncidentList } from '#components/incidents/incident-list.tsx';
import { PastPage } from '#components/moment/past-page.tsx';
import { NoMoment } from '#components/moment/past-views.tsx';
import { TimelinePanel } from '#components/timeline/timeline-panel.tsx';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { answerWithin, toLateHistory } from '#lib/server/answers/answer-within.ts';
import { parseIncidentsQuery } from '#lib/server/answers/parse-incidents-query.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
import { readAxis } from '#lib/server/past/read-axis.ts';
import { parseEventsFilter } from '#lib/view/events/events-filter.ts';
import { toTimeWindow } from '#lib/view/history/time-frame.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { events as eventsTitle } from '#words/pages/events.ts';
import { notKeptTimeline } from '#words/pages/moment.ts';
import * as words from '#words/pages/timeline.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.title };

const WITHIN_MS = 2000;

interface Params {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The swarm on one axis of time, failures by stack; below it the incidents of what is chosen. */
export default async function TimelinePage({ searchParams }: Params) {
  const query = await searchParams;
  const vitals = await getVitals();
  const at = await readAt(vitals, query);
  if (at !== null && at.asked.kind !== 'moment')
    return <NoMoment asked={at.asked} knownFromMs={at.knownFromMs} liveHref={toPath('/timeline')} />;
  const then = at?.asked.kind === 'moment' ? at.asked.atMs : null;
  const atMs = then ?? Date.now();
  const { frame } = parseEventsFilter((name) => [query[name] ?? []].flat(), atMs);
  const { axis: asked, key, timeline } = await readAxis(vitals, query, frame, atMs);
  const axis = then === null ? asked : { ...asked, isNewest: false };
  const { fromMs, untilMs } = frame === null ? axis.window : toTimeWindow(frame, atMs);
  const between = { sinceMs: String(Math.round(fromMs)), untilMs: String(Math.round(untilMs)) };
  const params = new URLSearchParams({ ...between, limit: '200' });
  const page = (await answerWithin(vitals.incidents.list(parseIncidentsQuery(params, atMs)), WITHIN_MS)) ?? {
    incidents: [],
    more: false,
    history: toLateHistory(vitals.history.state()),
  };
  const place = { page: '/timeline', query: then === null ? '' : `at=${then}`, axis: key } as const;
  const body = (
    <>
      <TimelinePanel
        axis={axis}
        initial={timeline}
        frame={frame}
        place={place}
        stacks={[...new Set(vitals.picture().services.map(({ stack }) => stack))]}
      />
      <h2 className="font-semibold">{words.incidentsOf}</h2>
      {page.more && <p className="text-muted">{words.moreIncidents}</p>}
      <IncidentList page={{ ...page, more: false }} query={`axis=${axis.key}`} isBack={false} atMs={atMs} />
    </>
  );
  if (then !== null)
    return (
      <PastPage title={words.title} atMs={then} liveHref={toPath('/timeline')} notKept={notKeptTimeline}>
        {body}
      </PastPage>
    );
  return (
    <div className="page timeline-page">
      <DetailHead
        trail={[{ text: eventsTitle, href: toPath('/events') }, { text: words.title }]}
        title={words.title}
        sentence={words.intro}
      />
      {body}
    </div>
  );
}
