import { describe, expect, test } from 'vitest';
import type { Place } from '#lib/model/contract/place.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findPlaces, parsePlaceQuery } from './find-places.ts';

describe('what somebody types', () => {
  test.each([
    [':8080', { kind: 'port', port: 8080 }],
    ['443', { kind: 'port', port: 443 }],
    [' 10.0.1.7 ', { kind: 'address', prefix: '10.0.1.7' }],
    ['10.0.1.7/24', { kind: 'address', prefix: '10.0.1.7' }],
    ['10.0.1.7:8080', { kind: 'address', prefix: '10.0.1.7' }],
    ['10.0.1.', { kind: 'address', prefix: '10.0.1.' }],
    ['FD00:1::2', { kind: 'address', prefix: 'fd00:1::2' }],
    ['7', null],
    [':70000', null],
    ['web', null],
    ['web.10', null],
    ['', null],
    ['1'.repeat(100_000), null],
  ])('%s', (text, query) => expect(parsePlaceQuery(text)).toEqual(query));
});

describe('what has it', () => {
  const port = { mode: 'ingress', published: 8080, target: 80, protocol: 'tcp' } as const;
  const services = [
    buildService({ id: 'w', name: 'web', ports: [port], vips: [{ networkId: 'n', address: '10.0.1.2' }] }),
    buildService({ id: 'a', name: 'api', ports: [{ ...port, published: 9090, target: 8080 }] }),
    buildService({ id: 'd', name: 'db' }),
  ];
  const tasks = [
    buildTask({ id: 't1', serviceId: 'w', slot: 2, addresses: ['10.0.1.20', '10.9.0.2'] }),
    buildTask({ id: 't2', serviceId: 'd', slot: 1, addresses: ['10.0.1.21'] }),
    buildTask({ id: 't3', serviceId: 'd', slot: 3, state: 'failed', addresses: ['10.0.1.22'] }),
  ];
  const find = (text: string) => {
    const query = parsePlaceQuery(text);
    if (query === null) throw new Error(`${text} is none.`);
    return findPlaces(query, services, (id) => tasks.filter(({ serviceId }) => serviceId === id));
  };
  const show = (place: Place) =>
    place.kind === 'port'
      ? `${place.serviceName}:${place.port.published}`
      : `${place.serviceName}.${place.key ?? 'vip'} ${place.address}`;

  test.each([
    [':8080', ['api:9090', 'web:8080']],
    ['9090', ['api:9090']],
    ['10.0.1.2', ['web.vip 10.0.1.2', 'db.1 10.0.1.21', 'web.2 10.0.1.20']],
    ['10.9', ['web.2 10.9.0.2']],
    ['10.0.1.22', []],
    [':81', []],
  ])('%s', (text, expected) => expect(find(text).places.map(show)).toEqual(expected));

  test('no more than twenty, and how many there are', () => {
    const many = Array.from({ length: 50 }, (_, at) => buildService({ id: `${at}`, ports: [port] }));
    const { places, total } = findPlaces({ kind: 'port', port: 80 }, many, () => []);
    expect([places.length, total]).toEqual([20, 50]);
  });
});
