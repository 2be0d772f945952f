import type { Replica } from '#lib/model/contract/picture.ts';

/** What people call a replica: `Replica 2`, or for its place on a node `Replica on docker03`. */
export function toReplicaName(replica: Pick<Replica, 'slot' | 'hostname' | 'key'>): string {
  return replica.slot === null
    ? `Replica on ${replica.hostname ?? replica.key.slice(0, 12)}`
    : `Replica ${replica.slot}`;
}
