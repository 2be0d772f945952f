import type { Replica } from '#lib/model/contract/picture.ts';
import { replicaNo, replicaOn } from '#words/pages/status.ts';

/** What people call a replica: `Replica 2`, or for its place on a node `Replica on docker03`. */
export function toReplicaName(replica: Pick<Replica, 'slot' | 'hostname' | 'key'>): string {
  return replica.slot === null
    ? replicaOn(replica.hostname ?? replica.key.slice(0, 12))
    : replicaNo(replica.slot);
}

/** A service's name inside its stack: `shop_checkout` in `shop` is `checkout`. */
export function toShortName(service: { name: string; stack: string | null }): string {
  const prefix = `${service.stack}_`;
  return service.stack !== null && service.name.startsWith(prefix) && service.name.length > prefix.length
    ? service.name.slice(prefix.length)
    : service.name;
}
