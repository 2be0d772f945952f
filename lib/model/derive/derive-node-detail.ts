import { indexReplicas } from '#lib/model/contract/index-replicas.ts';
import type { NodeDetail, NodeReplica } from '#lib/model/contract/node-detail.ts';
import type { NodePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { deriveServiceLosses } from './derive-service-losses.ts';

const RANKS = new Map(REPLICA_STATUSES.map((status, rank) => [status, rank]));

/** One node of the picture with what is on it, problems first. Cheap: services that did not change are not gone through. */
export function deriveNodeDetail(
  picture: Pick<SwarmPicture, 'services' | 'quorum' | 'atMs'>,
  node: NodePicture,
): NodeDetail {
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
