import type { NodePicture } from './picture.ts';

/** The nodes that a name means: the one of this id, else all of this hostname, which need not be unique. */
export function findNodes(nodes: readonly NodePicture[], name: string): NodePicture[] {
  const byId = nodes.filter(({ id }) => id === name);
  return byId.length > 0 ? byId : nodes.filter(({ hostname }) => hostname === name);
}
