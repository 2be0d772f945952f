import { type Claims, refuseEndpoint } from './refuse-endpoint.ts';

/** Which endpoint each node is read from: one, and no other speaks for it meanwhile. */
export interface NodeOwners {
  /** Why this endpoint may not speak for that node; `null`: it may, and does from now on. */
  accept(endpoint: string, nodeId: string): string | null;
  /** @returns the endpoints that were refused for as long as the node was read from this one */
  release(endpoint: string, nodeId: string): string[];
  of(nodeId: string): string | null;
}

/** @param toClaims what is known now, and how an endpoint is called for people */
export function createNodeOwners(toClaims: () => Claims, toName: (endpoint: string) => string): NodeOwners {
  const ownerOf = new Map<string, string>();
  const waitingFor = new Map<string, Set<string>>();

  return {
    accept(endpoint, nodeId) {
      const owner = ownerOf.get(nodeId) ?? null;
      const refusal = refuseEndpoint(endpoint, nodeId, {
        ...toClaims(),
        owner: owner === null ? null : { endpoint: owner, name: toName(owner) },
      });
      if (refusal === null) ownerOf.set(nodeId, endpoint);
      else if (owner !== null && owner !== endpoint)
        waitingFor.set(nodeId, (waitingFor.get(nodeId) ?? new Set()).add(endpoint));
      return refusal;
    },
    release(endpoint, nodeId) {
      if (ownerOf.get(nodeId) !== endpoint) return [];
      ownerOf.delete(nodeId);
      const waiting = [...(waitingFor.get(nodeId) ?? [])];
      waitingFor.delete(nodeId);
      return waiting;
    },
    of: (nodeId) => ownerOf.get(nodeId) ?? null,
  };
}
