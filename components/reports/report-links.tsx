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

type Part = 'days' | 'until' | 'stack' | 'service' | 'order' | 'all';

const ALL_PARTS: readonly Part[] = ['days', 'until', 'stack', 'service', 'order', 'all'];

/** The address's query, of these parts. */
export function toQuery(address: ReportAddress, parts: readonly Part[] = ALL_PARTS): URLSearchParams {
  const query = new URLSearchParams();
  const put = (part: Part, value: string | null) => {
    if (value !== null && parts.includes(part)) query.set(part, value);
  };
  put('days', String(address.days));
  put('until', address.untilMs === null ? null : toDayText(address.untilMs - 1));
  put('stack', address.stack);
  put('service', address.service);
  put('order', address.isWorstFirst ? 'worst' : null);
  put('all', address.isAll ? '1' : null);
  return query;
}

export const toHref = (address: ReportAddress) => toReportHref(Object.fromEntries(toQuery(address)));

/** The same of other days: `until` is the last of them; `null`: now. */
function toHrefUntil(address: ReportAddress, until: string | null): string {
  const query = toQuery(address);
  query.delete('until');
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
