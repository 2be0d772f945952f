import { expect, it } from 'vitest';
import { chooseAgentAddress } from './choose-agent-address.ts';

const OWN = [
  { address: '127.0.0.1', netmask: '255.0.0.0' },
  { address: '10.0.3.7', netmask: '255.255.255.0' },
  { address: 'fe80::1', netmask: 'ffff:ffff:ffff:ffff::' },
];

it.each([
  ['on the network that we share', ['10.0.1.4', '10.0.3.9'], '10.0.3.9'],
  ['the first when none is shared', ['10.0.1.4', '10.0.2.9'], '10.0.1.4'],
  ['the only one', ['fd00::5'], 'fd00::5'],
  ['none', [], null],
  ['something that is no address, when there is nothing better', ['what'], 'what'],
])('%s', (_what, addresses, chosen) => {
  expect(chooseAgentAddress(addresses, OWN)).toBe(chosen);
});
