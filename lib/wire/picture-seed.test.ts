import { expect, test } from 'vitest';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { formatPictureSeed } from './format-picture-seed.ts';
import { parsePictureSeed } from './parse-picture-seed.ts';

const again = (picture: Parameters<typeof formatPictureSeed>[0]) =>
  parsePictureSeed(formatPictureSeed(picture));

test('a seed holds everything but the inner life of replicas that are well', () => {
  const failing = buildReplica({ key: '2', slot: 2, status: 'failing', sentence: 'It fails.' });
  const picture = buildSwarmPicture({
    services: [
      buildServicePicture({ replicas: [buildReplica(), failing, buildReplica({ key: '3', slot: 3 })] }),
    ],
  });
  const seed = again(picture);
  const [well, bad, third] = seed.services[0]?.replicas ?? [];
  expect(bad).toEqual(failing);
  expect(well).toMatchObject({
    key: '1',
    slot: 1,
    nodeId: 'node-1',
    hostname: 'host-1',
    status: 'healthy',
    sinceMs: 10_000,
    health: null,
  });
  expect(third?.key).toBe('3');
  const services = picture.services.map((service) => ({ ...service, replicas: [] }));
  expect({ ...seed, services: seed.services.map((service) => ({ ...service, replicas: [] })) }).toEqual({
    ...picture,
    services,
  });
  expect(Object.keys(well ?? {}).sort()).toEqual(Object.keys(failing).sort());
});

test.each([
  ['on a node that is not listed', { nodeId: 'gone', hostname: null }],
  ['under an older name of its node', { hostname: 'host-0' }],
  ['restarted in the last hour', { restarts1h: 1 }],
  ['under a key that its slot does not give', { key: 'x' }],
])('a replica %s is held in full', (_what, overrides) => {
  const replica = buildReplica(overrides);
  const picture = buildSwarmPicture({ services: [buildServicePicture({ replicas: [replica] })] });
  expect(again(picture).services[0]?.replicas).toEqual([replica]);
});

test('a replica that is well is one short text, whichever empty list says that it has no findings', () => {
  // The picture is made by another bundle than the pages: no object of a module is the same there.
  const replicas = [buildReplica({ findings: [] }), buildReplica({ key: '2', slot: 2 })];
  const picture = buildSwarmPicture({ services: [buildServicePicture({ replicas })] });
  const line = formatPictureSeed(picture).split('\n').at(-1) ?? '[]';
  expect((JSON.parse(line) as unknown[]).at(-1)).toEqual(['1.0.ha 2.0.ha']);
});

test('a replica of a global service is known by its node', () => {
  const replica = buildReplica({ key: 'node-1', slot: null, status: 'running', health: null });
  const picture = buildSwarmPicture({ services: [buildServicePicture({ replicas: [replica] })] });
  expect(again(picture).services[0]?.replicas[0]).toMatchObject({
    key: 'node-1',
    slot: null,
    nodeId: 'node-1',
    hostname: 'host-1',
    status: 'running',
  });
});

test('what is the same in the next seed is the same object; other nodes are other places', () => {
  const [web, db] = [buildServicePicture(), buildServicePicture({ id: 'service-2', name: 'db' })];
  const picture = buildSwarmPicture({ services: [web, db] });
  const first = again(picture);
  const second = again({ ...picture, services: [web, { ...db, running: 0 }] });
  expect(second.services[0]).toBe(first.services[0]);
  expect(second.services[1]?.running).toBe(0);
  const moved = again({
    ...picture,
    nodes: [buildNodePicture({ id: 'node-0', hostname: 'host-0' }), ...picture.nodes],
  });
  expect(moved.services[0]?.replicas[0]?.hostname).toBe('host-1');
});
