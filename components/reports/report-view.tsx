import { HistoryNotice } from '#components/history/history-notice.tsx';
import { ClockTime } from '#components/live/times.tsx';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { Report, ReportDays } from '#lib/model/contract/report.ts';
import { toReportHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { describeReport, describeSlos, type ReportState } from '#lib/view/report/to-report-page.ts';
import * as words from '#words/pages/reports.ts';
import { ReportActions } from './report-actions.tsx';
import { ReportFigures } from './report-figures.tsx';
import { type ReportAddress, ReportLinks, toApiQuery } from './report-links.tsx';
import { ReportTable } from './report-table.tsx';
import { WorstProbes } from './worst-probes.tsx';

interface ReportViewProps {
  query: { days: ReportDays; untilMs: number | null; stack: string | null; service: string | null };
  /** `null`: nothing of that name, or the history cannot be read. */
  report: Report | null;
  swarm: string;
  isWorstFirst: boolean;
  isAll: boolean;
  isRead: boolean;
  history: HistoryState;
  /** Below the banner of a moment, until which it is. */
  isPast?: boolean;
}

const STATE_LOOKS: Record<ReportState['kind'], string> = {
  missed: 's-unhealthy',
  open: 's-unhealthy',
  fast: 's-failing',
  unknown: 's-unknown',
  kept: 's-healthy',
};

/** A report: in a sentence, in figures, service by service, and how it is counted. To be printed, too. */
export function ReportView({
  query,
  report,
  swarm,
  isWorstFirst,
  isAll,
  isRead,
  history,
  isPast = false,
}: ReportViewProps) {
  const address: ReportAddress = { ...query, isWorstFirst, isAll };
  const of = report?.scope.service ?? report?.scope.stack ?? query.service ?? query.stack ?? null;
  const isWhole = of === null;
  const state = report && describeSlos(report);
  const api = toPath(`/api/reports?${toApiQuery(address)}`);
  return (
    <div className="page report-page">
      <DetailHead
        hasPast={!isPast}
        trail={
          isWhole
            ? [{ text: words.title }]
            : [{ text: words.title, href: toReportHref({ days: String(query.days) }) }, { text: of }]
        }
        title={words.heading(of ?? swarm, query.days)}
        status={state && { word: state.word, className: STATE_LOOKS[state.kind] }}
        about={
          report && (
            <span className="report-time">
              <ClockTime atMs={report.fromMs} nearMs={0} /> {words.until}{' '}
              <ClockTime atMs={report.untilMs} nearMs={0} />
            </span>
          )
        }
        sentence={
          report === null ? (isRead ? words.nothingOfName : words.unreadable) : describeReport(report)
        }
        actions={report && <ReportActions api={api} swarm={swarm} isEmpty={report.keptSinceMs === null} />}
        data={{ 'data-report': of ?? 'swarm' }}
      />
      <ReportLinks address={address} api={api} report={report} />
      {report !== null && (
        <>
          <KeptNotice report={report} />
          <ReportFigures report={report} />
          <ReportTable report={report} address={address} />
          <WorstProbes services={report.services} />
          <Panel title={words.howTitle}>
            <div className="report-how">
              {words.how.map(([lead, text]) => (
                <p key={lead}>
                  <b>{lead}</b> {text}
                </p>
              ))}
            </div>
          </Panel>
        </>
      )}
      <HistoryNotice history={report?.history ?? history} />
    </div>
  );
}

/** Of a part of this time nothing was kept, or not all incidents are counted. */
function KeptNotice({ report: { keptSinceMs, fromMs, isCut } }: { report: Report }) {
  return (
    <>
      {keptSinceMs === null ? (
        <p className="report-notice">{words.nothingKept}</p>
      ) : (
        keptSinceMs > fromMs && (
          <p className="report-notice" data-kept-since={keptSinceMs}>
            {words.notKeptBefore} <ClockTime atMs={keptSinceMs} nearMs={0} />.
          </p>
        )
      )}
      {isCut && <p className="report-notice">{words.cut}</p>}
    </>
  );
}
