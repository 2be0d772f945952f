import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { isJob } from '#lib/model/docker/is-job-mode.ts';
import { isNodeOk, isProblem } from '#lib/model/status/severity.ts';
import { emptyTally, tallyReplicas } from './tally-replicas.ts';

/** The swarm in numbers. */
export interface Summary {
  services: { total: number; alarming: number; unknown: number };
  nodes: { total: number; ready: number; unread: number };
  replicas: { desired: number; healthy: number; byStatus: Record<ReplicaStatus, number> };
  failingProbes: number;
  restarts1h: number;
}

/** Counts a picture. Jobs are left out of the replicas: they are meant to end. */
export function toSummary(picture: Pick<SwarmPicture, 'nodes' | 'services'>): Summary {
  const total = emptyTally();
  const replicas = { desired: 0, healthy: 0, byStatus: total.byStatus };
  for (const service of picture.services) {
    const tally = tallyReplicas(service);
    total.failingProbes += tally.failingProbes;
    total.restarts1h += tally.restarts1h;
    if (isJob(service.mode)) continue;
    replicas.desired += service.desired;
    replicas.healthy += Math.min(service.healthy, service.desired);
    for (const status of REPLICA_STATUSES) total.byStatus[status] += tally.byStatus[status];
  }
  return {
    services: {
      total: picture.services.length,
      alarming: picture.services.filter((service) => isProblem(service.verdict)).length,
      unknown: picture.services.filter((service) => service.verdict === 'unknown').length,
    },
    nodes: {
      total: picture.nodes.length,
      ready: picture.nodes.filter(isNodeOk).length,
      unread: picture.nodes.filter((node) => node.status === 'ready' && node.engine.state !== 'live').length,
    },
    replicas,
    failingProbes: total.failingProbes,
    restarts1h: total.restarts1h,
  };
}
