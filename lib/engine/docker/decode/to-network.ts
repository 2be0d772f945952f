import { isIP } from 'node:net';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { readId, readList, readObject, readText } from './raw.ts';

/** One entry of `GET /networks`; `null` when it has no id or no name. Subnets that are none are left out. */
export function toNetwork(raw: unknown): DockerNetwork | null {
  const network = readObject(raw);
  const id = readId(network.Id);
  const name = readText(network.Name);
  if (id === null || name === null) return null;
  return {
    id,
    name,
    driver: readText(network.Driver),
    scope: readText(network.Scope),
    ingress: network.Ingress === true,
    subnets: readList(readObject(network.IPAM).Config).flatMap((one) => {
      const { Subnet, Gateway } = readObject(one);
      const subnet = readText(Subnet);
      const gateway = readText(Gateway)?.replace(/\/\d+$/, '') ?? null;
      if (subnet === null || !isSubnet(subnet)) return [];
      return [{ subnet, gateway: gateway !== null && isIP(gateway) !== 0 ? gateway : null }];
    }),
  };
}

function isSubnet(text: string): boolean {
  const [address = '', prefix = ''] = text.split('/');
  const version = isIP(address);
  return version !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}
