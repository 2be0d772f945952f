import type { ServiceHead, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { isJob } from '#lib/model/docker/service.ts';
import { isNodeReady, isProblem, isWatched } from '#lib/model/status/severity.ts';
import { formatCount, plural } from '#lib/view/format/numbers.ts';

/** The swarm in numbers. */
export interface Summary {
  services: { total: number; problems: number; unknown: number };
  nodes: { total: number; ready: number; unread: number };
  replicas: { desired: number; healthy: number; byStatus: Record<ReplicaStatus, number> };
  failingProbes: number;
  /** Those of them whose streak is only watched. */
  watched: number;
  restarts1h: number;
}

/** Counts a picture. Jobs are left out of the replicas: they are meant to end. */
export function toSummary(picture: Pick<SwarmPicture, 'nodes' | 'services'>): Summary {
  const total = emptyTally();
  const replicas = { desired: 0, healthy: 0, byStatus: total.byStatus };
  for (const service of picture.services) {
    const tally = tallyReplicas(service);
    total.failingProbes += tally.failingProbes;
    total.watched += tally.watched;
    total.restarts1h += tally.restarts1h;
    if (isJob(service)) continue;
    replicas.desired += service.desired;
    replicas.healthy += Math.min(service.healthy, service.desired);
    for (const status of REPLICA_STATUSES) total.byStatus[status] += tally.byStatus[status];
  }
  return {
    services: {
      total: picture.services.length,
      problems: picture.services.filter((service) => isProblem(service.verdict)).length,
      unknown: picture.services.filter((service) => service.verdict === 'unknown').length,
    },
    nodes: {
      total: picture.nodes.length,
      ready: picture.nodes.filter(isNodeReady).length,
      unread: picture.nodes.filter((node) => node.status === 'ready' && node.engine.state !== 'live').length,
    },
    replicas,
    failingProbes: total.failingProbes,
    watched: total.watched,
    restarts1h: total.restarts1h,
  };
}

export interface ReplicaTally {
  byStatus: Record<ReplicaStatus, number>;
  /** Replicas whose last probes failed, whether or not Docker has acted on it. */
  failingProbes: number;
  /** Those of them that nobody need act on yet. */
  watched: number;
  restarts1h: number;
}

// Pictures are immutable and shared in parts, so each service is counted once for as long as it stays the same.
const tallies = new WeakMap<ServicePicture, ReplicaTally>();

/** A tally of nothing. */
function emptyTally(): ReplicaTally {
  const byStatus = Object.fromEntries(REPLICA_STATUSES.map((status) => [status, 0]));
  return { byStatus: byStatus as Record<ReplicaStatus, number>, failingProbes: 0, watched: 0, restarts1h: 0 };
}

/** A service's replicas by status. */
export function tallyReplicas(service: ServicePicture): ReplicaTally {
  const known = tallies.get(service);
  if (known !== undefined) return known;
  const tally = emptyTally();
  for (const replica of service.replicas) {
    tally.byStatus[replica.status] += 1;
    tally.restarts1h += replica.restarts1h;
    if ((replica.health?.failingStreak ?? 0) > 0) tally.failingProbes += 1;
    if (isWatched(replica)) tally.watched += 1;
  }
  tallies.set(service, tally);
  return tally;
}

/** A service's counts in words: `3 of 5 replicas healthy`, `2 of 10 runs complete, 2 running`, `scaled to 0`. */
export function describeCounts(service: ServiceHead): string {
  if (isJob(service)) {
    const done = `${formatCount(service.completed ?? 0)} of ${plural(service.desired, 'run')} complete`;
    return service.running > 0 ? `${done}, ${formatCount(service.running)} running` : done;
  }
  if (service.desired === 0) {
    return service.running === 0 ? 'scaled to 0' : `scaled to 0, ${formatCount(service.running)} still up`;
  }
  const word = service.healthCheck === null ? 'running' : 'healthy';
  const count = service.healthCheck === null ? service.running : service.healthy;
  return `${formatCount(count)} of ${plural(service.desired, 'replica')} ${word}`;
}

/** `3 services and 1 node`, `1 node`. */
export function countBoth(services: number, nodes: number): string {
  const parts = [
    services === 0 ? null : plural(services, 'service'),
    nodes === 0 ? null : plural(nodes, 'node'),
  ].filter((part) => part !== null);
  return parts.join(' and ');
}
