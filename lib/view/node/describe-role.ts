import type { NodePicture } from '#lib/model/contract/picture.ts';

/** A node's part in the swarm: `worker`, `manager`, `manager, leader`, `manager, unreachable`. */
export function describeRole({
  role,
  leader,
  reachability,
}: Pick<NodePicture, 'role' | 'leader' | 'reachability'>): string {
  if (role === 'worker') return 'worker';
  if (leader) return 'manager, leader';
  return reachability === 'reachable' || reachability === null ? 'manager' : `manager, ${reachability}`;
}
