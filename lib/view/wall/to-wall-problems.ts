import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { findNodeLosses, isExplainedBySwarm, type NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import {
  compareRanked,
  listRootIds,
  type ProblemPlace,
  rankProblem,
  toLossPlace,
  toSwarmPlace,
} from '#lib/model/findings/problem-order.ts';
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
  const roots = listRootIds(swarm);
  for (const finding of swarm) {
    const { cause, sentence, evidence, sinceMs } = finding;
    const rank = rankProblem(toSwarmPlace(finding));
    const silencedUntilMs = finding.silenced?.untilMs ?? null;
    const said = { name: words.theSwarm, sinceMs, sentence, evidence, silencedUntilMs };
    const head = { id: `swarm:${cause}`, isBad: true, ...said };
    ranked.push({ kind: 'swarm', rank, ...head, finding });
  }
  const isBySwarm = (service: ServicePicture) => swarm.length > 0 && isExplainedBySwarm(service);
  for (const service of services) {
    const rank = rankProblem(service.verdict);
    if (rank < 0 || explained.has(service.id) || isBySwarm(service)) continue;
    const { id, name, verdict, sinceMs, sentence } = service;
    const isBad = isProblem(verdict);
    const evidence = toEvidence(service);
    const silencedUntilMs = service.silenced?.untilMs ?? null;
    const head = { id: `service:${id}`, name, isBad, sinceMs, sentence, evidence, silencedUntilMs };
    ranked.push({ kind: 'service', rank, ...head, service });
  }
  for (const node of nodes) {
    const loss = losses.get(node.id);
    const sentence =
      loss?.kind === 'impaired' ? (loss.finding?.sentence ?? '') : describeNode(node, loss?.replicas ?? 0);
    if (sentence === null) continue;
    const place = loss === undefined ? toOwnPlace(node, roots) : toLossPlace(loss, roots);
    const rank = rankProblem(place);
    const { engine } = node;
    const sinceMs = engine.state === 'live' ? (loss?.sinceMs ?? null) : engine.sinceMs;
    const isBad = place !== 'unread';
    const evidence = loss === undefined || loss.kind === 'impaired' ? null : listTaken(loss);
    const silencedUntilMs = node.silenced?.untilMs ?? null;
    const said = { name: node.hostname, sinceMs, sentence, evidence, silencedUntilMs };
    const head = { id: `node:${node.id}`, isBad, ...said };
    ranked.push({ kind: 'node', rank, ...head, node, impaired: loss?.kind === 'impaired' });
  }
  return ranked.sort(compareRanked);
}

/** Of one that is lost as nothing: a manager that the others do not reach, or whose state nobody knows. */
function toOwnPlace({ id, findings }: NodePicture, roots: readonly (string | null)[]): ProblemPlace {
  if (roots.includes(id)) return 'root';
  return listNodeProblems(findings)[0]?.cause === 'node-unknown' ? 'unread' : 'impaired';
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
function describeNode(node: NodePicture, taken: number): string | null {
  const { engine, statusMessage } = node;
  switch (listNodeProblems(node.findings)[0]?.cause) {
    case 'node-down':
    case 'node-cut-off': {
      const why =
        statusMessage === null || statusMessage === ''
          ? words.nodeDown
          : words.nodeDownBecause(statusMessage);
      return taken === 0 ? why : words.missingWith(why, taken);
    }
    case 'manager-unreachable':
      return words.managerUnreached;
    case 'node-unknown':
      return words.nodeUnknown;
    case 'engine-unconfigured':
      return words.healthUnknown(words.engineUnconfigured);
    case 'engine-unread':
      return words.healthUnknown(words.engineUnreadBecause(engine.error));
    default:
      return null;
  }
}
