import { REPORT_DAYS, type ReportDays } from '#lib/model/contract/report.ts';
import { toDayText } from '#lib/view/report/report-days.ts';
import { QueryError } from './queries.ts';

export interface ReportQuery {
  days: ReportDays;
  /** The end of the last day that it is of, in UTC, or a moment, epoch ms; `null`: now. */
  untilMs: number | null;
  /** By its name; `null`: all. */
  stack: string | null;
  /** By its name or id; `null`: all. Comes before `stack`. */
  service: string | null;
  format: 'json' | 'csv' | 'md';
}

const DEFAULT_DAYS: ReportDays = 30;
const MAX_NAME = 300;
const DAY_MS = 86_400_000;

/**
 * The query of `/reports` and `GET /api/reports`.
 *
 * @throws QueryError
 */
export function parseReportQuery(query: URLSearchParams, nowMs: number): ReportQuery {
  const text = query.get('days');
  const days = text === null || text === '' ? DEFAULT_DAYS : REPORT_DAYS.find((one) => String(one) === text);
  if (days === undefined) throw new QueryError(`days is one of ${REPORT_DAYS.join(', ')}.`);
  const until = query.get('until');
  const untilMs = until === null || until === '' ? null : parseEnd(until);
  if (untilMs !== null && !(untilMs <= nowMs))
    throw new QueryError(
      'until is a day in UTC that is over, such as 2026-10-31, or a moment in milliseconds since 1970.',
    );
  const format = query.get('format') || 'json';
  if (format !== 'json' && format !== 'csv' && format !== 'md')
    throw new QueryError('format is json, csv or md.');
  const read = (name: string) => query.get(name)?.slice(0, MAX_NAME) || null;
  return { days, untilMs, stack: read('stack'), service: read('service'), format };
}

/** The same, where what makes no sense is as if it were not there. */
export function readReportQuery(query: URLSearchParams, nowMs: number): ReportQuery {
  const known = new URLSearchParams(query);
  if (!REPORT_DAYS.some((one) => String(one) === query.get('days'))) known.delete('days');
  known.delete('format');
  if (!(parseEnd(query.get('until') ?? '') <= nowMs)) known.delete('until');
  return parseReportQuery(known, nowMs);
}

/** Where a report ends, epoch ms; NaN: nowhere. */
function parseEnd(text: string): number {
  return /^\d{10,15}$/.test(text) ? Number(text) : parseDay(text) + DAY_MS;
}

/** The beginning of a day, epoch ms; NaN: it is none. */
function parseDay(text: string): number {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // 31 February is taken for 3 March.
  return !Number.isNaN(ms) && toDayText(ms) === text ? ms : Number.NaN;
}
