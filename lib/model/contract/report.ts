import type { Availability } from './availability.ts';
import type { Cause } from './diagnosis.ts';
import type { HistoryState } from './history.ts';

/** How many days a report is of. */
export const REPORT_DAYS = [1, 7, 30, 90] as const;

export type ReportDays = (typeof REPORT_DAYS)[number];

/** How long it was what, in milliseconds; what is in none of them nobody knows. */
export type UptimeSums = Record<Availability, number>;

/** The share of the known time in which services were up (availability.ts says what counts). */
export interface ReportUptime extends UptimeSums {
  /** 0 to 100, of `up`, `reduced` and `down`; `null`: nothing is known. */
  percent: number | null;
  /** 0 to 100, of the time that counts; `null`: none did. */
  knownPercent: number | null;
}

/**
 * What a piece of the time was: `up` throughout, `reduced` or `down` for some of it, down for `long`, in part `unknown`,
 * `uncounted`, `none` before it was or when nothing was kept.
 */
export const REPORT_BARS = ['up', 'reduced', 'down', 'long', 'unknown', 'uncounted', 'none'] as const;

export type ReportBar = (typeof REPORT_BARS)[number];

export interface ReportIncidents {
  count: number;
  /** Of these, so many lasted on at the end of the report's time. */
  open: number;
  /** From the first sign until all was whole, of those whose beginning and end were seen; `null`: of none. */
  recovery: { count: number; medianMs: number; longestMs: number } | null;
}

/** Tasks that ended badly, by cause, most first. */
export type ReportRestarts = { cause: Cause; count: number }[];

export interface ReportProbes {
  count: number;
  failed: number;
  /** The slowest, and where it was: the replica's key. */
  slowestMs: number;
  slowestAtMs: number;
  slowestKey: string | null;
}

/**
 * - `kept` what was spent lasts the whole time, at the pace of what is known
 * - `fast` there is some left, and at this pace it does not last
 * - `spent` more than that
 * - `unknown` nothing is known
 */
export const SLO_STATES = ['kept', 'fast', 'spent', 'unknown'] as const;

export interface ReportSlo {
  /** The label `vitals.slo`, in percent. */
  target: number;
  state: (typeof SLO_STATES)[number];
  /** Downtime that it allows in the whole time of the report, milliseconds. */
  allowedMs: number;
  /** What is left of it; less than 0: so much over. */
  leftMs: number;
  /** How fast it is spent: at 1 it just lasts; `null`: nothing is known. */
  burn: number | null;
}

interface ReportFigures {
  uptime: ReportUptime;
  incidents: ReportIncidents;
  restarts: ReportRestarts;
  probes: ReportProbes | null;
}

export interface ServiceReport extends ReportFigures {
  /** Of the newest service of this name. */
  id: string;
  name: string;
  stack: string | null;
  /** It was removed. */
  isGone: boolean;
  /** Of equal length, oldest first. */
  bars: ReportBar[];
  /** `null`: it has no target. */
  slo: ReportSlo | null;
}

export interface StackReport extends ReportFigures {
  /** `null`: services of no stack. */
  name: string | null;
  services: number;
}

/** `GET /api/reports`. */
export interface Report {
  days: ReportDays;
  /** Whole hours: up to an hour later than so many days ago. */
  fromMs: number;
  untilMs: number;
  /** What a bar stands for. */
  barMs: number;
  /** What reports are made of was not kept before; `null`: nothing is yet. */
  keptSinceMs: number | null;
  /** What it is of; both `null`: the swarm. */
  scope: { stack: string | null; service: string | null };
  total: ReportFigures & { services: number };
  /** In the order of their names, services of no stack last. */
  stacks: StackReport[];
  /** By stack, then by name. */
  services: ServiceReport[];
  /** There were more incidents than are counted: the newest are. */
  isCut: boolean;
  history: HistoryState;
}
