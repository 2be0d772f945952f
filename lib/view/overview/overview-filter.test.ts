import { describe, expect, test } from 'vitest';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { filterServices, formatFilter, isFiltering, parseFilter } from './overview-filter.ts';

const toService = (name: string, stack: string | null, image: string, ...places: string[]) =>
  buildServicePicture({
    id: name,
    name,
    stack,
    image,
    verdict: places.some((place) => place.endsWith('failing')) ? 'failing' : 'healthy',
    replicas: places.map((place, index) => {
      const [hostname = '', status] = place.split(':') as [string, ReplicaStatus];
      return buildReplica({
        key: `${index + 1}`,
        slot: index + 1,
        hostname,
        nodeId: `id-${hostname}`,
        status,
      });
    }),
  });

const services = [
  toService('shop_api', 'shop', 'registry/shop/api:3', 'docker01:healthy', 'docker02:failing'),
  toService('shop_web', 'shop', 'nginx:1.27', 'docker01:healthy'),
  toService('db', null, 'postgres:17', 'docker02:running'),
  toService('agent', null, 'agent:1', 'docker01:lost'),
];

const CASES: [query: string, ids: string[]][] = [
  ['', ['shop_api', 'shop_web', 'db', 'agent']],
  ['q=shop', ['shop_api', 'shop_web']],
  ['q=SHOP+web', ['shop_web']],
  ['q=nginx', ['shop_web']],
  ['stack=shop', ['shop_api', 'shop_web']],
  ['stack=-', ['db', 'agent']],
  ['node=docker02', ['shop_api', 'db']],
  ['node=id-docker02', ['shop_api', 'db']],
  ['status=running', ['db']],
  ['status=nonsense', ['shop_api', 'shop_web', 'db', 'agent']],
  ['image=post', ['db']],
  ['problems=1', ['shop_api', 'agent']],
  ['problems=1&node=docker02', ['shop_api']],
  ['problems=0', ['shop_api', 'shop_web', 'db', 'agent']],
  ['q=nothing', []],
];

describe('which services the overview shows', () => {
  test.each(CASES)('?%s', (query, ids) => {
    expect([...filterServices(services, parseFilter(new URLSearchParams(query)), null)]).toEqual(ids);
  });
});

test('a port or an address finds who has it, within the rest of the filter', () => {
  const [first, second] = services;
  const placed = new Set([first?.id ?? '', second?.id ?? '']);
  const find = (query: string) => [
    ...filterServices(services, parseFilter(new URLSearchParams(query)), placed),
  ];
  expect(find('q=:8080')).toEqual([...placed]);
  expect(find(`q=:8080&stack=${second?.stack ?? '-'}`)).toEqual(
    [first, second].filter((one) => one?.stack === second?.stack).map((one) => one?.id),
  );
  expect([...filterServices(services, parseFilter(new URLSearchParams('q=:8080')), null)]).toEqual([]);
});

test.each([
  ['', '/'],
  ['q=%20', '/'],
  ['problems=1&q=a b', '/?q=a+b&problems=1'],
  ['node=docker02&status=failing&stack=s%26t&image=x', '/?status=failing&stack=s%26t&node=docker02&image=x'],
  ['status=nonsense&other=1', '/'],
])('?%s is kept as %s', (query, address) => {
  const filter = parseFilter(new URLSearchParams(query));
  expect(formatFilter(filter)).toBe(address);
  expect(isFiltering(filter)).toBe(address !== '/');
});
