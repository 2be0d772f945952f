import { BlockList, isIP } from 'node:net';

/** Where nobody's node is: nowhere, everybody, and what a cloud answers of a machine to whoever runs on it. */
const NEVER = new BlockList();
NEVER.addSubnet('0.0.0.0', 8);
NEVER.addSubnet('169.254.0.0', 16);
NEVER.addSubnet('224.0.0.0', 3);
NEVER.addAddress('::', 'ipv6');
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addSubnet('ff00::', 8, 'ipv6');
NEVER.addSubnet('fec0::', 10, 'ipv6');
NEVER.addSubnet('192.0.0.0', 24);
// What clouds answer there besides: Alibaba, Azure, AWS, Google.
NEVER.addAddress('100.100.100.200');
NEVER.addAddress('168.63.129.16');
NEVER.addAddress('fd00:ec2::254', 'ipv6');
NEVER.addAddress('fd20:ce::254', 'ipv6');
// IPv4 in other clothes (compatible, NAT64, 6to4, Teredo): not forms that Docker lists.
for (const [prefix, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
] as const)
  NEVER.addSubnet(prefix, bits, 'ipv6');

/** Ourselves: of the demo's nodes alone. */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * May a check connect to this address, that the managers list as a node's? A name never: it could lead anywhere.
 *
 * @param isDemo the nodes are those of the demo swarm, which listen on loopback
 */
export function mayConnect(address: string | null, isDemo: boolean): address is string {
  const family = isIP(address ?? '');
  if (address === null || family === 0 || address.includes('%')) return false;
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  if (kind === 'ipv6' && isMapped(address)) return false;
  return LOOPBACK.check(address, kind) ? isDemo : !NEVER.check(address, kind);
}

/** An IPv4 address written as IPv6, in any of the ways to write that. A `BlockList` takes it for the IPv4 one. */
function isMapped(address: string): boolean {
  return new URL(`http://[${address}]`).hostname.startsWith('[::ffff:');
}
