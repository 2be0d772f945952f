import type { PortCheck, PortTarget } from '#lib/model/docker/port-check.ts';

export type ReachedPlace = Pick<PortTarget, 'port' | 'nodeId'> & { serviceId: string };

/** Remembers from where something came to a server before this one: what only times out since then does not for a firewall that always stood there. */
export interface ReachedMemory {
  remember(places: readonly ReachedPlace[]): void;
  /** The check itself where it knows that already, or nothing ever came. */
  mark(check: PortCheck): PortCheck;
}

export function createReachedMemory(): ReachedMemory {
  const reached = new Set<string>();
  return {
    remember(places) {
      for (const place of places) reached.add(toKey(place));
    },
    mark(check) {
      return !check.wasReached && reached.has(toKey(check.target)) ? { ...check, wasReached: true } : check;
    },
  };
}

const toKey = ({ serviceId, port, nodeId }: Pick<PortTarget, 'serviceId' | 'port' | 'nodeId'>) =>
  `${serviceId} ${port} ${nodeId}`;
