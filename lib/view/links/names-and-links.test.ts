import { expect, test } from 'vitest';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toStacks } from '#lib/view/overview/to-stacks.ts';
import { toReplicaName, toShortName } from '#lib/view/replica/names.ts';
import { countMore, countProbes, countRetries } from '#words/counts.ts';
import { toReplicaHref } from './to-href.ts';

test.each([
  ['shop_checkout', 'shop', 'checkout'],
  ['shop_', 'shop', 'shop_'],
  ['other', 'shop', 'other'],
  ['alone', null, 'alone'],
  ['null_x', null, 'null_x'],
])('%s in %s is %s', (name, stack, short) => expect(toShortName({ name, stack })).toBe(short));

test.each([
  [{ slot: 2, hostname: 'docker03', key: '2' }, 'Replica 2'],
  [{ slot: null, hostname: 'docker03', key: 'abc' }, 'Replica on docker03'],
  [{ slot: null, hostname: null, key: 'abcdefghijklmnop' }, 'Replica on abcdefghijkl'],
])('%j', (replica, name) => expect(toReplicaName(replica)).toBe(name));

test('links keep every character of a name', () => {
  expect(toReplicaHref('a b/c', '1?')).toBe('/services/a%20b%2Fc/1%3F');
});

test('counts are grouped and words agree', () => {
  expect(formatCount(604_800)).toBe('604,800');
  expect(formatCount(999)).toBe('999');
  expect(countRetries(1)).toBe('1 retry');
  expect(countProbes(1184)).toBe('1,184 probes');
  expect([1, 3].map(countMore)).toEqual(['1 more', '3 more']);
});

test('stacks in order, services without one last', () => {
  const services = [
    { id: '1', stack: null },
    { id: '2', stack: 'web' },
    { id: '3', stack: 'app' },
    { id: '4', stack: 'web' },
  ];
  expect(toStacks(services)).toEqual([
    { stack: 'app', serviceIds: ['3'] },
    { stack: 'web', serviceIds: ['2', '4'] },
    { stack: null, serviceIds: ['1'] },
  ]);
});
