import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { Quorum } from '#lib/model/contract/quorum.ts';

/** What the managers are left with when this node goes; `null` when it is none of them, or not there already. */
export function describeManagerLoss(
  { managers, reachable, needed, state }: Quorum,
  node: Pick<NodePicture, 'role' | 'reachability'>,
): string | null {
  if (node.role !== 'manager' || node.reachability !== 'reachable' || state === 'lost') return null;
  const left = reachable - 1;
  if (left >= needed) return `The swarm can still be changed: ${left} of ${managers} managers remain.`;
  if (managers === 1) return 'It is the only manager: the swarm cannot be changed without it.';
  return `The swarm cannot be changed then: ${left} of ${managers} managers remain, ${needed} are needed.`;
}
