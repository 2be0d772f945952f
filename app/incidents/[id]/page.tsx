import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { IncidentView } from '#components/incidents/incident-view.tsx';
import { PastIncident } from '#components/moment/past-incident.tsx';
import { NoMoment } from '#components/moment/past-views.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import { unlessNotRead } from '#lib/server/answers/not-read.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { type PastQuery, readAt } from '#lib/server/past/read-at.ts';
import { BROWSER_WITHIN_MS } from '#lib/server/past/read-axis.ts';
import { readSilenceScope } from '#lib/server/silences/may-silence.ts';
import { toCourseWindow } from '#lib/view/incident/to-course.ts';
import { readName } from '#lib/view/links/read-name.ts';
import { toIncidentHref } from '#lib/view/links/to-href.ts';
import { withAt } from '#lib/view/moment/parse-at.ts';
import * as words from '#words/pages/incidents.ts';

export const dynamic = 'force-dynamic';

/** The page does not wait longer for what the browser can ask for. */
const WITHIN_MS = 800;

interface Params extends PastQuery {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const vitals = await getVitals();
  const detail = await unlessNotRead(vitals.incidents.detail(readName((await params).id)));
  return { title: (detail !== 'not-read' && detail?.incident.title) || words.title };
}

/** One incident, from its first sign to its end. */
export default async function IncidentPage({ params, searchParams }: Params) {
  const id = readName((await params).id);
  const vitals = await getVitals();
  const at = await readAt(vitals, await searchParams);
  if (at !== null && at.asked.kind !== 'moment')
    return <NoMoment asked={at.asked} knownFromMs={at.knownFromMs} liveHref={toIncidentHref(id)} />;
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const detail = await unlessNotRead(vitals.incidents.detail(id));
  if (detail === 'not-read') return <WaitThenRefresh />;
  if (detail === null) notFound();
  const then = at?.asked.kind === 'moment' ? at.asked.atMs : null;
  // It turned out to be a part of another one.
  if (detail.incident.id !== id) {
    const href = toIncidentHref(detail.incident.id);
    redirect(then === null ? href : withAt(href, then));
  }
  if (then !== null) return <PastIncident detail={detail} atMs={then} />;
  const atMs = Date.now();
  const window = toCourseWindow(detail, atMs);
  const timeline = await answerWithin(
    vitals.timeline.read(window, AbortSignal.timeout(BROWSER_WITHIN_MS)),
    WITHIN_MS,
  );
  const scope = await readSilenceScope(vitals);
  return <IncidentView initial={detail} timeline={timeline} atMs={atMs} scope={scope} />;
}
