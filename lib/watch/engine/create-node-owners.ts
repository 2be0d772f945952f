import { type Claims, refuseEndpoint } from './refuse-endpoint.ts';

/** Which endpoint each node is read from: one, and no other speaks for it meanwhile. */
export interface NodeOwners {
  /** Why this endpoint may not speak for that node; `null`: it may, and does from now on. */
  accept(endpoint: string, nodeId: string): string | null;
  /** @returns whether it was this endpoint that the node was read from */
  release(endpoint: string, nodeId: string): boolean;
  of(nodeId: string): string | null;
}

/** @param toClaims what is known now, and how an endpoint is called for people */
export function createNodeOwners(toClaims: () => Claims, toName: (endpoint: string) => string): NodeOwners {
  const ownerOf = new Map<string, string>();

  return {
    accept(endpoint, nodeId) {
      const owner = ownerOf.get(nodeId) ?? null;
      const refusal = refuseEndpoint(endpoint, nodeId, {
        ...toClaims(),
        owner: owner === null ? null : { endpoint: owner, name: toName(owner) },
      });
      if (refusal === null) ownerOf.set(nodeId, endpoint);
      return refusal;
    },
    release: (endpoint, nodeId) => ownerOf.get(nodeId) === endpoint && ownerOf.delete(nodeId),
    of: (nodeId) => ownerOf.get(nodeId) ?? null,
  };
}
