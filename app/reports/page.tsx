import type { Metadata } from 'next';
import { PastFrame } from '#components/moment/past-page.tsx';
import { NoMoment } from '#components/moment/past-views.tsx';
import { ReportView } from '#components/reports/report-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { selectReport } from '#lib/model/derive/report/derive-report.ts';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import { readReportQuery } from '#lib/server/answers/parse-report-query.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
import { toReportHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/reports.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.title };

const WITHIN_MS = 8_000;

interface Params {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** How long services were up, and what was wrong with them: of the swarm, a stack or a service, over some days. */
export default async function ReportsPage({ searchParams }: Params) {
  const given = await searchParams;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    const first = [value ?? []].flat()[0];
    if (first) params.set(name, first);
  }
  const vitals = await getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const at = await readAt(vitals, given);
  if (at !== null && at.asked.kind !== 'moment')
    return <NoMoment asked={at.asked} knownFromMs={at.knownFromMs} liveHref={toPath('/reports')} />;
  const then = at?.asked.kind === 'moment' ? at.asked.atMs : null;
  const now = readReportQuery(params, Date.now());
  const query = then === null ? now : { ...now, untilMs: then };
  const report = await answerWithin(vitals.reports.report(query), WITHIN_MS);
  const view = (
    <ReportView
      query={query}
      report={report && selectReport(report, query)}
      swarm={vitals.picture().name}
      isWorstFirst={params.get('order') === 'worst'}
      isAll={params.get('all') === '1'}
      isRead={report !== null}
      history={vitals.history.state()}
      isPast={then !== null}
    />
  );
  if (then === null) return view;
  return (
    <PastFrame atMs={then} liveHref={toReportHref(toLiveQuery(params))}>
      {view}
    </PastFrame>
  );
}

/** What the address asks for besides the moment. */
function toLiveQuery(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...params].filter(([name]) => name !== 'at' && name !== 'until'));
}
