import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { Quorum, QuorumState } from '#lib/model/contract/quorum.ts';

const LOST = 'the swarm cannot be changed, and nothing that dies is replaced';
const EDGE = 'one more loss and the swarm cannot be changed';

/**
 * The quorum margin in words. Raft needs more than half of its members, also of those that are down: nodes with a
 * ManagerStatus (swarmkit manager/state/raft), not those that are merely to become managers. One that is down is not
 * relied on, whatever it is called: a manager left alone goes on listing the other as reachable. The one that
 * answers for the swarm is there, also where it calls itself down. `swarmError` is what a manager says of the swarm as a whole, `null` when it is fine.
 */
export function decideQuorum(
  nodes: readonly (Pick<NodePicture, 'reachability' | 'status'> & { id?: string })[],
  swarmError: string | null,
  answeringId: string | null = null,
): Quorum {
  const managers = nodes.filter(({ reachability }) => reachability !== null);
  const reachable = managers.filter(
    ({ id, reachability, status }) =>
      reachability === 'reachable' && (status !== 'down' || (id !== undefined && id === answeringId)),
  ).length;
  const isUnsure = managers.some(({ reachability }) => reachability === 'unknown');
  const needed = Math.floor(managers.length / 2) + 1;
  const counts = { managers: managers.length, reachable, needed };
  const of = `${reachable} of ${managers.length} managers reachable`;
  const toQuorum = (state: QuorumState, sentence: string): Quorum => ({ ...counts, state, sentence });

  if (swarmError !== null) return toQuorum('lost', `The swarm cannot be changed now: ${swarmError}`);
  if (managers.length === 0) return toQuorum('unknown', 'No manager is known.');
  if (reachable < needed) {
    return isUnsure
      ? toQuorum('unknown', `${of}, the others are not known: whether ${needed} are there cannot be told`)
      : toQuorum('lost', `${of}, ${needed} are needed: ${LOST}`);
  }
  if (managers.length === 1)
    return toQuorum('single', 'The only manager is reachable: without it, nothing can be changed');
  const margin = reachable - needed;
  if (margin === 0) {
    return toQuorum('edge', managers.length === 2 ? `Both managers reachable: ${EDGE}` : `${of}: ${EDGE}`);
  }
  return toQuorum('safe', `${of}: ${margin === 1 ? 'one more' : `${margin} more`} may be lost`);
}
