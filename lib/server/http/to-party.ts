import { isIPv6 } from 'node:net';

/** Whom an address stands for: itself, or with IPv6 its /64, which is what one customer gets at least. */
export function toParty(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const [left, right] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''));
  const groups = [...(left ?? [])];
  if (plain.includes('::'))
    groups.push(...Array<string>(Math.max(0, 8 - groups.length - (right?.length ?? 0))).fill('0'));
  return [...groups, ...(right ?? [])]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/**
 * The network of a party: itself, or with IPv6 its /48, which is what one customer gets at most. Where parties are given
 * equal shares, so are their networks first, or a customer could take 65,536. Behind a blank stands who of them it is.
 */
export function toSite(party: string): string {
  return party.replace(/ .*$/, '').split(':').slice(0, 3).join(':');
}
