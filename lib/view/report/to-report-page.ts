import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type {
  Report,
  ReportBar,
  ReportRestarts,
  ReportSlo,
  ReportUptime,
  ServiceReport,
} from '#lib/model/contract/report.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { formatPercent } from '#lib/view/history/uptime.ts';
import { nameCause } from '#words/causes.ts';
import * as words from '#words/pages/reports.ts';

/** More are in the CSV. */
const MAX_ROWS = 200;
/** With no more than these, none is folded away. */
const FEW = 12;

const DAY_MS = 86_400_000;

/** What kind of restart it was, for its colour. */
export type RestartKind = 'health' | 'memory' | 'node' | 'other';

const KINDS: Readonly<Partial<Record<Cause, RestartKind>>> = {
  'killed-for-health': 'health',
  'out-of-memory': 'memory',
  'node-down': 'node',
  orphaned: 'node',
};

const RESTART_KINDS: readonly RestartKind[] = ['health', 'memory', 'other', 'node'];

/** How many restarts of each kind; those of none are left out. */
export function countKinds(restarts: ReportRestarts): { kind: RestartKind; count: number }[] {
  const counts = new Map<RestartKind, number>();
  for (const { cause, count } of restarts) {
    const kind = KINDS[cause] ?? 'other';
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return RESTART_KINDS.flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    return count === 0 ? [] : [{ kind, count }];
  });
}

export const countRestarts = (restarts: ReportRestarts) =>
  restarts.reduce((sum, { count }) => sum + count, 0);

const CAUSES_NAMED = 3;

/** `31 × killed for its health, 27 × out of memory, 4 other`. */
export function describeCauses(restarts: ReportRestarts): string {
  const named = restarts.slice(0, CAUSES_NAMED).map(({ cause, count }) => {
    const name = nameCause(cause);
    return `${formatCount(count)} × ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  });
  const others = countRestarts(restarts.slice(CAUSES_NAMED));
  return [...named, ...(others > 0 ? [words.otherCauses(formatCount(others))] : [])].join(', ');
}

export function describeShare(percent: number | null): string {
  return percent === null ? '–' : formatPercent(percent);
}

/** What stands beneath an uptime. */
export function describeDown({ percent, down, reduced }: ReportUptime): string {
  if (percent === null) return '';
  const parts = [down > 0 ? words.down(formatSpan(down)) : words.wasNotDown];
  if (reduced >= 1_000) parts.push(words.reduced(formatSpan(reduced)));
  return parts.join(', ');
}

/** What is left of a budget: how much, how fast it goes, and how much of it as a share for its bar (0 to 1). */
export function describeBudget(slo: ReportSlo, days: number): { left: string; pace: string; share: number } {
  const { state, leftMs, allowedMs, burn } = slo;
  const isOver = state === 'spent';
  const left = isOver ? words.over(formatSpan(-leftMs)) : words.left(formatSpan(leftMs));
  const share = Math.min(1, Math.abs(leftMs) / allowedMs);
  if (burn === null) return { left, pace: '', share };
  if (burn === 0) return { left, pace: words.nothingSpent, share };
  return {
    left,
    pace: burn > 1 ? words.lasts(formatSpan((days * DAY_MS) / burn)) : words.pace(formatPercent(burn * 100)),
    share,
  };
}

/** How well the targets were kept; `unknown`: nothing is known of so many. `null`: there are no targets. */
export function countSlos(
  services: readonly ServiceReport[],
): { kept: number; missed: number; unknown: number; of: number } | null {
  const slos = services.flatMap(({ slo }) => slo ?? []);
  const count = (state: ReportSlo['state']) => slos.filter((slo) => slo.state === state).length;
  const [missed, unknown] = [count('spent'), count('unknown')];
  return slos.length === 0
    ? null
    : { kept: slos.length - missed - unknown, missed, unknown, of: slos.length };
}

/** What stands beside the title, and how grave it is; `null`: no service has a target. */
export interface ReportState {
  word: string;
  kind: 'missed' | 'open' | 'fast' | 'unknown' | 'kept';
}

/** What became of the targets. While something is wrong, or a budget is spent too fast, that goes before what is still kept. */
export function describeSlos({ services, total }: Pick<Report, 'services' | 'total'>): ReportState | null {
  const slos = countSlos(services);
  if (slos === null) return null;
  const { missed, unknown, of } = slos;
  const { open } = total.incidents;
  const fast = services.filter(({ slo }) => slo?.state === 'fast').length;
  if (missed > 0) return { word: words.missed(missed, missed === 1), kind: 'missed' };
  if (open > 0) return { word: words.openNow(formatCount(open), open === 1), kind: 'open' };
  if (fast > 0) return { word: words.fast(fast, fast === 1), kind: 'fast' };
  if (unknown > 0) return { word: words.notKnownOf(unknown, unknown === 1), kind: 'unknown' };
  return { word: words.allKept(of === 1), kind: 'kept' };
}

/** The report in one sentence: who has spent its budget, who soon will have, else who was down for longest. */
export function describeReport({ services, total, days }: Report): string {
  if (total.uptime.percent === null) return words.nothingKnown;
  const withSlo = services.flatMap(({ name, uptime, slo }) => (slo ? [{ name, uptime, slo }] : []));
  const [worst] = withSlo.toSorted((a, b) => a.slo.leftMs / a.slo.allowedMs - b.slo.leftMs / b.slo.allowedMs);
  if (worst?.slo.state === 'spent') {
    const { name, uptime, slo } = worst;
    return words.overBudget(name, formatSpan(uptime.down), formatSpan(-slo.leftMs), `${slo.target} %`);
  }
  const [fast] = withSlo
    .filter(({ slo }) => slo.state === 'fast')
    .toSorted((a, b) => (b.slo.burn ?? 0) - (a.slo.burn ?? 0));
  if (fast) {
    const { name, slo } = fast;
    return words.tooFast(name, formatSpan(slo.leftMs), formatSpan((days * DAY_MS) / (slo.burn ?? 1)));
  }
  const down = services.filter(({ uptime }) => uptime.down > 0);
  const [longest] = down.toSorted((a, b) => b.uptime.down - a.uptime.down);
  if (!longest) return words.notDown;
  const say = down.length === 1 ? words.onlyDown : words.longestDown;
  return say(longest.name, formatSpan(longest.uptime.down));
}

/** Is there something to say of it? */
function isEventful({ uptime, incidents, restarts, slo }: ServiceReport): boolean {
  return (
    uptime.down > 0 || incidents.count > 0 || restarts.length > 0 || (slo !== null && slo.state !== 'kept')
  );
}

/** Worse first: what is over its budget, then who was down for the larger share of its known time. */
export function compareWorst(a: ServiceReport, b: ServiceReport): number {
  const over = ({ slo }: ServiceReport) => Number(slo?.state === 'spent');
  const down = ({ uptime }: ServiceReport) => 100 - (uptime.percent ?? 100);
  return over(b) - over(a) || down(b) - down(a) || countRestarts(b.restarts) - countRestarts(a.restarts);
}

/** Which services have a row, and how many are folded away because there is nothing to say of them. */
export function chooseRows(
  services: readonly ServiceReport[],
  { isWorstFirst, isAll }: { isWorstFirst: boolean; isAll: boolean },
): { rows: ServiceReport[]; quiet: number; isCut: boolean; count: number } {
  const chosen = isAll || services.length <= FEW ? [...services] : services.filter(isEventful);
  // Where there is nothing to say of anybody, nobody is folded away.
  const all = chosen.length === 0 ? [...services] : chosen;
  if (isWorstFirst) all.sort(compareWorst);
  const rows = all.slice(0, MAX_ROWS);
  return { rows, quiet: services.length - all.length, isCut: all.length > MAX_ROWS, count: all.length };
}

/** Those with the largest share of failed probes, at most so many. */
export function findWorstProbes(services: readonly ServiceReport[], limit: number): ServiceReport[] {
  const share = ({ probes }: ServiceReport) => (probes === null ? 0 : probes.failed / probes.count);
  return services
    .filter(({ probes }) => probes !== null && probes.failed > 0)
    .toSorted((a, b) => share(b) - share(a))
    .slice(0, limit);
}

/** The bars in words, for whoever does not see them: `28 × up, 2 × down`. */
export function describeBars(bars: readonly ReportBar[]): string {
  const counts = new Map<ReportBar, number>();
  for (const bar of bars) counts.set(bar, (counts.get(bar) ?? 0) + 1);
  return [...counts].map(([bar, count]) => words.bar(count, words.barNames[bar])).join(', ');
}
