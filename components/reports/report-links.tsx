import { REPORT_DAYS, type Report, type ReportDays } from '#lib/model/contract/report.ts';
import { toReportHref } from '#lib/view/links/to-href.ts';
import { findNeighbours, toDayText } from '#lib/view/report/report-days.ts';
import * as words from '#words/pages/reports.ts';

/** What the address of a report says. */
export interface ReportAddress {
  days: ReportDays;
  /** The end of its last day; `null`: now. */
  untilMs: number | null;
  stack: string | null;
  service: string | null;
  isWorstFirst: boolean;
  isAll: boolean;
}

const DAY_MS = 86_400_000;

/** The query of the page: a report until a moment within a day is one of that moment. */
function toQuery(address: ReportAddress): URLSearchParams {
  const query = toApiQuery(address);
  const { untilMs } = address;
  if (untilMs !== null && untilMs % DAY_MS !== 0) {
    query.delete('until');
    query.set('at', String(untilMs));
  }
  if (address.isWorstFirst) query.set('order', 'worst');
  if (address.isAll) query.set('all', '1');
  return query;
}

/** The same report for programs. */
export function toApiQuery({ days, untilMs, stack, service }: ReportAddress): URLSearchParams {
  const query = new URLSearchParams({ days: String(days) });
  const put = (name: string, value: string | null) => {
    if (value !== null) query.set(name, value);
  };
  const isWholeDay = untilMs !== null && untilMs % DAY_MS === 0;
  put('until', isWholeDay ? toDayText(untilMs - 1) : (untilMs?.toString() ?? null));
  put('stack', stack);
  put('service', service);
  return query;
}

export const toHref = (address: ReportAddress) => toReportHref(Object.fromEntries(toQuery(address)));

/** The same of other days: `until` is the last of them; `null`: now. */
function toHrefUntil(address: ReportAddress, until: string | null): string {
  const query = toQuery(address);
  query.delete('until');
  query.delete('at');
  if (until !== null) query.set('until', until);
  return toReportHref(Object.fromEntries(query));
}

interface ReportLinksProps {
  address: ReportAddress;
  api: string;
  report: Report | null;
}

/** How many days, until when, in which order, and the same for other programs. */
export function ReportLinks({ address, api, report }: ReportLinksProps) {
  const { days, untilMs, isWorstFirst, service } = address;
  const isNewest = untilMs === null;
  const { earlier, later } = report
    ? findNeighbours(report, isNewest, Date.now())
    : { earlier: null, later: null };
  return (
    <div className="report-links">
      <nav className="incident-states" aria-label={words.daysLabel}>
        {REPORT_DAYS.map((one) => (
          <a
            key={one}
            href={toHref({ ...address, days: one })}
            aria-current={one === days ? 'true' : undefined}
          >
            {words.days[one]}
          </a>
        ))}
      </nav>
      {(earlier !== null || !isNewest) && (
        <nav className="incident-states" aria-label={words.timeLabel}>
          {earlier !== null && <a href={toHrefUntil(address, earlier)}>{words.earlier(days)}</a>}
          {later !== null && <a href={toHrefUntil(address, later)}>{words.later(days)}</a>}
          {!isNewest && <a href={toHrefUntil(address, null)}>{words.untilNow}</a>}
        </nav>
      )}
      {service === null && (
        <nav className="incident-states" aria-label={words.orderLabel}>
          {[false, true].map((worst) => (
            <a
              key={String(worst)}
              href={toHref({ ...address, isWorstFirst: worst })}
              aria-current={worst === isWorstFirst ? 'true' : undefined}
            >
              {worst ? words.worstFirst : words.byStack}
            </a>
          ))}
        </nav>
      )}
      <span className="report-files">
        <a href={`${api}&format=csv`} download>
          {words.asCsv}
        </a>
        <a href={api}>{words.asJson}</a>
        <a href={`${api}&format=md`}>{words.asMarkdown}</a>
      </span>
    </div>
  );
}
