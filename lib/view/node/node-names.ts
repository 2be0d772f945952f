import type { NodePicture } from '#lib/model/contract/picture.ts';
import { isNodeReady } from '#lib/model/status/severity.ts';

/** Is there nothing to say of this node but that it is ready and read? */
export function isPlainNode(node: NodePicture): boolean {
  return isNodeReady(node) && node.engine.state === 'live' && node.availability === 'active';
}

/** What each node's page is called, by node id: its hostname, or its id where another node has that hostname, too. */
export function toNodeNames(nodes: readonly Pick<NodePicture, 'id' | 'hostname'>[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const { hostname } of nodes) counts.set(hostname, (counts.get(hostname) ?? 0) + 1);
  return new Map(nodes.map(({ id, hostname }) => [id, counts.get(hostname) === 1 ? hostname : id]));
}
