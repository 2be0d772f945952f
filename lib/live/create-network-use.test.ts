import { expect, it } from 'vitest';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import { buildNetwork } from '#lib/testing/build-network.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createNetworkUse } from './create-network-use.ts';

const network = (id: string, over: Partial<DockerNetwork> = {}) =>
  buildNetwork({ id, subnets: [{ subnet: '10.0.1.0/28', gateway: '10.0.1.1', range: null }], ...over });
const networks = new Map([network('own'), network('mesh', { ingress: true })].map((one) => [one.id, one]));
const facts = {
  networks: () => networks,
  nodes: () => ['a', 'b', 'c', 'd'].map((id) => buildNode({ id })),
};
const on = (id: string, nodeId: string | null, over = {}) =>
  buildTask({ id, nodeId, addresses: ['10.0.1.5'], networkIds: ['own'], ...over });
const web = buildService({
  id: 'web',
  networkIds: ['own'],
  vips: [{ networkId: 'own', address: '10.0.1.2' }],
});

it('counts tasks, the addresses of services, and one of each node that has a task on it', () => {
  const use = createNetworkUse(facts);
  use.set('web', web, [
    on('1', 'a'),
    on('2', 'a'),
    on('3', 'b'),
    on('ended', 'c', { state: 'failed' }),
    on('not placed', null, { state: 'pending' }),
    on('told to stop', 'b', { desiredState: 'shutdown' }),
  ]);
  expect(use.of('own').addresses).toEqual({ size: 13, tasks: 5, vips: 1, nodes: 2, left: 5, services: 1 });
  use.set('db', buildService({ id: 'db', networkIds: ['own'], endpointMode: 'dnsrr' }), [on('9', 'c')]);
  expect(use.of('own').addresses).toMatchObject({ tasks: 6, vips: 1, nodes: 3, left: 3, services: 2 });
  use.set('web', null, []);
  expect(use.of('own').addresses).toMatchObject({ tasks: 1, vips: 0, nodes: 1, left: 11, services: 1 });
  use.set('db', null, []);
  expect([...use.used()]).toEqual([]);
});

it('each node has an address of the routing mesh', () => {
  const use = createNetworkUse(facts);
  expect(use.of('mesh').addresses).toMatchObject({ size: 13, nodes: 4, left: 9 });
});

it('a network that no manager lists has a use, and no size', () => {
  const use = createNetworkUse({ ...facts, networks: () => null });
  use.set('web', web, [on('1', 'a')]);
  expect(use.networksOf(web)).toMatchObject([
    { id: 'own', name: null, vip: '10.0.1.2', addresses: { size: null, left: null, tasks: 1 } },
  ]);
});
