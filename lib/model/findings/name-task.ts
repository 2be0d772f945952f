import type { Replica } from '#lib/model/contract/picture.ts';

/** A replica in a sentence of its own: `shop_api.2 on docker03`, or for global services `agent on docker03`. */
export function nameTask(
  serviceName: string,
  { slot, hostname, key }: Pick<Replica, 'slot' | 'hostname' | 'key'>,
): string {
  if (slot === null) return `${serviceName} on ${hostname ?? key}`;
  return hostname === null ? `${serviceName}.${slot}` : `${serviceName}.${slot} on ${hostname}`;
}
