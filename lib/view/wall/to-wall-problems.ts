import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { findNodeLosses, isExplainedBySwarm, type NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isProblem, listNodeProblems, listSwarmRoots } from '#lib/model/status/severity.ts';
import { toEvidence } from '#lib/view/overview/overview-problems.ts';
import * as words from '#words/pages/wall.ts';

interface ProblemHead {
  /** `service:<id>`, `node:<id>` or `swarm:<cause>`. */
  id: string;
  /** The lower, the worse. */
  rank: number;
  name: string;
  /** Somebody must look; otherwise it is only not known how it is. */
  isBad: boolean;
  /** Server's clock; `null` when not known. */
  sinceMs: number | null;
  sentence: string;
  evidence: Evidence | null;
  /** Until when somebody does not want to be told of it; `null`: they do. */
  silencedUntilMs: number | null;
}

/** Something that is not well, or not known to be. */
export type WallProblem =
  | (ProblemHead & { kind: 'service'; service: ServicePicture })
  /** `impaired`: it is there, and has something that others on it suffer from. */
  | (ProblemHead & { kind: 'node'; node: NodePicture; impaired: boolean })
  /** The swarm as a whole has it. */
  | (ProblemHead & { kind: 'swarm'; finding: Finding });

const SERVICE_RANKS: Partial<Record<Verdict, number>> = {
  down: 0,
  degraded: 2,
  pending: 4,
  failing: 5,
  unknown: 6,
};
const RANK_NODE_DOWN = 1;
/** What explains others comes before them. */
const RANK_ROOT = -1;
const RANK_MANAGER = 3;
const RANK_FOLLOWS = 3.5;
const RANK_NODE_UNKNOWN = 7;

/**
 * All that is not well in a wall's scope, the worst first, then the newest.
 *
 * @param findings of the swarm as a whole, where the wall covers it
 */
export function toWallProblems(
  services: readonly ServicePicture[],
  nodes: readonly NodePicture[],
  findings: readonly Finding[],
): WallProblem[] {
  const ranked: WallProblem[] = [];
  const losses = new Map(findNodeLosses(nodes, services).map((loss) => [loss.nodeId, loss]));
  // What a node explains is said once, of the node.
  const explained = new Set(
    [...losses.values()].flatMap((loss) => loss.services.filter((one) => one.explained).map(({ id }) => id)),
  );
  const swarm = listSwarmRoots(findings);
  for (const finding of swarm) {
    const { cause, sentence, evidence, sinceMs, because } = finding;
    // What follows from a lost node comes after that.
    const rank = because === null ? RANK_ROOT : RANK_FOLLOWS;
    const silencedUntilMs = finding.silenced?.untilMs ?? null;
    const said = { name: words.theSwarm, sinceMs, sentence, evidence, silencedUntilMs };
    const head = { id: `swarm:${cause}`, isBad: true, ...said };
    ranked.push({ kind: 'swarm', rank, ...head, finding });
  }
  const isBySwarm = (service: ServicePicture) => swarm.length > 0 && isExplainedBySwarm(service);
  for (const service of services) {
    const rank = SERVICE_RANKS[service.verdict];
    if (rank === undefined || explained.has(service.id) || isBySwarm(service)) continue;
    const { id, name, verdict, sinceMs, sentence } = service;
    const isBad = isProblem(verdict);
    const evidence = toEvidence(service);
    const silencedUntilMs = service.silenced?.untilMs ?? null;
    const head = { id: `service:${id}`, name, isBad, sinceMs, sentence, evidence, silencedUntilMs };
    ranked.push({ kind: 'service', rank, ...head, service });
  }
  for (const node of nodes) {
    const loss = losses.get(node.id);
    const problem =
      loss?.kind === 'impaired' ? describeImpaired(loss) : describeNode(node, loss?.replicas ?? 0);
    if (problem === null) continue;
    const { rank, sentence } = problem;
    const { engine } = node;
    const sinceMs = engine.state === 'live' ? (loss?.sinceMs ?? null) : engine.sinceMs;
    const isBad = rank !== RANK_NODE_UNKNOWN;
    const evidence = loss === undefined || loss.kind === 'impaired' ? null : listTaken(loss);
    const silencedUntilMs = node.silenced?.untilMs ?? null;
    const said = { name: node.hostname, sinceMs, sentence, evidence, silencedUntilMs };
    const head = { id: `node:${node.id}`, isBad, ...said };
    ranked.push({ kind: 'node', rank, ...head, node, impaired: loss?.kind === 'impaired' });
  }
  return ranked.sort((a, b) => a.rank - b.rank || (b.sinceMs ?? 0) - (a.sinceMs ?? 0));
}

function describeImpaired({ finding, replicas }: NodeLoss): { rank: number; sentence: string } {
  return { rank: replicas > 0 ? RANK_ROOT : RANK_MANAGER, sentence: finding?.sentence ?? '' };
}

/** No wall has room for more of them. */
const MAX_NAMES = 40;

/** What is said of them with the node alone is named there. */
function listTaken({ services }: NodeLoss): Evidence | null {
  const taken = services.filter(({ keys }) => keys.length > 0);
  if (taken.length === 0) return null;
  const names = taken.slice(0, MAX_NAMES).map(({ name }) => name);
  return { label: words.missingOf(taken.length), text: names.join(', ') };
}

/** By the worst of its problems: what is merely expected of it, or worth knowing, is none. */
function describeNode(node: NodePicture, taken: number): { rank: number; sentence: string } | null {
  const { engine, statusMessage } = node;
  switch (listNodeProblems(node.findings)[0]?.cause) {
    case 'node-down':
    case 'node-cut-off': {
      const why =
        statusMessage === null || statusMessage === ''
          ? words.nodeDown
          : words.nodeDownBecause(statusMessage);
      return {
        rank: taken === 0 ? RANK_NODE_DOWN : RANK_ROOT,
        sentence: taken === 0 ? why : words.missingWith(why, taken),
      };
    }
    case 'manager-unreachable':
      return { rank: RANK_MANAGER, sentence: words.managerUnreached };
    case 'node-unknown':
      return { rank: RANK_NODE_UNKNOWN, sentence: words.nodeUnknown };
    case 'engine-unconfigured':
      return { rank: RANK_NODE_UNKNOWN, sentence: words.healthUnknown(words.engineUnconfigured) };
    case 'engine-unread':
      return {
        rank: RANK_NODE_UNKNOWN,
        sentence: words.healthUnknown(words.engineUnreadBecause(engine.error)),
      };
    default:
      return null;
  }
}
