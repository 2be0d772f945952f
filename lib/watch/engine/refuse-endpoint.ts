import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { EngineAccess } from './plan-endpoints.ts';

/** What is known of the endpoints when one of them says which node it leads to. */
export interface EndpointClaims extends Claims {
  /** The endpoint that this node is read from now, and its name for people; `null`: none. */
  owner: { endpoint: string; name: string } | null;
}

/** Whose each endpoint should be. Asked once for each endpoint at a time: no answer takes a walk over the others. */
export interface Claims {
  accessKind: EngineAccess['kind'];
  /** Nodes by id; empty: nothing is known of the swarm yet. */
  nodes: ReadonlyMap<string, SwarmNode>;
  /** Whom each endpoint must lead to; `null`: any node of the swarm. */
  expectedOf: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** By node id: the endpoints that must lead to it. */
  expectedBy: ReadonlyMap<string, readonly string[]>;
}

export function indexClaims(
  accessKind: EngineAccess['kind'],
  nodes: readonly SwarmNode[],
  expectedOf: Claims['expectedOf'],
): Claims {
  const expectedBy = new Map<string, string[]>();
  for (const [endpoint, expected] of expectedOf)
    for (const nodeId of expected ?? []) {
      const endpoints = expectedBy.get(nodeId);
      if (endpoints) endpoints.push(endpoint);
      else expectedBy.set(nodeId, [endpoint]);
    }
  return { accessKind, nodes: new Map(nodes.map((node) => [node.id, node])), expectedOf, expectedBy };
}

/** Why this endpoint may not speak for the node that it says it leads to; `null` when it may. */
export function refuseEndpoint(endpoint: string, nodeId: string, claims: EndpointClaims): string | null {
  const { nodes, expectedOf, expectedBy, owner } = claims;
  const node = nodes.get(nodeId);
  if (nodes.size > 0 && !node)
    return `${endpoint} is an engine of another swarm, or of a node that was removed: its containers are not shown.`;
  const expected = expectedOf.get(endpoint) ?? null;
  if (expected !== null && !expected.has(nodeId)) {
    const [wantedId = ''] = expected;
    const wanted = nodes.get(wantedId)?.hostname ?? 'another node';
    return `${endpoint} should lead to ${wanted}, but ${node?.hostname ?? nodeId} answers: check ${claims.accessKind === 'fixed' ? 'the address' : 'the pattern'}.`;
  }
  // That one may be silent: then nothing is known of the node, and nobody else speaks for it.
  const [other] = expected === null ? (expectedBy.get(nodeId) ?? []) : [];
  if (other !== undefined)
    return `${endpoint} says that it is ${node?.hostname ?? nodeId}, whose engine is at ${other}: check the address.`;
  if (owner !== null && owner.endpoint !== endpoint)
    return `${endpoint} leads to ${node?.hostname ?? nodeId}, which is already read by ${owner.name}: one of the two is enough.`;
  return null;
}
