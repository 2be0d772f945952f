import type { Replica } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';

/** The replica that is worst off, the first of several; `null` when all of them are fine, or there are none. */
export function toWorstReplica(replicas: readonly Replica[]): Replica | null {
  let worst: Replica | null = null;
  let rank: number = REPLICA_STATUSES.indexOf('paused') + 1;
  for (const replica of replicas) {
    // On its way up again after a bad end: as long as it is not up, it is what the service lacks.
    const own = REPLICA_STATUSES.indexOf(replica.recovering ? 'failing' : replica.status);
    if (own < rank) {
      worst = replica;
      rank = own;
    }
  }
  return worst;
}
