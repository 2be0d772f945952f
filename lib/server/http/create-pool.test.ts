import { expect, test } from 'vitest';
import { createBulkhead } from './create-bulkhead.ts';
import { createPool } from './create-pool.ts';
import { toParty } from './to-party.ts';

test('when the pool is full, whoever takes most of it gives way, oldest first, and those at work last', () => {
  const busy = new Set(['a1']);
  const pool = createPool<string>(4, (member) => !busy.has(member));
  const from = (party: string, ...members: string[]) => members.map((member) => pool.add(member, party));
  expect(from('a', 'a1', 'a2', 'a3')).toEqual([null, null, null]);
  expect(from('b', 'b1')).toEqual([null]);
  // The fifth is a stranger's who has only this one: who has three loses the oldest that is idle.
  expect(from('c', 'c1')).toEqual(['a2']);
  pool.delete('a2');
  busy.add('a3');
  // All of the busiest party are at work: its oldest.
  expect(from('d', 'd1')).toEqual(['a1']);
  pool.delete('a1');
  expect(pool.size).toBe(4);
});

test('where all come from one address the newest is never the one to go', () => {
  const pool = createPool<number>(2, (member) => member === 3);
  expect([1, 2, 3].map((member) => pool.add(member, 'mesh'))).toEqual([null, null, 1]);
});

test('so many run at a time, the others wait in line, and whoever leaves makes room', () => {
  const started: string[] = [];
  const bulkhead = createBulkhead(2, 2);
  const enter = (name: string) => bulkhead.enter('one', () => started.push(name));
  const [a, , c, d] = ['a', 'b', 'c', 'd'].map(enter);
  expect(started).toEqual(['a', 'b']);
  expect(enter('e')).toBeNull();
  c?.release();
  a?.release();
  a?.release();
  expect(started).toEqual(['a', 'b', 'd']);
  d?.release();
  enter('f');
  expect(started).toEqual(['a', 'b', 'd', 'f']);
});

test.each([
  ['10.0.0.2', '10.0.0.2'],
  ['::ffff:10.0.0.2', '10.0.0.2'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('%s stands for %s', (address, party) => {
  expect(toParty(address)).toBe(party);
});
