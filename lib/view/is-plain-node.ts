import type { NodePicture } from '#lib/model/picture.ts';
import { isNodeWell } from './is-node-well.ts';

/** Is there nothing to say of this node but that it is ready and read? */
export function isPlainNode(node: NodePicture): boolean {
  return isNodeWell(node) && node.engine.state === 'live' && node.availability === 'active';
}
