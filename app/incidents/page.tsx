import type { Metadata } from 'next';
import { IncidentList } from '#components/incidents/incident-list.tsx';
import { StateLinks } from '#components/incidents/state-links.tsx';
import { NoMoment, PastIncidents } from '#components/moment/past-views.tsx';
import { DetailHead } from '#components/ui/detail-head.tsx';
import type { IncidentsPage as Page } from '#lib/model/contract/incident.ts';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import { unlessNotRead } from '#lib/server/answers/not-read.ts';
import { parseIncidentsQuery } from '#lib/server/answers/parse-incidents-query.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/incidents.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.title };

const WITHIN_MS = 2000;
const FILTERS = ['state', 'service', 'node', 'stack'];

interface Params {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What belongs together of what was wrong, the newest first. */
export default async function IncidentsPage({ searchParams }: Params) {
  const given = await searchParams;
  const at = await readAt(await getVitals(), given);
  if (at !== null) {
    const { asked, knownFromMs } = at;
    if (asked.kind !== 'moment')
      return <NoMoment asked={asked} knownFromMs={knownFromMs} liveHref={toPath('/incidents')} />;
    const filter = readFilters(given);
    // What lasted then was open then.
    filter.delete('state');
    const then = new URLSearchParams(filter);
    for (const name of ['sinceMs', 'untilMs']) then.set(name, String(asked.atMs));
    then.set('limit', '200');
    const vitals = await getVitals();
    const [page, isSeen] = await Promise.all([
      vitals.incidents.list(parseIncidentsQuery(then, Date.now())),
      vitals.moment.isSeen(asked.atMs),
    ]);
    return <PastIncidents atMs={asked.atMs} isSeen={isSeen} query={`${filter}`} page={page} />;
  }
  const params = readFilters(given);
  const filter = params.toString();
  const before = [given.before ?? []].flat()[0] ?? null;
  if (before !== null) params.set('before', before);
  const vitals = await getVitals();
  const asked = vitals.incidents.list(parseIncidentsQuery(params, Date.now()));
  const page = (await answerWithin(asked, WITHIN_MS)) ?? (await readOpen(vitals)) ?? (await asked);
  return (
    <div className="page incidents-page">
      <DetailHead
        trail={[{ text: words.title }]}
        title={words.title}
        sentence={words.intro}
        actions={<StateLinks query={filter} />}
      />
      <IncidentList page={page} query={filter} isBack={before !== null} atMs={Date.now()} />
    </div>
  );
}

/** Those that last; `null`: that cannot be read either. */
async function readOpen({ incidents, history }: Vitals): Promise<Page | null> {
  const open = await unlessNotRead(incidents.open());
  return open === 'not-read' ? null : { incidents: [...open], more: false, history: history.state() };
}

/** What the address asks for, without its place in the list. */
function readFilters(given: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of FILTERS) {
    const value = [given[name] ?? []].flat()[0];
    if (value && (name !== 'state' || value === 'open' || value === 'over')) params.set(name, value);
  }
  return params;
}
