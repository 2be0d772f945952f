import { toSubnet } from '#lib/demo/networks.ts';
import type { SimContainer, SimNetwork, World } from '#lib/demo/world.ts';
import { formatTime } from './format-time.ts';
import { type Filters, parseFilters } from './parse-filters.ts';
import { toHash, turnId } from './to-hash.ts';

const NETWORK = toHash('network');

/** A container's place in the overlay network, as lists and inspect have it; empty once it ended. */
export function toNetwork({ id, task, state }: SimContainer): object {
  const running = state === 'running';
  return {
    IPAMConfig: { IPv4Address: task.ip ?? '' },
    Links: null,
    Aliases: [id.slice(0, 12)],
    NetworkID: NETWORK,
    EndpointID: running ? turnId(id, 7) : '',
    Gateway: '',
    IPAddress: running ? (task.ip ?? '') : '',
    IPPrefixLen: running ? 16 : 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    MacAddress: running ? '02:42:0a:00:01:05' : '',
    DriverOpts: null,
  };
}

/** `NetworkSettings` of inspect. */
export function toNetworkSettings(container: SimContainer, network: SimNetwork): object {
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
    Networks: { [network.name]: { ...toNetwork(container), NetworkID: network.id } },
  };
}

/** `GET /networks`: the swarm's, and those that each engine has for itself. */
export function listNetworks(world: World, query: URLSearchParams): string {
  const filters: Filters = parseFilters(query.get('filters'), [
    'driver',
    'id',
    'label',
    'name',
    'scope',
    'type',
  ]);
  const all = [
    ...world.networks.map((network) => toListed(world, network)),
    toLocal('bridge', '172.17.0.0/16'),
    toLocal('docker_gwbridge', '172.18.0.0/16'),
  ];
  const found = all.filter(({ Scope }) => filters.get('scope')?.includes(Scope) ?? true);
  return JSON.stringify(found);
}

function toListed(world: World, network: SimNetwork) {
  return {
    Name: network.name,
    Id: network.id,
    Created: formatTime(world.createdAtMs),
    Scope: 'swarm',
    Driver: 'overlay',
    EnableIPv6: false,
    IPAM: { Driver: 'default', Options: null, Config: [toSubnet(network)] },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: network.ingress,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: null,
    Options: {
      'com.docker.network.driver.overlay.vxlanid_list': String(4_096 + world.networks.indexOf(network)),
      ...(network.encrypted ? { encrypted: '' } : {}),
    },
    Labels: network.stack === null ? {} : { 'com.docker.stack.namespace': network.stack },
  };
}

function toLocal(name: string, subnet: string) {
  return {
    Name: name,
    Id: toHash(name),
    Scope: 'local',
    Driver: 'bridge',
    IPAM: { Driver: 'default', Options: null, Config: [{ Subnet: subnet }] },
    Internal: false,
    Attachable: false,
    Ingress: false,
    Options: {},
    Labels: {},
  };
}
