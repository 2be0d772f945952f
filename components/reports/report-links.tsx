import { REPORT_DAYS, type ReportDays } from '#lib/model/contract/report.ts';
import { toReportHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/reports.ts';

/** What the address of a report says. */
export interface ReportAddress {
  days: ReportDays;
  stack: string | null;
  service: string | null;
  isWorstFirst: boolean;
  isAll: boolean;
}

type Part = 'days' | 'stack' | 'service' | 'order' | 'all';

const ALL_PARTS: readonly Part[] = ['days', 'stack', 'service', 'order', 'all'];

/** The address's query, of these parts. */
export function toQuery(address: ReportAddress, parts: readonly Part[] = ALL_PARTS): URLSearchParams {
  const query = new URLSearchParams();
  const put = (part: Part, value: string | null) => {
    if (value !== null && parts.includes(part)) query.set(part, value);
  };
  put('days', String(address.days));
  put('stack', address.stack);
  put('service', address.service);
  put('order', address.isWorstFirst ? 'worst' : null);
  put('all', address.isAll ? '1' : null);
  return query;
}

export const toHref = (address: ReportAddress) => toReportHref(Object.fromEntries(toQuery(address)));

/** How many days, in which order, and the same for other programs. */
export function ReportLinks({ address, api }: { address: ReportAddress; api: string }) {
  const { days, isWorstFirst, service } = address;
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
      </span>
    </div>
  );
}
