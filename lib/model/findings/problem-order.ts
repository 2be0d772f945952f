import type { Finding } from '#lib/model/contract/finding.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { NodeLoss } from './find-node-losses.ts';

/**
 * In which order what is wrong is shown, everywhere. What explains others stands before them, what follows from a node
 * right behind it; then the worst; and what nobody knows is no worse than what is known to be bad.
 */
const PLACES = [
  /** The swarm as a whole has it, by itself. */
  'swarm',
  /** A node from which others suffer. */
  'root',
  /** The swarm as a whole has it because of a node. */
  'follows',
  'down',
  /** A node that is gone, and took nothing along. */
  'lost',
  'degraded',
  /** A node with which something is wrong, and nobody suffers from it. */
  'impaired',
  'pending',
  'failing',
  'unknown',
  'unread',
] as const;

export type ProblemPlace = (typeof PLACES)[number] | Verdict;

/** The lower, the earlier; less than 0: there is nothing to tell. */
export const rankProblem = (place: ProblemPlace): number => (PLACES as readonly string[]).indexOf(place);

export const toSwarmPlace = ({ because }: Pick<Finding, 'because'>): ProblemPlace =>
  because === null ? 'swarm' : 'follows';

/** @param roots the nodes from which the swarm as a whole suffers (`listRootIds`) */
export function toLossPlace(
  { nodeId, kind, services }: Pick<NodeLoss, 'nodeId' | 'kind' | 'services'>,
  roots: readonly (string | null)[],
): ProblemPlace {
  if (kind === 'unread' || kind === 'unconfigured') return 'unread';
  if (services.length > 0 || roots.includes(nodeId)) return 'root';
  return kind === 'impaired' ? kind : 'lost';
}

/** The nodes that explain what the swarm as a whole has. */
export const listRootIds = (findings: readonly Pick<Finding, 'because'>[]) =>
  findings.map(({ because }) => (because?.subject.kind === 'node' ? because.subject.nodeId : null));

interface Ranked {
  rank: number;
  sinceMs: number | null;
}

/** The newest of what has one rank comes first. */
export const compareRanked = (a: Ranked, b: Ranked): number =>
  a.rank - b.rank || (b.sinceMs ?? 0) - (a.sinceMs ?? 0);
