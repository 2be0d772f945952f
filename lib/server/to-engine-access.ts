import type { EngineClient } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { EngineAccess } from '#lib/watch/engine/plan-endpoints.ts';
import type { Config } from './config.ts';

/** How the settings say that engines are reached, as the pool of watchers takes it. */
export function toEngineAccess(
  { engines }: Config,
  managers: readonly EngineClient[],
  agentEndpointOf: (node: SwarmNode) => string | null,
): EngineAccess {
  switch (engines.kind) {
    case 'managers':
      return { kind: 'clients', clients: managers };
    case 'list':
      return { kind: 'fixed', endpoints: engines.endpoints };
    case 'pattern':
      return { kind: 'pattern', toEndpoint: (node) => toEndpoint(engines.pattern, node) };
    case 'agents':
      return { kind: 'pattern', toEndpoint: agentEndpointOf };
  }
}

function toEndpoint(pattern: string, node: SwarmNode): string | null {
  const { address } = node;
  if (pattern.includes('{addr}') && address === null) return null;
  const host = address?.includes(':') ? `[${address}]` : (address ?? '');
  return pattern.replaceAll('{addr}', host).replaceAll('{hostname}', node.hostname);
}
