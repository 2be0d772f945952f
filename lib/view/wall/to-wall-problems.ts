import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { findNodeLosses, type NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isProblem } from '#lib/model/status/severity.ts';
import { plural } from '#lib/view/format/numbers.ts';
import { toEvidence } from '#lib/view/overview/overview-problems.ts';
import * as words from '#words/pages/wall.ts';

interface ProblemHead {
  /** `service:<id>` or `node:<id>`. */
  id: string;
  name: string;
  /** Somebody must look; otherwise it is only not known how it is. */
  isBad: boolean;
  /** Server's clock; `null` when not known. */
  sinceMs: number | null;
  sentence: string;
  evidence: Evidence | null;
}

/** Something that is not well, or not known to be. */
export type WallProblem =
  | (ProblemHead & { kind: 'service'; service: ServicePicture })
  /** `troubled`: it is up and read, and something is wrong with it. */
  | (ProblemHead & { kind: 'node'; node: NodePicture; troubled: boolean });

const SERVICE_RANKS: Partial<Record<Verdict, number>> = {
  down: 0,
  degraded: 2,
  pending: 4,
  failing: 5,
  unknown: 6,
};
const RANK_NODE_DOWN = 1;
/** What explains others comes before them. */
const RANK_NODE_BROKEN = -1;
const RANK_MANAGER = 3;
const RANK_NODE_UNKNOWN = 7;

/** All that is not well in a wall's scope, the worst first, then the newest. */
export function toWallProblems(
  services: readonly ServicePicture[],
  nodes: readonly NodePicture[],
): WallProblem[] {
  const ranked: { rank: number; problem: WallProblem }[] = [];
  const losses = new Map(findNodeLosses(nodes, services).map((loss) => [loss.nodeId, loss]));
  // What a node explains is said once, of the node.
  const explained = new Set(
    [...losses.values()].flatMap((loss) => loss.services.filter((one) => one.explained).map(({ id }) => id)),
  );
  for (const service of services) {
    const rank = SERVICE_RANKS[service.verdict];
    if (rank === undefined || explained.has(service.id)) continue;
    const { id, name, verdict, sinceMs, sentence } = service;
    const isBad = isProblem(verdict);
    const evidence = toEvidence(service);
    const head = { id: `service:${id}`, name, isBad, sinceMs, sentence, evidence };
    ranked.push({ rank, problem: { kind: 'service', ...head, service } });
  }
  for (const node of nodes) {
    const loss = losses.get(node.id);
    const problem = loss?.kind === 'troubled' ? describeTrouble(loss) : describeNode(node, services);
    if (problem === null) continue;
    const { rank, sentence } = problem;
    const { engine } = node;
    const sinceMs = engine.state === 'live' ? (loss?.sinceMs ?? null) : engine.sinceMs;
    const isBad = rank !== RANK_NODE_UNKNOWN;
    const head = { id: `node:${node.id}`, name: node.hostname, isBad, sinceMs, sentence, evidence: null };
    ranked.push({ rank, problem: { kind: 'node', ...head, node, troubled: loss?.kind === 'troubled' } });
  }
  return ranked
    .sort((a, b) => a.rank - b.rank || (b.problem.sinceMs ?? 0) - (a.problem.sinceMs ?? 0))
    .map(({ problem }) => problem);
}

function describeTrouble({ finding, replicas }: NodeLoss): { rank: number; sentence: string } {
  return { rank: replicas > 0 ? RANK_NODE_BROKEN : RANK_MANAGER, sentence: finding?.sentence ?? '' };
}

/** A drained node that is down is maintenance. An engine that connects for the first time is no problem yet. */
function describeNode(
  node: NodePicture,
  services: readonly ServicePicture[],
): { rank: number; sentence: string } | null {
  const { status, availability, reachability, engine, statusMessage, hostname } = node;
  if (status === 'down' || status === 'disconnected') {
    if (availability === 'drain') return null;
    const taken = services.reduce((sum, { replicas }) => sum + replicas.filter(isLostHere).length, 0);
    const why =
      statusMessage === null || statusMessage === '' ? words.nodeDown : words.nodeDownBecause(statusMessage);
    return {
      rank: RANK_NODE_DOWN,
      sentence: taken === 0 ? why : words.tookAlong(why, plural(taken, 'replica')),
    };
  }
  if (reachability === 'unreachable') {
    return { rank: RANK_MANAGER, sentence: words.managerUnreached };
  }
  if (status === 'unknown') return { rank: RANK_NODE_UNKNOWN, sentence: words.nodeUnknown };
  if (engine.state === 'live' || engine.state === 'connecting') return null;
  const why =
    engine.state === 'unconfigured' ? words.engineUnconfigured : words.engineUnreadBecause(engine.error);
  return { rank: RANK_NODE_UNKNOWN, sentence: words.healthUnknown(why) };

  function isLostHere(replica: ServicePicture['replicas'][number]): boolean {
    return replica.hostname === hostname && replica.status === 'lost';
  }
}
