import type {
  NodeDescription,
  NodeReplica,
  NodeSituation,
  NodeSummary,
  NodesPage,
  ServiceLoss,
} from '#lib/model/contract/node-detail.ts';
import type { NodePicture, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { indexReplicas } from '#lib/model/contract/picture-lookup.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { isUp } from '#lib/model/status/severity.ts';

const RANKS = new Map(REPLICA_STATUSES.map((status, rank) => [status, rank]));

/** One node of the picture with what is on it, problems first. Cheap: services that did not change are not gone through. */
export function deriveNodeSituation(
  picture: Pick<SwarmPicture, 'services' | 'quorum' | 'atMs'>,
  node: NodePicture,
): NodeSituation {
  const replicas: NodeReplica[] = [];
  for (const service of picture.services) {
    for (const replica of indexReplicas(service).get(node.id) ?? [])
      replicas.push({ serviceId: service.id, serviceName: service.name, replica });
  }
  // The order of services is kept within a status: sorting is stable.
  replicas.sort((a, b) => toRank(a) - toRank(b));
  return {
    ...node,
    replicas,
    losses: deriveServiceLosses(picture.services, node.id),
    quorum: picture.quorum,
    atMs: picture.atMs,
  };
}

function toRank({ replica }: NodeReplica): number {
  return RANKS.get(replica.status) ?? 0;
}

/** What each service would be left with without this node; see `NodeDetail.losses`. */
function deriveServiceLosses(services: readonly ServicePicture[], nodeId: string): ServiceLoss[] {
  const losses: ServiceLoss[] = [];
  for (const service of services) {
    const { mode } = service;
    if (mode.kind === 'replicated-job' || mode.kind === 'global-job') continue;
    const here = countUp(indexReplicas(service).get(nodeId) ?? []);
    if (here === 0) continue;
    const global = mode.kind === 'global';
    losses.push({
      serviceId: service.id,
      serviceName: service.name,
      here,
      kept: countUp(service.replicas) - here,
      desired: global ? Math.max(0, service.desired - 1) : service.desired,
      global,
    });
  }
  return losses.sort((a, b) => Number(a.global) - Number(b.global) || share(a) - share(b));
}

function countUp(replicas: readonly { status: ServicePicture['replicas'][number]['status'] }[]): number {
  let up = 0;
  for (const { status } of replicas) if (isUp(status)) up++;
  return up;
}

function share({ kept, desired }: ServiceLoss): number {
  return desired === 0 ? 1 : kept / desired;
}

/** What a node is; `reserved` is our own sum of what its tasks reserve. */
export function toNodeDescription(
  node: SwarmNode,
  reserved: { cpuNano: number; memoryBytes: number; generic: Record<string, number>; tasks: number } | null,
): NodeDescription {
  return {
    platform: { os: node.os, architecture: node.architecture },
    resources: { cpuNano: node.cpuNano, memoryBytes: node.memoryBytes, generic: node.generic },
    reserved: reserved && {
      ...reserved,
      generic: Object.entries(reserved.generic).map(([kind, count]) => `${kind}=${count}`),
    },
    labels: node.labels,
    engineLabels: node.engineLabels,
    plugins: node.plugins,
    joinedAtMs: node.createdAtMs,
    raftAddress: node.manager?.address ?? null,
  };
}

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
