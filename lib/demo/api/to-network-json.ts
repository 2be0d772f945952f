import type { SimContainer } from '#lib/demo/world.ts';
import { toHash, turnId } from './to-hash.ts';

const NETWORK = toHash('network');

/** A container's place in the overlay network, as lists and inspect have it; empty once it ended. */
export function toNetwork({ id, task, state }: SimContainer): object {
  const running = state === 'running';
  return {
    IPAMConfig: { IPv4Address: task.ip },
    Links: null,
    Aliases: [id.slice(0, 12)],
    NetworkID: NETWORK,
    EndpointID: running ? turnId(id, 7) : '',
    Gateway: '',
    IPAddress: running ? task.ip : '',
    IPPrefixLen: running ? 16 : 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    MacAddress: running ? '02:42:0a:00:01:05' : '',
    DriverOpts: null,
  };
}

/** `NetworkSettings` of inspect. */
export function toNetworkSettings(container: SimContainer, networkId: string): object {
  const sandbox = turnId(container.id, 13);
  return {
    Bridge: '',
    SandboxID: sandbox,
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    Ports: {},
    SandboxKey: `/var/run/docker/netns/${sandbox.slice(0, 12)}`,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: '',
    Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: '',
    IPPrefixLen: 0,
    IPv6Gateway: '',
    MacAddress: '',
    Networks: { backend: { ...toNetwork(container), NetworkID: networkId } },
  };
}
