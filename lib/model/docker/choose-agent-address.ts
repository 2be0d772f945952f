/** One network of this machine: `10.0.3.7` with `255.255.255.0`. IPv4 alone is compared; others never match. */
export interface OwnNetwork {
  address: string;
  netmask: string;
}

/**
 * The address of an agent's task to speak to: one on a network that this machine is in too, else the first. A task has
 * an address in each of its networks, and only one of them leads to it from here.
 */
export function chooseAgentAddress(addresses: readonly string[], own: readonly OwnNetwork[]): string | null {
  const shared = addresses.find((address) => own.some((network) => isIn(address, network)));
  return shared ?? addresses[0] ?? null;
}

function isIn(address: string, { address: ours, netmask }: OwnNetwork): boolean {
  const [theirs, own, mask] = [toNumber(address), toNumber(ours), toNumber(netmask)];
  if (theirs === null || own === null || mask === null || mask === 0) return false;
  return (theirs & mask) >>> 0 === (own & mask) >>> 0;
}

function toNumber(address: string): number | null {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255))
    return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
