import type { SwarmEvent } from '#lib/model/swarm-event.ts';

const LONGEST_SLOT = 8;

/** What an event's link is called: `shop_web.2`, for a global service's replica its service and node, or `null`. */
export function nameEventSubject({ serviceName, replicaKey, hostname }: SwarmEvent): string | null {
  if (serviceName === null || replicaKey === null) return serviceName;
  // Keys of global services are node ids.
  if (replicaKey.length <= LONGEST_SLOT) return `${serviceName}.${replicaKey}`;
  return hostname === null ? serviceName : `${serviceName} on ${hostname}`;
}
