import type { Metadata } from 'next';
import { IncidentList } from '#components/incidents/incident-list.tsx';
import { PastNothing } from '#components/moment/past-views.tsx';
import { TimelinePanel } from '#components/timeline/timeline-panel.tsx';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { answerWithin, toLateHistory } from '#lib/server/answers/answer-within.ts';
import { parseIncidentsQuery } from '#lib/server/answers/parse-incidents-query.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAxis } from '#lib/server/past/read-axis.ts';
import { parseEventsFilter } from '#lib/view/events/events-filter.ts';
import { toTimeWindow } from '#lib/view/history/time-frame.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { events as eventsTitle } from '#words/pages/events.ts';
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
  if (query.at !== undefined) return <PastNothing title={words.title} liveHref={toPath('/timeline')} />;
  const atMs = Date.now();
  const { frame } = parseEventsFilter((name) => [query[name] ?? []].flat(), atMs);
  const vitals = await getVitals();
  const { axis, key, timeline } = await readAxis(vitals, query, frame, atMs);
  const { fromMs, untilMs } = frame === null ? axis.window : toTimeWindow(frame, atMs);
  const asked = { sinceMs: String(Math.round(fromMs)), untilMs: String(Math.round(untilMs)) };
  const params = new URLSearchParams({ ...asked, limit: '200' });
  const page = (await answerWithin(vitals.incidents.list(parseIncidentsQuery(params, atMs)), WITHIN_MS)) ?? {
    incidents: [],
    more: false,
    history: toLateHistory(vitals.history.state()),
  };
  return (
    <div className="page timeline-page">
      <DetailHead
        hasPast={false}
        trail={[{ text: eventsTitle, href: toPath('/events') }, { text: words.title }]}
        title={words.title}
        sentence={words.intro}
      />
      <TimelinePanel
        axis={axis}
        initial={timeline}
        frame={frame}
        place={{ page: '/timeline', query: '', axis: key }}
        stacks={[...new Set(vitals.picture().services.map(({ stack }) => stack))]}
      />
      <h2 className="font-semibold">{words.incidentsOf}</h2>
      {page.more && <p className="text-muted">{words.moreIncidents}</p>}
      <IncidentList page={{ ...page, more: false }} query={`axis=${axis.key}`} isBack={false} atMs={atMs} />
    </div>
  );
}
