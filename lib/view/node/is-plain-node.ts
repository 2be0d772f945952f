import type { NodePicture } from '#lib/model/contract/picture.ts';
import { isNodeOk } from '#lib/model/status/severity.ts';

/** Is there nothing to say of this node but that it is ready and read? */
export function isPlainNode(node: NodePicture): boolean {
  return isNodeOk(node) && node.engine.state === 'live' && node.availability === 'active';
}
