import { REPORT_DAYS, type ReportDays } from '#lib/model/contract/report.ts';
import { QueryError } from './queries.ts';

export interface ReportQuery {
  days: ReportDays;
  /** By its name; `null`: all. */
  stack: string | null;
  /** By its name or id; `null`: all. Comes before `stack`. */
  service: string | null;
  format: 'json' | 'csv';
}

const DEFAULT_DAYS: ReportDays = 30;
const MAX_NAME = 300;

/**
 * The query of `/reports` and `GET /api/reports`.
 *
 * @throws QueryError
 */
export function parseReportQuery(query: URLSearchParams): ReportQuery {
  const text = query.get('days');
  const days = text === null || text === '' ? DEFAULT_DAYS : REPORT_DAYS.find((one) => String(one) === text);
  if (days === undefined) throw new QueryError(`days is one of ${REPORT_DAYS.join(', ')}.`);
  const format = query.get('format') || 'json';
  if (format !== 'json' && format !== 'csv') throw new QueryError('format is json or csv.');
  const read = (name: string) => query.get(name)?.slice(0, MAX_NAME) || null;
  return { days, stack: read('stack'), service: read('service'), format };
}

/** The same, where what makes no sense is as if it were not there. */
export function readReportQuery(query: URLSearchParams): ReportQuery {
  const known = new URLSearchParams(query);
  if (!REPORT_DAYS.some((one) => String(one) === query.get('days'))) known.delete('days');
  known.delete('format');
  return parseReportQuery(known);
}
