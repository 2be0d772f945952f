import type { Replica } from '#lib/model/contract/picture.ts';

/** A replica in a sentence about its service: `Replica 2 on docker03`, or for global services `The replica on docker03`. */
export function nameReplica({ slot, hostname, key }: Pick<Replica, 'slot' | 'hostname' | 'key'>): string {
  if (slot === null) return `The replica on ${hostname ?? key}`;
  return hostname === null ? `Replica ${slot}` : `Replica ${slot} on ${hostname}`;
}
