import type { Metadata } from 'next';
import { PastNothing } from '#components/moment/past-views.tsx';
import { ReportView } from '#components/reports/report-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { selectReport } from '#lib/model/derive/report/derive-report.ts';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import { readReportQuery } from '#lib/server/answers/parse-report-query.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
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
  if (given.at !== undefined) return <PastNothing title={words.title} liveHref={toPath('/reports')} />;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    const first = [value ?? []].flat()[0];
    if (first) params.set(name, first);
  }
  const vitals = await getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const query = readReportQuery(params, Date.now());
  const report = await answerWithin(vitals.reports.report(query), WITHIN_MS);
  return (
    <ReportView
      query={query}
      report={report && selectReport(report, query)}
      swarm={vitals.picture().name}
      isWorstFirst={params.get('order') === 'worst'}
      isAll={params.get('all') === '1'}
      isRead={report !== null}
      history={vitals.history.state()}
    />
  );
}
