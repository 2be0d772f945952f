import {
  type FleetProblem,
  type FleetSaid,
  type FleetSwarm,
  MAX_FLEET_CHARS,
  MAX_FLEET_ENGINES,
  MAX_FLEET_PROBLEMS,
} from '#lib/model/contract/fleet.ts';
import type { NodePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { type DoubtFacts, findDoubt, findManagerProblem } from '#lib/model/status/managers.ts';
import { isChanging, isNodeReady, toSwarmCauseFacts } from '#lib/model/status/severity.ts';
import { decideNodeState } from '#lib/view/node/node-state.ts';
import { describeCounts, toSummary } from '#lib/view/overview/summary.ts';
import { toProblemWords } from '#lib/view/wall/to-problem-words.ts';
import { toWallProblems, type WallProblem } from '#lib/view/wall/to-wall-problems.ts';
import { describeManagerProblem, describeUnread } from '#words/managers.ts';

const MAX_CELLS = 12;

/**
 * One swarm among others, as its own pages say it.
 *
 * @param picture as whoever looks may see it
 * @param last the same when it was heard last, of one that is silent; `null`: it was never heard
 */
export function toFleetSwarm(
  name: string,
  picture: SwarmPicture,
  last: SwarmPicture | null,
  nowMs: number,
): FleetSwarm {
  const doubt = findFleetDoubt(picture, nowMs);
  if (doubt === null)
    return { name, state: 'live', heardAtMs: picture.atMs, reason: null, said: toFleetSaid(picture) };
  // Since when its managers are lost is said by its own clock: ahead of ours it would make what is old look newer.
  const sinceMs = Math.min(findManagerProblem(picture.sources)?.sinceMs ?? picture.atMs, picture.atMs);
  return { name, ...doubt, heardAtMs: last && sinceMs, said: last && toFleetSaid(last) };
}

export interface FleetDoubt {
  state: 'silent' | 'waiting';
  reason: string;
}

/** Why what a picture says counts for nothing now; `null`: it does. */
export function findFleetDoubt(picture: DoubtFacts, nowMs: number): FleetDoubt | null {
  const doubt = findDoubt(picture, nowMs);
  if (doubt === null) return null;
  const problem = findManagerProblem(picture.sources, picture.findings);
  // Of whoever may not read errors only the state says that it was tried and failed.
  const isTried = picture.sources.some(({ error, state }) => error !== null || state === 'unreachable');
  if (problem !== null && isTried) return { state: 'silent', reason: describeManagerProblem(problem) };
  return {
    state: doubt.kind === 'not-read-yet' ? 'waiting' : 'silent',
    reason: describeUnread(doubt, problem),
  };
}

function toFleetSaid(picture: SwarmPicture): FleetSaid {
  const { name, demo, verdict, sentence, problems, quorum, nodes, services, findings } = picture;
  const summary = toSummary(picture);
  const { total, unknown } = summary.services;
  const all = toWallProblems(services, nodes, findings);
  const { desired, healthy, byStatus } = summary.replicas;
  return {
    title: cut(name),
    demo,
    verdict,
    sentence: cut(sentence),
    problems,
    services: {
      total,
      well: total - summary.services.problems - unknown,
      unknown,
      changing: services.filter((service) => isChanging(service.verdict)).length,
    },
    replicas: { desired, healthy, byStatus },
    nodes: {
      total: nodes.length,
      ready: summary.nodes.ready,
      notReady: cut(nodes.find((node) => !isNodeReady(node))?.hostname ?? '') || null,
    },
    managers: { total: quorum.managers, reachable: quorum.reachable },
    engines: listEngines(nodes),
    // What is silenced comes after all that is not.
    worst: all
      .toSorted((a, b) => Number(a.silencedUntilMs !== null) - Number(b.silencedUntilMs !== null))
      .slice(0, MAX_FLEET_PROBLEMS)
      .map(toFleetProblem),
    ...toSilenced(all),
  };
}

function toSilenced(problems: readonly WallProblem[]): Pick<FleetSaid, 'silenced'> {
  const ends = problems.map(({ silencedUntilMs }) => silencedUntilMs).filter((atMs) => atMs !== null);
  if (ends.length === 0) return {};
  return { silenced: { count: ends.length, firstMs: Math.min(...ends), lastMs: Math.max(...ends) } };
}

function toFleetProblem(problem: WallProblem): FleetProblem {
  const { id, kind, isBad, sinceMs, evidence: whole, silencedUntilMs } = problem;
  const { name, sentence, evidence } = toProblemWords({
    ...problem,
    name: cut(problem.name),
    sentence: cut(problem.sentence),
    evidence: whole && { label: cut(whole.label), text: cut(whole.text) },
  });
  const service = kind === 'service' ? problem.service : null;
  return {
    id,
    kind,
    name,
    isBad,
    verdict: toVerdict(problem),
    nodeState: kind === 'node' ? decideNodeState(problem.node) : null,
    sinceMs,
    ...(silencedUntilMs === null ? {} : { silencedUntilMs }),
    sentence,
    evidence,
    counts: service && describeCounts(service),
    cells: (service?.replicas ?? [])
      .map(({ status }) => status)
      .sort((a, b) => REPLICA_STATUSES.indexOf(a) - REPLICA_STATUSES.indexOf(b))
      .slice(0, MAX_CELLS),
    replicas: service?.replicas.length ?? 0,
  };
}

function toVerdict(problem: WallProblem): Verdict {
  if (problem.kind === 'service') return problem.service.verdict;
  if (problem.kind === 'swarm') return toSwarmCauseFacts(problem.finding)?.verdict ?? 'degraded';
  return problem.isBad ? 'degraded' : 'unknown';
}

function listEngines(nodes: readonly NodePicture[]): string[] {
  const versions = new Set<string>();
  for (const { engineVersion } of nodes)
    if (engineVersion !== null && versions.size < MAX_FLEET_ENGINES) versions.add(cut(engineVersion));
  return [...versions].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

/** All swarms are sent to all who look: what one of them says, however long, is no burden for the others. */
function cut(text: string): string {
  return text.slice(0, MAX_FLEET_CHARS);
}
