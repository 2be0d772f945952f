import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';

const LONGEST_SLOT = 8;

/** What an event's link is called: `shop_web.2`, or its service where the node, which stands beside it, is its place. */
export function nameEventSubject({ serviceName, replicaKey }: SwarmEvent): string | null {
  if (serviceName === null || replicaKey === null) return serviceName;
  // Keys of global services are node ids.
  return replicaKey.length <= LONGEST_SLOT ? `${serviceName}.${replicaKey}` : serviceName;
}
