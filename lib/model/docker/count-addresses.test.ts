import { expect, it } from 'vitest';
import { countAddresses } from './count-addresses.ts';

const subnet = (text: string, gateway: string | null = null, range: string | null = null) => ({
  subnet: text,
  gateway,
  range,
});

it.each<[situation: string, subnets: ReturnType<typeof subnet>[], count: number | null]>([
  ['a /24 without its first and last address and its gateway', [subnet('10.0.1.0/24', '10.0.1.1')], 253],
  ['a /29, as of a network that ran full', [subnet('10.99.0.0/29', '10.99.0.1')], 5],
  ['a gateway that is not told', [subnet('10.99.0.0/29')], 5],
  ['a range of its own, with the gateway outside', [subnet('10.0.0.0/24', '10.0.0.1', '10.0.0.128/28')], 16],
  [
    'a range with the gateway and the last address',
    [subnet('10.0.0.0/24', '10.0.0.254', '10.0.0.240/28')],
    14,
  ],
  ['two subnets', [subnet('10.0.1.0/29', '10.0.1.1'), subnet('10.0.2.0/28', '10.0.2.1')], 18],
  ['no room at all', [subnet('10.0.1.0/31', '10.0.1.1')], 0],
  ['an address in the subnet instead of its first', [subnet('10.0.1.77/24', '10.0.1.1')], 253],
  ['IPv6: more than run out', [subnet('fd00::/64', 'fd00::1')], null],
  ['both', [subnet('10.0.1.0/29', '10.0.1.1'), subnet('fd00::/64')], null],
  ['no subnet that is known', [], null],
])('%s', (_, subnets, count) => {
  expect(countAddresses({ subnets })).toBe(count);
});
