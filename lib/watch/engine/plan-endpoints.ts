import type { EngineClient } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';

/** How the engines of the nodes are reached. */
export type EngineAccess =
  /** A configured list: whose they are, they tell themselves, where the address does not. */
  | { kind: 'fixed'; endpoints: readonly string[] }
  /** From each node its endpoint; `null` when there is none for it (now). */
  | { kind: 'pattern'; toEndpoint(node: SwarmNode): string | null }
  /** Clients that exist already: the managers' own engines. Not closed by the pool. */
  | { kind: 'clients'; clients: readonly EngineClient[] };

export interface PlannedEndpoint {
  /** `null`: to be made. */
  client: EngineClient | null;
  /** Node ids it should lead to; `null`: any of the swarm. */
  expected: ReadonlySet<string> | null;
}

/** Which endpoints are to be watched for these nodes, each once. */
export function planEndpoints(
  engineAccess: EngineAccess,
  nodes: readonly SwarmNode[],
): Map<string, PlannedEndpoint> {
  const planned = new Map<string, PlannedEndpoint>();
  if (engineAccess.kind === 'fixed')
    for (const [endpoint, expected] of findOwners(engineAccess.endpoints, nodes))
      planned.set(endpoint, { client: null, expected });
  else if (engineAccess.kind === 'clients')
    for (const client of engineAccess.clients) planned.set(client.endpoint, { client, expected: null });
  else
    for (const node of nodes) {
      const endpoint = engineAccess.toEndpoint(node);
      if (endpoint === null) continue;
      const expected = new Set(planned.get(endpoint)?.expected ?? []);
      planned.set(endpoint, { client: null, expected: expected.add(node.id) });
    }
  return planned;
}

/**
 * The node that the swarm knows by each endpoint's host: its engine cannot pass itself off as another's. `null` where no
 * node or several are known by it, or several endpoints lead there, as to a machine that passes them on.
 */
function findOwners(
  endpoints: readonly string[],
  nodes: readonly SwarmNode[],
): Map<string, ReadonlySet<string> | null> {
  const knownBy = new Map<string, Set<string>>();
  for (const { id, address, hostname } of nodes)
    for (const name of [address, hostname])
      if (name) knownBy.set(name, (knownBy.get(name) ?? new Set()).add(id));
  const leadingTo = Map.groupBy(endpoints, hostOf);
  return new Map(
    endpoints.map((endpoint) => {
      const host = hostOf(endpoint);
      const owners = host === null || leadingTo.get(host)?.length !== 1 ? null : knownBy.get(host);
      return [endpoint, owners?.size === 1 ? owners : null];
    }),
  );
}

function hostOf(endpoint: string): string | null {
  if (!URL.canParse(endpoint)) return null;
  return new URL(endpoint).hostname.replace(/^\[(.*)\]$/, '$1') || null;
}
