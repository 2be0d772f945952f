import { describe, expect, test } from 'vitest';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { findNodes } from '#lib/model/contract/picture-lookup.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { deriveNodeSituation, deriveNodesPage } from './derive-node-situation.ts';

/** A service with one replica for each `node:status`. */
function toService(name: string, places: string, overrides: Partial<ServicePicture> = {}): ServicePicture {
  const replicas = places.split(' ').map((place, index) => {
    const [nodeId = null, status] = place.split(':') as [string, ReplicaStatus];
    return buildReplica({ key: `${index + 1}`, slot: index + 1, nodeId, status });
  });
  const mode = { kind: 'replicated', replicas: replicas.length } as const;
  return buildServicePicture({ id: name, name, mode, desired: replicas.length, replicas, ...overrides });
}

const a = buildNodePicture({ id: 'a', hostname: 'docker01' });
const b = buildNodePicture({ id: 'b', hostname: 'docker02' });
const swarm = (...services: ServicePicture[]) => buildSwarmPicture({ nodes: [a, b], services });

describe('what is on a node', () => {
  test('problems first, others in the order of their services', () => {
    const picture = swarm(
      toService('api', 'a:healthy b:healthy a:failing'),
      toService('db', 'a:running'),
      toService('web', 'b:healthy a:failed'),
    );
    const { replicas } = deriveNodeSituation(picture, a);
    expect(replicas.map(({ serviceName, replica }) => `${serviceName}.${replica.key}`)).toEqual([
      'web.2',
      'api.3',
      'db.1',
      'api.1',
    ]);
  });

  test('counted by status for the list of nodes', () => {
    const { nodes } = deriveNodesPage(swarm(toService('api', 'a:healthy a:healthy b:failing a:lost')));
    expect(nodes.map(({ replicas }) => replicas)).toEqual([{ healthy: 2, lost: 1 }, { failing: 1 }]);
  });
});

describe('what goes with a node', () => {
  const CASES: [what: string, service: ServicePicture, losses: [number, number, number] | null][] = [
    ['two of three stay', toService('api', 'a:healthy b:healthy b:healthy'), [1, 2, 3]],
    ['a failing one is up: one of three stays', toService('api', 'a:healthy a:failing b:healthy'), [2, 1, 3]],
    [
      'what is not up elsewhere does not count',
      toService('api', 'a:healthy b:unhealthy b:unknown'),
      [1, 0, 3],
    ],
    ['the only one', toService('db', 'a:running'), [1, 0, 1]],
    ['what is not up here does not go', toService('api', 'a:failed b:healthy'), null],
    ['a service elsewhere', toService('api', 'b:healthy'), null],
    ['a job runs again', toService('job', 'a:running', { mode: { kind: 'global-job' } }), null],
    [
      'a global one misses nothing elsewhere',
      toService('agent', 'a:healthy b:healthy', { mode: { kind: 'global' } }),
      [1, 1, 1],
    ],
  ];
  test.each(CASES)('%s', (_what, service, wanted) => {
    const { losses } = deriveNodeSituation(swarm(service), a);
    expect(losses.map(({ here, kept, desired }) => [here, kept, desired])).toEqual(
      wanted === null ? [] : [wanted],
    );
  });

  test('those with least left come first, global ones last', () => {
    const picture = swarm(
      toService('agent', 'a:healthy b:healthy', { mode: { kind: 'global' } }),
      toService('api', 'a:healthy b:healthy b:healthy'),
      toService('db', 'a:running'),
    );
    const { losses } = deriveNodeSituation(picture, a);
    expect(losses.map(({ serviceName }) => serviceName)).toEqual(['db', 'api', 'agent']);
  });
});

describe('which node a name means', () => {
  const twin = buildNodePicture({ id: 'c', hostname: 'docker01' });
  test.each([
    ['docker02', ['b']],
    ['b', ['b']],
    ['docker01', ['a', 'c']],
    ['c', ['c']],
    ['docker03', []],
  ])('%s', (name, ids) => {
    expect(findNodes([a, b, twin], name).map(({ id }) => id)).toEqual(ids);
  });
});
