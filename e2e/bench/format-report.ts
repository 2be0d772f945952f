import type { Machine } from './describe-machine.ts';
import type { Measured } from './measured.ts';
import { ROWS, type Row, type RowName } from './rows.ts';
import type { SizeName } from './sizes.ts';
import type { Summary } from './summarize.ts';

/** All that was measured of one size, or of one dashboard. */
export interface Part {
  /** `null`: somebody else's dashboard, on a swarm whose size we do not know. */
  size: SizeName | null;
  measured: Measured;
  floor: Measured;
}

/** The report as Markdown: a line on the machine, then a table for each part. */
export function formatReport(machine: Machine, parts: readonly Part[]): string {
  return [formatWhere(machine), ...parts.map(formatPart)].join('\n\n');
}

export function formatWhere({ cpu, cores, memoryGB, node, chromium, load }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGB} GB; Node.js ${node}, Chromium ${chromium}; load ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after`;
}

/** Two builds beside each other: a table. */
export function formatPair(size: SizeName, before: Measured, after: Measured): string {
  const lines = listRows(before).map((name) => {
    const row: Row = ROWS[name];
    const ratio = (after[name]?.median ?? Number.NaN) / (before[name]?.median ?? Number.NaN);
    const cells = [
      toTitle(row),
      formatMeasured(before[name]),
      formatMeasured(after[name]),
      Number.isFinite(ratio) ? formatNumber(ratio) : '',
      row.budget?.[size] ?? '',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [`| ${size} | before | after | × | budget |`, '|---|---|---|---|---|', ...lines].join('\n');
}

const listRows = (measured: Measured) =>
  (Object.keys(ROWS) as RowName[]).filter((name) => measured[name] !== undefined);
const toTitle = ({ title, unit }: Row) => (unit === '' ? title : `${title}, ${unit}`);

function formatPart({ size, measured, floor }: Part): string {
  const lines = listRows(measured).map((name) => {
    const row: Row = ROWS[name];
    const own = measured[name];
    const bare = floor[name];
    const promise = size === null ? '' : (row.budget?.[size] ?? '');
    const cells = [
      toTitle(row),
      formatMeasured(own),
      promise,
      formatSummary(bare),
      formatRatio(row, own, bare),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const title = size ?? 'another dashboard';
  return [`| ${title} | measured | budget | bare server | × |`, '|---|---|---|---|---|', ...lines].join('\n');
}

function formatMeasured(summary: Summary | undefined): string {
  const missed = summary && summary.missed > 0 ? ` (${summary.missed} never seen)` : '';
  return `${formatSummary(summary)}${missed}`;
}

/** Median and 95th percentile, where there are several values. */
function formatSummary(summary: Summary | undefined): string {
  if (summary === undefined) return '';
  const { median, p95, values } = summary;
  if (values.length === 0) return 'never';
  return values.length === 1 ? formatNumber(median) : `${formatNumber(median)} / ${formatNumber(p95)}`;
}

function formatRatio({ unit }: Row, own: Summary | undefined, bare: Summary | undefined): string {
  const ratio = unit === 'ms' && own && bare ? own.median / bare.median : Number.NaN;
  return Number.isFinite(ratio) ? formatNumber(ratio) : '';
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value.toFixed(Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}
