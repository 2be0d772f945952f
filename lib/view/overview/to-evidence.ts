import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';

/** The evidence beside a service's sentence, from the replica that is worst off; `null` when there is none. */
export function toEvidence(service: Pick<ServicePicture, 'replicas'>): Evidence | null {
  let found: Evidence | null = null;
  let rank: number = REPLICA_STATUSES.indexOf('stopping');
  for (const replica of service.replicas) {
    const own = REPLICA_STATUSES.indexOf(replica.status);
    if (own >= rank || replica.evidence === null) continue;
    found = replica.evidence;
    rank = own;
  }
  return found;
}
