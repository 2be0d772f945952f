import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type {
  Report,
  ReportBar,
  ReportDays,
  ReportIncidents,
  ReportProbes,
  ReportRestarts,
  ServiceReport,
  StackReport,
  UptimeSums,
} from '#lib/model/contract/report.ts';
import type { SloLabel } from '#lib/model/docker/slo.ts';
import { compareText } from '#lib/model/text/compare-text.ts';
import type { IncidentTally } from './incidents.ts';
import { addSums, NO_UPTIME, toSlo, toUptime } from './uptime.ts';

/** What is kept of one service, or of all that had its name, over the time of a report. */
export interface ServicePastTally {
  id: string;
  name: string;
  stack: string | null;
  isGone: boolean;
  sums: UptimeSums;
  /** How long there was such a service, and it was tallied. */
  existedMs: number;
  bars: ReportBar[];
}

export interface ReportParts {
  days: ReportDays;
  fromMs: number;
  untilMs: number;
  barMs: number;
  keptSinceMs: number | null;
  /** In the order of `compareTallies`, which the history's thread has time for. */
  services: readonly ServicePastTally[];
  incidents: IncidentTally;
  isCut: boolean;
  /** By the service's name. */
  ends: readonly { name: string; cause: Cause; count: number }[];
  probes: readonly ({ name: string } & ReportProbes)[];
  /** What the labels of the services that are there say, by name. */
  slos: ReadonlyMap<string, SloLabel>;
  history: HistoryState;
}

const NO_INCIDENTS: ReportIncidents = { count: 0, open: 0, recovery: null };

interface Counted {
  sums: UptimeSums;
  existedMs: number;
  restarts: ReportRestarts;
  probes: ReportProbes | null;
}

/** A report of the whole swarm. */
export function deriveReport(parts: ReportParts): Report {
  const { days, fromMs, untilMs, barMs, keptSinceMs, incidents, slos, isCut, history } = parts;
  const restarts = Map.groupBy(parts.ends, ({ name }) => name);
  const probes = new Map(parts.probes.map(({ name, ...rest }) => [name, rest]));
  const counted = parts.services.map((service) => ({
    ...service,
    restarts: sortRestarts(restarts.get(service.name) ?? []),
    probes: probes.get(service.name) ?? null,
  }));
  const services = counted.map((service): ServiceReport => {
    const { id, name, stack, isGone, bars, sums } = service;
    const slo = slos.get(name);
    return {
      id,
      name,
      stack,
      isGone,
      bars,
      ...toFigures([service], findOwn(incidents.services, name)),
      slo: slo?.kind === 'target' ? toSlo(slo.percent, sums, days * 86_400_000) : null,
    };
  });
  const stacks = [...Map.groupBy(counted, ({ stack }) => stack)].map(
    ([name, members]): StackReport => ({
      name,
      services: members.length,
      ...toFigures(members, findOwn(incidents.stacks, name ?? '')),
    }),
  );
  return {
    ...{ days, fromMs, untilMs, barMs, keptSinceMs, isCut, history },
    scope: { stack: null, service: null },
    total: { services: services.length, ...toFigures(counted, incidents.total) },
    stacks,
    services,
  };
}

function findOwn(of: Record<string, ReportIncidents>, name: string): ReportIncidents {
  return (Object.hasOwn(of, name) ? of[name] : undefined) ?? NO_INCIDENTS;
}

/** By stack, then by name; those of no stack last. */
export function compareTallies(a: Place, b: Place): number {
  if (a.stack === null || b.stack === null) {
    if (a.stack !== b.stack) return a.stack === null ? 1 : -1;
  } else if (a.stack !== b.stack) return compareText(a.stack, b.stack);
  return compareText(a.name, b.name);
}

type Place = Pick<ServicePastTally, 'stack' | 'name'>;

function toFigures(members: readonly Counted[], incidents: ReportIncidents) {
  const sums = members.reduce((all, one) => addSums(all, one.sums), NO_UPTIME);
  const existedMs = members.reduce((all, one) => all + one.existedMs, 0);
  return {
    uptime: toUptime(sums, existedMs),
    incidents,
    restarts: members.length === 1 ? (members[0]?.restarts ?? []) : sumRestarts(members),
    probes: members.map(({ probes }) => probes).reduce(addProbes, null),
  };
}

function sumRestarts(members: readonly Counted[]): ReportRestarts {
  const counts = new Map<Cause, number>();
  for (const { restarts } of members)
    for (const { cause, count } of restarts) counts.set(cause, (counts.get(cause) ?? 0) + count);
  return sortRestarts([...counts].map(([cause, count]) => ({ cause, count })));
}

function sortRestarts(restarts: readonly { cause: Cause; count: number }[]): ReportRestarts {
  return restarts
    .map(({ cause, count }) => ({ cause, count }))
    .sort((a, b) => b.count - a.count || compareText(a.cause, b.cause));
}

function addProbes(a: ReportProbes | null, b: ReportProbes | null): ReportProbes | null {
  if (a === null || b === null) return a ?? b;
  const slowest = b.slowestMs > a.slowestMs ? b : a;
  return { ...slowest, count: a.count + b.count, failed: a.failed + b.failed };
}

/** Of a report of the swarm, one stack or one service; `null`: there is no such thing in it. */
export function selectReport(
  report: Report,
  { stack, service }: { stack: string | null; service: string | null },
): Report | null {
  if (service !== null) {
    const found = report.services.find(({ name, id }) => name === service || id === service);
    if (!found) return null;
    const { uptime, incidents, restarts, probes } = found;
    const total = { services: 1, uptime, incidents, restarts, probes };
    return { ...report, scope: { stack: null, service: found.name }, total, stacks: [], services: [found] };
  }
  if (stack === null) return report;
  const found = report.stacks.find(({ name }) => name === stack);
  if (!found) return null;
  const { name: _, ...total } = found;
  return {
    ...report,
    scope: { stack, service: null },
    total,
    stacks: [found],
    services: report.services.filter((one) => one.stack === stack),
  };
}
