import { indexReplicas } from '#lib/model/contract/index-replicas.ts';
import type { NodeSummary, NodesPage } from '#lib/model/contract/node-detail.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

/** All nodes with how many replicas are on each, by status. */
export function deriveNodesPage({
  nodes,
  services,
  quorum,
  atMs,
}: Pick<SwarmPicture, 'nodes' | 'services' | 'quorum' | 'atMs'>): NodesPage {
  const counts = new Map<string, NodeSummary['replicas']>(nodes.map(({ id }) => [id, {}]));
  for (const service of services) {
    for (const [nodeId, replicas] of indexReplicas(service)) {
      const own = counts.get(nodeId);
      if (own === undefined) continue;
      for (const { status } of replicas) own[status] = (own[status] ?? 0) + 1;
    }
  }
  return { quorum, nodes: nodes.map((node) => ({ ...node, replicas: counts.get(node.id) ?? {} })), atMs };
}
