import { isIPv6 } from 'node:net';
import type { DockerNetwork } from '#lib/model/docker/network.ts';

/**
 * The addresses that a bridge may have on its network itself. Docker says a gateway only where the settings of the network
 * do, or nothing at all: of a network with a subnet of people's (`--subnet`, `ipam:` in Compose) it leaves out the one that
 * it took, which is the first free address: of the range, where there is one, else of the subnet, whose own address is
 * none (moby `libnetwork/ipam`, seen on 20.10).
 */
export function listGateways({ subnet, gateway, range }: DockerNetwork['subnets'][number]): string[] {
  if (gateway !== null) return [gateway];
  const [, first] = toFirstTwo(subnet);
  return range === null ? [first] : [first, ...toFirstTwo(range)];
}

/** The first two addresses of a network. */
function toFirstTwo(network: string): [string, string] {
  const [address = '', prefix] = network.split('/');
  const bits = Number(prefix);
  const isSix = isIPv6(address);
  const groupBits = isSix ? 16 : 8;
  const groups = (isSix ? toGroups(address) : address.split('.').map(Number)).map((group, at) => {
    const hostBits = Math.min(groupBits, Math.max(0, (at + 1) * groupBits - bits));
    return group - (group % 2 ** hostBits);
  });
  const toText = (last: number) =>
    [...groups.slice(0, -1), last].map((group) => group.toString(isSix ? 16 : 10)).join(isSix ? ':' : '.');
  const last = groups.at(-1) ?? 0;
  return [toText(last), toText(bits === (isSix ? 128 : 32) ? last : last + 1)];
}

function toGroups(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const read = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const left = read(head);
  const right = read(tail ?? '');
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
