import type { Metadata } from 'next';
import { CopyMoment } from '#components/copy/copy-moment.tsx';
import { IncidentList } from '#components/incidents/incident-list.tsx';
import { StateLinks } from '#components/incidents/state-links.tsx';
import { NoMoment, PastIncidents } from '#components/moment/past-views.tsx';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import { parseIncidentsQuery } from '#lib/server/answers/parse-incidents-query.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
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
    const then = new URLSearchParams({ sinceMs: `${asked.atMs}`, untilMs: `${asked.atMs}`, limit: '200' });
    const page = await (await getVitals()).incidents.list(parseIncidentsQuery(then, Date.now()));
    return <PastIncidents atMs={asked.atMs} page={page} />;
  }
  const params = new URLSearchParams();
  for (const name of FILTERS) {
    const value = [given[name] ?? []].flat()[0];
    if (value && (name !== 'state' || value === 'open' || value === 'over')) params.set(name, value);
  }
  const filter = params.toString();
  const before = [given.before ?? []].flat()[0] ?? null;
  if (before !== null) params.set('before', before);
  const vitals = await getVitals();
  const asked = vitals.incidents.list(parseIncidentsQuery(params, Date.now()));
  const page = (await answerWithin(asked, WITHIN_MS)) ?? {
    incidents: [...vitals.incidents.open()],
    more: false,
    history: vitals.history.state(),
  };
  return (
    <div className="page incidents-page">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h1>{words.title}</h1>
        <div className="flex flex-wrap items-baseline gap-x-6 gap-y-2">
          <StateLinks query={filter} />
          <CopyMoment />
        </div>
      </div>
      <p className="text-muted">{words.intro}</p>
      <IncidentList page={page} query={filter} isBack={before !== null} atMs={Date.now()} />
    </div>
  );
}
