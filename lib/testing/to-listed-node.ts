import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { buildNode } from './build-node.ts';

/** A node of the picture as its managers list it: who leads stands there also of one that is down. */
export function toListedNode({ id, hostname, status, leader, reachability }: NodePicture): SwarmNode {
  const manager = reachability === null ? null : { leader, reachability, address: null };
  return buildNode({ id, hostname, status, manager });
}
