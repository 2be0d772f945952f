import { isIP } from 'node:net';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { isDockerObject, readId, readList, readName, readObject, readStack, readText } from './raw.ts';
import { toAddress } from './to-endpoint.ts';

/** More than any network has. */
const MAX_SUBNETS = 16;

/** One entry of `GET /networks`; `null` when it has no id or no name. Subnets that are none are left out. */
export function toNetwork(raw: unknown): DockerNetwork | null {
  const network = readObject(raw);
  const id = readId(network.Id);
  const name = readName(network.Name);
  if (id === null || name === null) return null;
  return {
    id,
    name,
    driver: readName(network.Driver),
    scope: readText(network.Scope),
    ingress: network.Ingress === true,
    encrypted: isEncrypted(network.Options),
    internal: network.Internal === true,
    attachable: network.Attachable === true,
    stack: readStack(network.Labels),
    subnets: readList(readObject(network.IPAM).Config).slice(0, MAX_SUBNETS).flatMap(toSubnet),
  };
}

function toSubnet(raw: unknown): DockerNetwork['subnets'] {
  const { Subnet, Gateway, IPRange } = readObject(raw);
  const subnet = readText(Subnet);
  if (subnet === null || !isSubnet(subnet)) return [];
  const range = readText(IPRange);
  return [{ subnet, gateway: toAddress(Gateway), range: range !== null && isSubnet(range) ? range : null }];
}

/** The option is there, and not said to be off (moby `libnetwork/drivers/overlay/ov_network.go`). */
function isEncrypted(options: unknown): boolean {
  return isDockerObject(options) && 'encrypted' in options && options.encrypted !== 'false';
}

function isSubnet(text: string): boolean {
  const [address = '', prefix = ''] = text.split('/');
  const version = isIP(address);
  return version !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}
