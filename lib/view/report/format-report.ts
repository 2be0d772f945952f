import type { Report, ServiceReport } from '#lib/model/contract/report.ts';
import { toDayText } from './report-days.ts';

/** The columns of a report as CSV: a name that stays, and the cell. Times are in seconds. */
const COLUMNS: readonly (readonly [name: string, cell: (of: ServiceReport, report: Report) => Cell])[] = [
  ['service', ({ name }) => name],
  ['stack', ({ stack }) => stack],
  ['removed', ({ isGone }) => (isGone ? 'yes' : 'no')],
  ['from', (_, { fromMs }) => new Date(fromMs).toISOString()],
  ['until', (_, { untilMs }) => new Date(untilMs).toISOString()],
  ['uptime_percent', ({ uptime }) => toPercent(uptime.percent)],
  ['known_percent', ({ uptime }) => toPercent(uptime.knownPercent)],
  ['up_seconds', ({ uptime }) => toSeconds(uptime.up)],
  ['reduced_seconds', ({ uptime }) => toSeconds(uptime.reduced)],
  ['down_seconds', ({ uptime }) => toSeconds(uptime.down)],
  ['unknown_seconds', ({ uptime }) => toSeconds(uptime.unknown)],
  ['uncounted_seconds', ({ uptime }) => toSeconds(uptime.uncounted)],
  ['incidents', ({ incidents }) => incidents.count],
  ['incidents_open', ({ incidents }) => incidents.open],
  ['recovery_median_seconds', ({ incidents }) => toSeconds(incidents.recovery?.medianMs)],
  ['recovery_longest_seconds', ({ incidents }) => toSeconds(incidents.recovery?.longestMs)],
  ['restarts', ({ restarts }) => restarts.reduce((sum, { count }) => sum + count, 0)],
  ['restarts_by_cause', ({ restarts }) => restarts.map(({ cause, count }) => `${cause} ${count}`).join(' ')],
  ['probes', ({ probes }) => probes?.count ?? null],
  ['probes_failed', ({ probes }) => probes?.failed ?? null],
  ['slowest_probe_seconds', ({ probes }) => toSeconds(probes?.slowestMs)],
  ['slo_percent', ({ slo }) => slo?.target ?? null],
  ['slo_state', ({ slo }) => slo?.state ?? null],
  ['budget_allowed_seconds', ({ slo }) => toSeconds(slo?.allowedMs)],
  ['budget_left_seconds', ({ slo }) => toSeconds(slo?.leftMs)],
  ['budget_burn', ({ slo }) => (slo?.burn == null ? null : Number(slo.burn.toFixed(3)))],
];

type Cell = string | number | null;

const toSeconds = (ms: number | undefined): Cell => (ms === undefined ? null : Math.round(ms / 100) / 10);

/** Never rounded up: 100 means all of it. */
const toPercent = (percent: number | null): Cell =>
  percent === null ? null : Math.floor(percent * 10_000 + 1e-6) / 10_000;

/** A line for each service, after one with the names of the columns (RFC 4180); each with its end. */
export function* formatReportCsv(report: Report): Generator<string, void, undefined> {
  yield `${COLUMNS.map(([name]) => name).join(',')}\r\n`;
  for (const service of report.services)
    yield `${COLUMNS.map(([, cell]) => formatCell(cell(service, report))).join(',')}\r\n`;
}

/**
 * A text that a spreadsheet would take for a formula is made a text by an apostrophe; numbers are ours. Where a semicolon
 * parts cells, as in half of Europe, a quote in the middle of one holds nothing together: so behind each and each break, too.
 */
export function formatCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = cell.replace(/(^|[;\r\n])(?=[\s"]*[=+\-@|%\t\r＝＋－＠])/g, "$1'");
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a browser calls the file: `report-shop-30d-2026-11-28.csv`. Names are others', and no name of a file. */
export function toReportFile({ scope, days, untilMs }: Report): string {
  const of = (scope.service ?? scope.stack ?? 'swarm').replace(/[^\w.-]+/g, '_').slice(0, 80);
  return `report-${of}-${days}d-${toDayText(untilMs - 1)}.csv`;
}

/** A report as JSON, a service at a time: of a thousand services it is a MB, for which nobody else should wait. */
export function* formatReportJson({ services, ...head }: Report): Generator<string, void, undefined> {
  yield `${JSON.stringify(head).slice(0, -1)},"services":[`;
  for (const [at, service] of services.entries()) yield (at === 0 ? '' : ',') + JSON.stringify(service);
  yield ']}';
}
