import { isIP } from 'node:net';
import type { NetworkAddress, Service } from '#lib/model/docker/service.ts';
import { type DockerObject, readId, readList, readObject, readText } from './raw.ts';

/** More than a service is on. */
const MAX_NETWORKS = 100;

/** `Endpoint` of a service, as Swarm has given it; before it has, its spec says which kind it wants. */
export function toEndpoint(
  endpoint: DockerObject,
  wanted: DockerObject,
): Pick<Service, 'endpointMode' | 'vips'> {
  const mode = readText(wanted.Mode) ?? readText(readObject(endpoint.Spec).Mode);
  return {
    endpointMode: mode === 'dnsrr' ? 'dnsrr' : 'vip',
    vips: readList(endpoint.VirtualIPs).slice(0, MAX_NETWORKS).flatMap(toVip),
  };
}

function toVip(raw: unknown): NetworkAddress[] {
  const { NetworkID, Addr } = readObject(raw);
  const networkId = readId(NetworkID);
  const address = toAddress(Addr);
  return networkId === null || address === null ? [] : [{ networkId, address }];
}

/** `10.0.1.7/24` without the prefix; `null` for what is no address. */
export function toAddress(value: unknown): string | null {
  const address = readText(value)?.replace(/\/\d{1,3}$/, '') ?? null;
  return address !== null && isIP(address) !== 0 ? address : null;
}

/** Older clients write networks beside the template (moby `daemon/cluster/convert/service.go`). */
export function toNetworkIds(template: DockerObject, spec: DockerObject): string[] {
  const own = readList(template.Networks);
  const ids = (own.length > 0 ? own : readList(spec.Networks))
    .slice(0, MAX_NETWORKS)
    .map((network) => readId(readObject(network).Target));
  return [...new Set(ids)].filter((id) => id !== null);
}
