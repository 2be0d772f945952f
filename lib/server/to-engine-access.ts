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
  const address = findAddress(node);
  if (pattern.includes('{addr}') && address === null) return null;
  const host = address?.includes(':') ? `[${address}]` : (address ?? '');
  return pattern.replaceAll('{addr}', host).replaceAll('{hostname}', node.hostname);
}

/** A manager that does not know its address says 0.0.0.0; the one it uses with other managers with is real. */
function findAddress({ address, manager }: SwarmNode): string | null {
  if (address !== null && address !== '' && address !== '0.0.0.0') return address;
  return manager?.address?.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1') ?? null;
}
