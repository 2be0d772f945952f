import type { NodePicture } from '#lib/model/contract/picture.ts';

/** Is nothing wrong with this node, as far as a manager can tell? Pausing or draining it is a wish, not a fault. */
export function isNodeWell(node: NodePicture): boolean {
  return node.status === 'ready' && node.reachability !== 'unreachable';
}
