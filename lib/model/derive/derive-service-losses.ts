import { indexReplicas } from '#lib/model/contract/index-replicas.ts';
import type { ServiceLoss } from '#lib/model/contract/node-detail.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { isUp } from '#lib/model/status/severity.ts';

/** What each service would be left with without this node; see `NodeDetail.losses`. */
export function deriveServiceLosses(services: readonly ServicePicture[], nodeId: string): ServiceLoss[] {
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
