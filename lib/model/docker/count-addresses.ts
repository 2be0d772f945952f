import type { DockerNetwork } from './network.ts';

/**
 * How many addresses Swarm can give out of a network. Of each IPv4 subnet, or of the range that it is held to, without the
 * subnet's first and last and its gateway (moby `daemon/libnetwork/ipams/defaultipam`, `cnmallocator/networkallocator.go`,
 * allocatePools); the pools of several subnets are tried in turn (allocateNetworkIPs).
 *
 * @returns `null`: not known, or more than ever run out (IPv6)
 */
export function countAddresses({ subnets }: Pick<DockerNetwork, 'subnets'>): number | null {
  if (subnets.length === 0) return null;
  let count = 0;
  for (const { subnet, gateway, range } of subnets) {
    const whole = toSpan(subnet);
    const pool = range === null ? whole : toSpan(range);
    if (whole === null || pool === null) return null;
    const isIn = (address: number) => address >= pool.first && address <= pool.last;
    const taken = new Set([whole.first, whole.last]);
    // Where no gateway is given, Swarm has taken one all the same.
    taken.add(gateway === null ? pool.first + 1 : (toNumber(gateway) ?? pool.first + 1));
    const size = pool.last - pool.first + 1;
    count += Math.max(0, size - [...taken].filter(isIn).length);
  }
  return count;
}

/** First and last address of an IPv4 network; `null` for others. */
function toSpan(cidr: string): { first: number; last: number } | null {
  const [address = '', prefix = ''] = cidr.split('/');
  const number = toNumber(address);
  if (number === null || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) return null;
  const size = 2 ** (32 - Number(prefix));
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}

function toNumber(address: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return null;
  return parts.reduce((number, part) => number * 256 + part, 0);
}
