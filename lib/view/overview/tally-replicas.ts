import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';

export interface ReplicaTally {
  byStatus: Record<ReplicaStatus, number>;
  /** Replicas whose last probes failed, whether or not Docker has acted on it. */
  failingProbes: number;
  restarts1h: number;
}

// Pictures are immutable and shared in parts, so each service is counted once for as long as it stays the same.
const tallies = new WeakMap<ServicePicture, ReplicaTally>();

/** A tally of nothing. */
export function emptyTally(): ReplicaTally {
  const byStatus = Object.fromEntries(REPLICA_STATUSES.map((status) => [status, 0]));
  return { byStatus: byStatus as Record<ReplicaStatus, number>, failingProbes: 0, restarts1h: 0 };
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
  }
  tallies.set(service, tally);
  return tally;
}
