import type { FleetPicture, FleetProblem, FleetSwarm } from '#lib/model/contract/fleet.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { VERDICTS, type Verdict } from '#lib/model/contract/verdict.ts';
import { isChanging, isProblem } from '#lib/model/status/severity.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import type { SilencedCount } from '#lib/view/wall/describe-silenced.ts';
import * as words from '#words/pages/fleet.ts';

/** How a swarm is, as far as it is known: `bad` somebody must look, `unknown` it is not heard, or does not know itself. */
export type SwarmTone = 'bad' | 'unknown' | 'changing' | 'well' | 'empty';

/** A swarm among the others. */
export interface FleetRow {
  swarm: FleetSwarm;
  tone: SwarmTone;
  /** What it is called by; `unknown` whatever it said last, where it is not heard. */
  verdict: Verdict;
  /** `3 problems`, `Silent`, `Updating`, `All well`. */
  word: string;
}

/** A problem and whose it is. */
export interface FleetProblemRow {
  swarm: string;
  problem: FleetProblem;
}

export interface FleetTotals {
  services: { well: number; total: number };
  replicas: { well: number; total: number; byStatus: Record<ReplicaStatus, number> };
  nodes: { ready: number; total: number; notReady: { host: string; swarm: string } | null };
}

/** All swarms on one page. */
export interface FleetView {
  /** The worst first. */
  rows: FleetRow[];
  bad: number;
  /** Those of which it is not known how they are. */
  unknown: FleetRow[];
  /** So many are heard. */
  heard: number;
  tone: SwarmTone;
  sentence: string;
  hint: string | null;
  /** Of what is known alone. */
  totals: FleetTotals;
  /** What is in no other count. */
  notKnown: { services: number; replicas: number; names: string[]; neverHeard: string[] };
  /** The worst first, what is silenced after what is not; at most {@link MAX_PROBLEMS}. */
  problems: FleetProblemRow[];
  /** How many there are, and in how many swarms. */
  problemCount: number;
  problemSwarms: number;
  /** Of those that are heard. */
  silenced: SilencedCount;
}

const MAX_PROBLEMS = 15;

/** What all swarms together say: what is not heard is in no count, and nothing is well only because nobody says otherwise. */
export function toFleetView({ swarms }: Pick<FleetPicture, 'swarms'>): FleetView {
  const rows = swarms.map(toFleetRow).sort(compareRows);
  const bad = rows.filter(({ tone }) => tone === 'bad');
  const unknown = rows.filter(({ tone }) => tone === 'unknown');
  const changing = rows.filter(({ tone }) => tone === 'changing');
  const known = rows.filter(({ tone }) => tone !== 'unknown');
  const problems = listProblems(rows);
  return {
    rows,
    bad: bad.length,
    unknown,
    heard: rows.filter(({ swarm }) => swarm.state === 'live').length,
    tone: rows[0]?.tone ?? 'empty',
    sentence: words.describeFleet({
      troubles: bad.map(({ swarm: { name, said } }) => ({
        name,
        problems: said?.problems ?? 0,
        worst: said?.worst[0]?.kind === 'swarm' ? null : (said?.worst[0]?.name ?? null),
      })),
      silent: unknown.map(({ swarm }) => swarm.name),
      changing: changing.map(({ swarm }) => swarm.name),
      total: rows.length,
    }),
    hint: toHint(unknown),
    totals: countKnown(known.map(({ swarm }) => swarm)),
    notKnown: countUnknown(rows),
    problems: problems.slice(0, MAX_PROBLEMS),
    problemCount: problems.length,
    problemSwarms: new Set(problems.map(({ swarm }) => swarm)).size,
    silenced: countSilenced(rows),
  };
}

/** How one swarm is, among the others. */
export function toFleetRow(swarm: FleetSwarm): FleetRow {
  const { state, said } = swarm;
  if (state !== 'live' || said === null)
    return {
      swarm,
      tone: 'unknown',
      verdict: 'unknown',
      word: said === null ? words.notHeardYet : words.silent,
    };
  const { verdict, problems, services } = said;
  if (isProblem(verdict)) return { swarm, tone: 'bad', verdict, word: words.problems(Math.max(1, problems)) };
  if (verdict === 'unknown') return { swarm, tone: 'unknown', verdict, word: words.notKnown };
  if (services.total === 0) return { swarm, tone: 'empty', verdict, word: words.noServices };
  const tone = isChanging(verdict) || services.changing > 0 ? 'changing' : 'well';
  return { swarm, tone, verdict, word: words.verdictWord(tone === 'changing', verdict) };
}

/** The worst first: as verdicts stand, then those with more problems, then by name. */
function compareRows(a: FleetRow, b: FleetRow): number {
  return (
    TONES.indexOf(a.tone) - TONES.indexOf(b.tone) ||
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    (b.swarm.said?.problems ?? 0) - (a.swarm.said?.problems ?? 0) ||
    (a.swarm.name < b.swarm.name ? -1 : 1)
  );
}

const TONES: readonly SwarmTone[] = ['bad', 'unknown', 'changing', 'well', 'empty'];

function toHint(unknown: readonly FleetRow[]): string | null {
  const first = unknown.find(({ swarm }) => swarm.reason !== null)?.swarm;
  return first?.reason == null ? null : words.silentHint(first.name, first.reason);
}

const noStatuses = () =>
  Object.fromEntries(REPLICA_STATUSES.map((status) => [status, 0])) as Record<ReplicaStatus, number>;

function countKnown(swarms: readonly FleetSwarm[]): FleetTotals {
  const totals: FleetTotals = {
    services: { well: 0, total: 0 },
    replicas: { well: 0, total: 0, byStatus: noStatuses() },
    nodes: { ready: 0, total: 0, notReady: null },
  };
  for (const { name, said } of swarms) {
    if (said === null) continue;
    const { services, replicas, nodes } = said;
    totals.services.well += services.well;
    totals.services.total += services.total - services.unknown;
    totals.replicas.well += replicas.healthy;
    totals.replicas.total += replicas.desired - Math.min(replicas.desired, replicas.byStatus.unknown);
    for (const status of REPLICA_STATUSES)
      if (status !== 'unknown') totals.replicas.byStatus[status] += replicas.byStatus[status];
    totals.nodes.ready += nodes.ready;
    totals.nodes.total += nodes.total;
    if (nodes.notReady !== null) totals.nodes.notReady ??= { host: nodes.notReady, swarm: name };
  }
  return totals;
}

/** All that silent swarms had when they were last heard, and what the others do not know of themselves. */
function countUnknown(rows: readonly FleetRow[]): FleetView['notKnown'] {
  const counts: FleetView['notKnown'] = { services: 0, replicas: 0, names: [], neverHeard: [] };
  for (const { tone, swarm } of rows) {
    const { name, said } = swarm;
    if (said === null) {
      counts.neverHeard.push(name);
      continue;
    }
    const services = tone === 'unknown' ? said.services.total : said.services.unknown;
    const replicas = tone === 'unknown' ? said.replicas.desired : said.replicas.byStatus.unknown;
    counts.services += services;
    counts.replicas += replicas;
    if (tone === 'unknown' || services + replicas > 0) counts.names.push(name);
  }
  return counts;
}

/** Of all swarms that are heard; one that is not is one problem, however many it had. */
function listProblems(rows: readonly FleetRow[]): FleetProblemRow[] {
  const listed = rows.flatMap(({ swarm, tone }): FleetProblemRow[] =>
    tone === 'unknown' && (swarm.state !== 'live' || swarm.said === null)
      ? [{ swarm: swarm.name, problem: toSilence(swarm) }]
      : (swarm.said?.worst ?? []).map((problem) => ({ swarm: swarm.name, problem })),
  );
  return listed
    .map((row, at) => ({ row, at }))
    .sort(
      (a, b) =>
        Number(isSilenced(a.row)) - Number(isSilenced(b.row)) ||
        Number(b.row.problem.isBad) - Number(a.row.problem.isBad) ||
        VERDICTS.indexOf(a.row.problem.verdict) - VERDICTS.indexOf(b.row.problem.verdict) ||
        a.at - b.at,
    )
    .map(({ row }) => row);
}

/** Does somebody not want to be told of it? */
export const isSilenced = ({ problem }: FleetProblemRow): boolean => problem.silencedUntilMs !== undefined;

/** What was silenced when a swarm was heard last counts for nothing. */
function countSilenced(rows: readonly FleetRow[]): SilencedCount {
  const each = rows.flatMap(({ swarm: { state, said } }) => (state === 'live' ? (said?.silenced ?? []) : []));
  const ends = each.flatMap(({ firstMs, lastMs }) => [firstMs, lastMs]);
  return {
    count: each.reduce((sum, { count }) => sum + count, 0),
    untilMs: ends.length === 0 ? null : Math.min(...ends),
    isAllUntilThen: new Set(ends).size === 1,
  };
}

/** That a swarm is not heard, as a problem of it as a whole. */
export function toSilence({ heardAtMs, reason, said }: FleetSwarm): FleetProblem {
  return {
    id: 'swarm:silent',
    kind: 'swarm',
    name: words.wholeSwarm,
    isBad: false,
    verdict: 'unknown',
    nodeState: null,
    sinceMs: heardAtMs,
    sentence: reason ?? words.why.neverHeard,
    evidence: null,
    counts: said === null ? null : words.replicas(formatCount(said.replicas.desired)),
    cells: [],
    replicas: 0,
  };
}

/** Why a swarm is as it is said to be, in a line. */
export function describeWhy({ swarm, tone }: FleetRow): string {
  const { said, reason } = swarm;
  if (said === null) return reason ?? words.why.neverHeard;
  if (swarm.state !== 'live') return words.why.lastHeard(said.services.well, said.services.total);
  const [worst] = said.worst;
  if (tone !== 'bad' || worst === undefined || worst.kind === 'swarm') return said.sentence;
  return words.why.problem(worst.name, worst.sentence, said.problems - 1);
}
