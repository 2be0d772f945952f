import { networkInterfaces } from 'node:os';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import { chooseAgentAddress } from '#lib/model/docker/agents.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { EngineAccessSetting } from '#lib/server/config.ts';
import {
  type AgentDirectory,
  type AgentDirectoryOptions,
  createAgentDirectory,
} from './create-agent-directory.ts';

type Agents = Extract<EngineAccessSetting, { kind: 'agents' }>;

/** The way to each node's engine through its agent. */
export interface AgentAccess extends Pick<AgentDirectory, 'observe' | 'subscribe'> {
  endpointOf(node: SwarmNode): string | null;
  /** An endpoint of `endpointOf`, with how it is encrypted. */
  parse(endpoint: string): Endpoint;
}

export function createAgentAccess(
  { service, port, caPath }: Agents,
  options: Omit<AgentDirectoryOptions, 'serviceName'>,
): AgentAccess {
  const directory = createAgentDirectory({ ...options, serviceName: service });
  return {
    observe: directory.observe,
    subscribe: directory.subscribe,
    endpointOf(node) {
      const address = chooseAgentAddress(directory.addressesOf(node) ?? [], readOwnNetworks());
      if (address === null) return null;
      const host = address.includes(':') ? `[${address}]` : address;
      return `${caPath === null ? 'tcp' : 'https'}://${host}:${port}`;
    },
    parse(endpoint) {
      const parsed = parseEndpoint(endpoint, { certPath: null, tlsVerify: false });
      if (parsed.kind !== 'tcp') return parsed;
      if (caPath === null) return { ...parsed, tls: 'psk' };
      return { ...parsed, tls: { certPath: null, verify: true, pinnedCaPath: caPath } };
    },
  };
}

function readOwnNetworks() {
  return Object.values(networkInterfaces()).flatMap((list) => list ?? []);
}
