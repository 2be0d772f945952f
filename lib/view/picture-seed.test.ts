import { expect, test } from 'vitest';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { formatPictureSeed } from './format-picture-seed.ts';
import { parsePictureSeed } from './parse-picture-seed.ts';

test('a seed holds everything but the inner life of replicas that are well', () => {
  const failing = buildReplica({ key: '2', slot: 2, status: 'failing', sentence: 'It fails.' });
  const picture = buildSwarmPicture({
    services: [buildServicePicture({ replicas: [buildReplica(), failing] })],
  });
  const seed = parsePictureSeed(formatPictureSeed(picture));
  const [well, bad] = seed.services[0]?.replicas ?? [];
  expect(bad).toEqual(failing);
  expect(well).toMatchObject({
    key: '1',
    slot: 1,
    hostname: 'host-1',
    status: 'healthy',
    sinceMs: 10_000,
    health: null,
  });
  expect({ ...seed, services: [] }).toEqual({ ...picture, services: [] });
  expect(Object.keys(well ?? {}).sort()).toEqual(Object.keys(failing).sort());
});
