import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { EngineAccess } from './plan-endpoints.ts';

/** What is known of the endpoints when one of them says which node it leads to. */
export interface EndpointClaims {
  nodes: readonly SwarmNode[];
  accessKind: EngineAccess['kind'];
  /** Whom each endpoint must lead to, by endpoint; `null`: any node of the swarm. */
  expectedOf: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** The endpoint that this node is read from now, and its name for people; `null`: none. */
  owner: { endpoint: string; name: string } | null;
}

/** Why this endpoint may not speak for the node that it says it leads to; `null` when it may. */
export function refuseEndpoint(endpoint: string, nodeId: string, claims: EndpointClaims): string | null {
  const { nodes, expectedOf, owner } = claims;
  const node = nodes.find(({ id }) => id === nodeId);
  if (nodes.length > 0 && !node)
    return `${endpoint} is an engine of another swarm, or of a node that was removed: its containers are not shown.`;
  const expected = expectedOf.get(endpoint) ?? null;
  if (expected !== null && !expected.has(nodeId)) {
    const wanted = nodes.find(({ id }) => expected.has(id))?.hostname ?? 'another node';
    return `${endpoint} should lead to ${wanted}, but ${node?.hostname ?? nodeId} answers: check ${claims.accessKind === 'fixed' ? 'the address' : 'the pattern'}.`;
  }
  // That one may be silent: then nothing is known of the node, and nobody else speaks for it.
  for (const [other, itsExpected] of expectedOf)
    if (other !== endpoint && expected === null && itsExpected?.has(nodeId))
      return `${endpoint} says that it is ${node?.hostname ?? nodeId}, whose engine is at ${other}: check the address.`;
  if (owner !== null && owner.endpoint !== endpoint)
    return `${endpoint} leads to ${node?.hostname ?? nodeId}, which is already read by ${owner.name}: one of the two is enough.`;
  return null;
}
