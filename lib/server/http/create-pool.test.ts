import { expect, test } from 'vitest';
import { createBulkhead } from './create-bulkhead.ts';
import { createFairQueue } from './create-fair-queue.ts';
import { createPool } from './create-pool.ts';
import { toParty } from './to-party.ts';

test('when the pool is full, whoever takes most of it gives way, oldest first, and those at work last', () => {
  const busy = new Set(['a1']);
  const pool = createPool<string>(4, (member) => (busy.has(member) ? 1 : 0));
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

test('a network with an address for each of its connections counts as the crowd that it is', () => {
  const pool = createPool<string>(4, () => 0);
  expect(pool.add('person', '192.168.0.9')).toBeNull();
  const hops = [1, 2, 3, 4, 5].map((index) => pool.add(`hop ${index}`, `2001:db8:7:${index}`));
  expect(hops).toEqual([null, null, null, 'hop 1', 'hop 1']);
});

test('where all come from one address, those that wait to be let in go last', () => {
  const ranks: Record<string, number> = { waits: 2, 'slow 1': 1, 'slow 2': 1, idle: 0 };
  const pool = createPool<string>(3, (member) => ranks[member] ?? 1);
  const gone = ['waits', 'slow 1', 'idle', 'slow 2'].map((member) => pool.add(member, 'mesh'));
  expect(gone).toEqual([null, null, null, 'idle']);
  pool.delete('idle');
  expect(pool.add('slow 3', 'mesh')).toBe('slow 1');
});

test('where all come from one address the newest is never the one to go', () => {
  const pool = createPool<number>(2, (member) => (member === 3 ? 0 : 1));
  expect([1, 2, 3].map((member) => pool.add(member, 'mesh'))).toEqual([null, null, 1]);
});

test('so many run at a time, the others wait in line, and whoever leaves makes room', () => {
  const started: string[] = [];
  const bulkhead = createBulkhead(2, createFairQueue(2));
  const enter = (name: string) =>
    bulkhead.enter(
      'one',
      () => started.push(name),
      () => started.push(`${name} refused`),
    );
  const [a, , c, d] = ['a', 'b', 'c', 'd'].map(enter);
  expect(started).toEqual(['a', 'b']);
  enter('e').release();
  c?.release();
  a?.release();
  a?.release();
  expect(started).toEqual(['a', 'b', 'e refused', 'd']);
  d?.release();
  enter('f');
  expect(started).toEqual(['a', 'b', 'e refused', 'd', 'f']);
});

test.each([
  ['10.0.0.2', '10.0.0.2'],
  ['::ffff:10.0.0.2', '10.0.0.2'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8::1:2:3:4:5', '2001:db8:0:1'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('%s stands for %s', (address, party) => {
  expect(toParty(address)).toBe(party);
});
