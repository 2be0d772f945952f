import { expect, test } from 'vitest';
import { mayConnect } from './may-connect.ts';

test.each([
  ['10.0.0.1', true],
  ['192.168.65.3', true],
  ['203.0.113.7', true],
  ['fd00::1', true],
  ['2001:db8::7', true],
  // Nobody's.
  [null, false],
  ['', false],
  ['0.0.0.0', false],
  ['0.1.2.3', false],
  ['::', false],
  ['255.255.255.255', false],
  ['224.0.0.1', false],
  ['ff02::1', false],
  // What a cloud answers of a machine to whoever runs on it.
  ['169.254.169.254', false],
  ['100.100.100.200', false],
  ['168.63.129.16', false],
  ['192.0.0.192', false],
  ['fd00:ec2::254', false],
  ['fd20:ce::254', false],
  ['fec0::1', false],
  ['::127.0.0.1', false],
  ['::a9fe:a9fe', false],
  ['64:ff9b:1::a9fe:a9fe', false],
  ['2002:a9fe:a9fe::', false],
  ['2001:0:7f00:1::', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  // Other clothes, and what is no address.
  ['::ffff:169.254.169.254', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a9fe:a9fe', false],
  ['2130706433', false],
  ['0x7f.1', false],
  ['010.0.0.1', false],
  ['docker01', false],
  ['localhost', false],
  ['10.0.0.1:80', false],
  ['10.0.0.1/24', false],
  [' 10.0.0.1', false],
])('%j: %s', (address, expected) => {
  expect(mayConnect(address, false)).toBe(expected);
  expect(mayConnect(address, true)).toBe(expected);
});

test.each(['127.0.0.1', '127.20.0.3', '::1'])('%s is ourselves, unless the demo listens there', (address) => {
  expect([mayConnect(address, false), mayConnect(address, true)]).toEqual([false, true]);
});
