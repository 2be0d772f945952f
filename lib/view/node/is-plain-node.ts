import type { NodePicture } from '#lib/model/contract/picture.ts';
import { isNodeWell } from '#lib/model/status/is-node-well.ts';

/** Is there nothing to say of this node but that it is ready and read? */
export function isPlainNode(node: NodePicture): boolean {
  return isNodeWell(node) && node.engine.state === 'live' && node.availability === 'active';
}
