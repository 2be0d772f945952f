import { describe, expect, test } from 'vitest';
import type { Place } from '#lib/model/contract/place.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { buildNetwork } from '#lib/testing/build-network.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findPlaces, NO_PLACES, parsePlaceQuery } from './find-places.ts';

describe('what somebody types', () => {
  test.each([
    [':8080', { kind: 'port', port: 8080 }],
    ['443', { kind: 'port', port: 443 }],
    [' 10.0.1.7 ', { kind: 'address', prefix: '10.0.1.7' }],
    ['10.0.1.7/24', { kind: 'address', prefix: '10.0.1.7' }],
    ['10.0.1.7:8080', { kind: 'address', prefix: '10.0.1.7' }],
    ['10.0.1.', { kind: 'address', prefix: '10.0.1.' }],
    ['FD00:1::2', { kind: 'address', prefix: 'fd00:1::2' }],
    ['Shop_back-end.1', { kind: 'network', text: 'shop_back-end.1' }],
    ['7', null],
    [':70000', null],
    ['web', { kind: 'network', text: 'web' }],
    ['two words', null],
    ['', null],
    ['1'.repeat(100_000), { kind: 'network', text: '1'.repeat(64) }],
  ])('%s', (text, query) => expect(parsePlaceQuery(text)).toEqual(query));
});

describe('what has it', () => {
  const port = { mode: 'ingress', published: 8080, target: 80, protocol: 'tcp' } as const;
  const services = [
    buildService({ id: 'w', name: 'web', ports: [port], vips: [{ networkId: 'n', address: '10.0.1.2' }] }),
    buildService({ id: 'a', name: 'api', ports: [{ ...port, published: 9090, target: 8080 }] }),
    buildService({ id: 'd', name: 'db', networkIds: ['b', 'l'] }),
    buildService({ id: 'c', name: 'cache', networkIds: ['l'] }),
  ];
  const networks = new Map(
    ['n ingress', 'b shop_Backend', 'l shop_backend-logs'].map((text): [string, DockerNetwork] => {
      const [id = '', name = ''] = text.split(' ');
      return [id, buildNetwork({ id, name })];
    }),
  );
  const tasks = [
    buildTask({ id: 't1', serviceId: 'w', slot: 2, addresses: ['10.0.1.20', '10.9.0.2'] }),
    buildTask({ id: 't2', serviceId: 'd', slot: 1, addresses: ['10.0.1.21'] }),
    buildTask({ id: 't3', serviceId: 'd', slot: 3, state: 'failed', addresses: ['10.0.1.22'] }),
  ];
  const find = (text: string) => {
    const query = parsePlaceQuery(text);
    if (query === null) throw new Error(`${text} is none.`);
    const tasksOf = (id: string) => tasks.filter(({ serviceId }) => serviceId === id);
    return findPlaces(query, { services, tasksOf, networks });
  };
  const show = (place: Place) =>
    place.kind === 'port'
      ? `${place.serviceName}:${place.port.published}`
      : place.kind === 'network'
        ? `${place.serviceName} on ${place.network}`
        : `${place.serviceName}.${place.key ?? 'vip'} ${place.address}`;

  test.each([
    [':8080', ['api:9090', 'web:8080']],
    ['9090', ['api:9090']],
    ['10.0.1.2', ['web.vip 10.0.1.2', 'db.1 10.0.1.21', 'web.2 10.0.1.20']],
    ['10.9', ['web.2 10.9.0.2']],
    ['10.0.1.22', []],
    [':81', []],
    ['shop_backend', ['db on shop_Backend', 'cache on shop_backend-logs', 'db on shop_backend-logs']],
    ['ingress', ['web on ingress']],
    ['nowhere', []],
  ])('%s', (text, expected) => expect(find(text).places.map(show)).toEqual(expected));

  test.each([
    [':8080', ['a', 'w']],
    ['10.0.1', ['d', 'w']],
    ['shop_backend', ['d']],
    ['shop_backend-logs', ['c', 'd']],
    ['shop', []],
  ])('services of %s', (text, expected) => expect(find(text).serviceIds).toEqual(expected));

  test('networks that were not read find nobody', () => {
    const facts = { services, tasksOf: () => [], networks: null };
    expect(findPlaces({ kind: 'network', text: 'ingress' }, facts)).toEqual(NO_PLACES);
  });

  test('no more than twenty, how many there are, and all that have it', () => {
    const many = Array.from({ length: 50 }, (_, at) => buildService({ id: `${at}`, ports: [port] }));
    const facts = { services: many, tasksOf: () => [], networks: null };
    const { places, total, serviceIds } = findPlaces({ kind: 'port', port: 80 }, facts);
    expect([places.length, total, serviceIds.length]).toEqual([20, 50, 50]);
  });
});
