import { describe, expect, test } from 'vitest';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { createSearchIndex } from './create-search-index.ts';

const api = buildServicePicture({
  id: 'qvvzsrb8nkwuf7oqy1m4hvk2e',
  name: 'shop_api',
  replicas: [
    buildReplica({
      key: '1',
      slot: 1,
      hostname: 'docker01',
      taskId: 'tk1aaaaaaaaa',
      containerId: 'e45b11112222',
    }),
    buildReplica({
      key: '2',
      slot: 2,
      hostname: 'docker02',
      taskId: 'tk2bbbbbbbbb',
      containerId: 'e45c33334444',
      status: 'failing',
    }),
  ],
});
const agent = buildServicePicture({
  id: 'agent-id',
  name: 'platform_agent',
  mode: { kind: 'global' },
  replicas: [buildReplica({ key: 'n2', slot: null, hostname: 'docker02', taskId: null, containerId: null })],
});
const nodes = [
  buildNodePicture({ id: 'n1nodenode', hostname: 'docker01' }),
  buildNodePicture({ id: 'n2nodenode', hostname: 'docker02', address: '10.0.0.2' }),
];
const index = createSearchIndex(nodes);
index.add([api]);
index.add([agent]);
const find = (query: string) =>
  index.find(query).map(({ kind, hits }) => [kind, ...hits.map(({ href }) => href)]);

describe('one search for everything', () => {
  const CASES: [what: string, query: string, first: string[]][] = [
    ['a service by some of its letters', 'shpapi', ['service', '/services/shop_api']],
    ['a node by name', 'docker02', ['node', '/nodes/n2nodenode']],
    ['a node by address', '10.0.0.2', ['node', '/nodes/n2nodenode']],
    ['a replica by service and node', 'api docker02', ['replica', '/services/shop_api/2']],
    ['a replica by slot', 'shop_api.1', ['replica', '/services/shop_api/1']],
    ['a container by the beginning of its id', 'e45c3', ['container', '/services/shop_api/2']],
    ['whatever its case', 'E45B', ['container', '/services/shop_api/1']],
    ['a task by the beginning of its id', 'tk1a', ['task', '/services/shop_api/1']],
    ['a service by the beginning of its id', 'qvvzs', ['service', '/services/shop_api']],
    ['a node by the beginning of its id', 'n1node', ['node', '/nodes/n1nodenode']],
  ];
  test.each(CASES)('%s', (_what, query, first) => expect(find(query)[0]).toEqual(first));

  test('several containers whose ids begin alike', () => {
    expect(find('e45')[0]).toEqual(['container', '/services/shop_api/1', '/services/shop_api/2']);
  });
  test('of replicas that answer equally well, the one with a problem comes first', () => {
    expect(find('shop_api').find(([kind]) => kind === 'replica')?.[1]).toBe('/services/shop_api/2');
  });
  test('an id inside another id is no beginning', () => expect(find('45c3')).toEqual([]));
  test('two characters are no id', () => expect(find('e4')).toEqual([]));
  test.each(['', '   ', 'nothing is called so'])('"%s" finds nothing', (query) =>
    expect(find(query)).toEqual([]),
  );
});
