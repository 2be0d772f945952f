import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';

/** Most replicas are in these all the time: they come first, so that what comes and goes leaves no hole before them. */
const STEADY: readonly ReplicaStatus[] = ['healthy', 'running', 'complete'];
const IN_ORDER = [...STEADY, ...REPLICA_STATUSES.filter((status) => !STEADY.includes(status))];

/**
 * The statuses of a row of counts, each at its place: what is there now, and what was there and has left a place that nothing
 * else needed. Counts that come and go push no other.
 *
 * @param held the places until now; empty: there were none
 */
export function toStatusPlaces(
  held: readonly ReplicaStatus[],
  counts: Partial<Record<ReplicaStatus, number>>,
): readonly ReplicaStatus[] {
  const present = IN_ORDER.filter((status) => (counts[status] ?? 0) > 0);
  const fresh = present.filter((status) => !held.includes(status));
  const kept = held.map((status) => (present.includes(status) ? status : (fresh.shift() ?? status)));
  return [...kept, ...fresh];
}
