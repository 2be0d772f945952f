import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { QuorumState } from '#lib/model/contract/quorum.ts';
import type { QuorumStatement } from '#lib/model/contract/statement.ts';

/**
 * The quorum margin. Raft needs more than half of its members, also of those that are down: nodes with a
 * ManagerStatus (swarmkit manager/state/raft), not those that are merely to become managers. One that is down is not
 * relied on, whatever it is called: a manager left alone goes on listing the other as reachable. The one that
 * answers for the swarm is there, also where it calls itself down. `swarmError` is what a manager says of the swarm as a whole, `null` when it is fine.
 */
export function decideQuorum(
  nodes: readonly (Pick<NodePicture, 'reachability' | 'status'> & { id?: string })[],
  swarmError: string | null,
  answeringId: string | null = null,
): QuorumStatement {
  const managers = nodes.filter(({ reachability }) => reachability !== null);
  const reachable = managers.filter(
    ({ id, reachability, status }) =>
      reachability === 'reachable' && (status !== 'down' || (id !== undefined && id === answeringId)),
  ).length;
  const isUnsure = managers.some(({ reachability }) => reachability === 'unknown');
  const needed = Math.floor(managers.length / 2) + 1;
  const is = (state: QuorumState): QuorumStatement => ({
    state,
    managers: managers.length,
    reachable,
    needed,
    error: swarmError,
  });
  if (swarmError !== null) return is('lost');
  if (managers.length === 0) return is('unknown');
  if (reachable < needed) return is(isUnsure ? 'unknown' : 'lost');
  if (managers.length === 1) return is('single');
  return is(reachable === needed ? 'edge' : 'safe');
}
