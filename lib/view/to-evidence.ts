import type { Replica, ServicePicture } from '#lib/model/picture.ts';
import type { Probe } from '#lib/model/probe.ts';
import { REPLICA_STATUSES } from '#lib/model/replica-status.ts';

/** What proves a service's trouble: a failed probe, or Docker's own words. */
export type Evidence =
  | { kind: 'probe'; replica: Replica; probe: Probe }
  | { kind: 'error'; replica: Replica; error: string };

function toReplicaEvidence(replica: Replica): Evidence | null {
  const probe = replica.health?.lastProbe ?? null;
  if (probe !== null && probe.exitCode !== 0) return { kind: 'probe', replica, probe };
  return replica.error === null || replica.error === ''
    ? null
    : { kind: 'error', replica, error: replica.error };
}

/** The evidence beside a service's sentence, from the replica that is worst off; `null` when there is none. */
export function toEvidence(service: ServicePicture): Evidence | null {
  let found: Evidence | null = null;
  let rank: number = REPLICA_STATUSES.indexOf('stopping');
  for (const replica of service.replicas) {
    const own = REPLICA_STATUSES.indexOf(replica.status);
    if (own >= rank) continue;
    const evidence = toReplicaEvidence(replica);
    if (evidence === null) continue;
    found = evidence;
    rank = own;
  }
  return found;
}
