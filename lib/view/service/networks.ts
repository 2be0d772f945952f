import type { TaskAddress } from '#lib/model/contract/detail.ts';
import type { ServiceNetwork } from '#lib/model/contract/network.ts';
import { countNodes, countServices, countTasks, countVips } from '#words/counts.ts';
import * as words from '#words/pages/service.ts';

/** Who has addresses of a network: `12 tasks, 2 VIPs and 3 nodes of 4 services`. */
export function describeAddressUse({ addresses: { tasks, vips, nodes, services } }: ServiceNetwork): string {
  return words.addressUse(countTasks(tasks), countVips(vips), countNodes(nodes), countServices(services));
}

/** A task's addresses in the order of its service's networks, the routing mesh's last. */
export function listAddresses(
  addresses: readonly TaskAddress[],
  networks: readonly Pick<ServiceNetwork, 'id'>[],
): string[] {
  const ranks = new Map(networks.map(({ id }, rank) => [id, rank]));
  const toRank = ({ networkId }: TaskAddress) => ranks.get(networkId ?? '') ?? networks.length;
  return addresses.toSorted((a, b) => toRank(a) - toRank(b)).map(({ address }) => address);
}

/** What else is worth knowing of it; empty for an ordinary overlay. */
export function describeNetworkKind({
  driver,
  ingress,
  encrypted,
  internal,
  attachable,
}: ServiceNetwork): string {
  return [
    ingress ? words.mesh : driver === null || driver === 'overlay' ? null : driver,
    encrypted ? words.encrypted : null,
    internal ? words.internal : null,
    attachable ? words.attachable : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
