import { crc32, gunzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { joinChecksums, toShift } from './join-checksums.ts';
import { packPicture } from './pack-picture.ts';

const unpack = (picture: Parameters<typeof packPicture>[0]) =>
  gunzipSync(Buffer.concat([...packPicture(picture)])).toString();

const buildService = (at: number) =>
  buildServicePicture({ id: `${at}`, name: `größer-${at}`, replicas: [buildReplica({ key: `${at}` })] });

describe('whoever asks for the picture and takes gzip', () => {
  it.each([0, 1, 2, 300])('has all of it, of %i services', (count) => {
    const picture = buildSwarmPicture({
      services: Array.from({ length: count }, (_, at) => buildService(at)),
    });
    expect(JSON.parse(unpack(picture))).toEqual(JSON.parse(JSON.stringify(picture)));
  });

  it('has what changed since somebody else asked, wherever it stands', () => {
    const services = Array.from({ length: 5 }, (_, at) => buildService(at));
    const picture = buildSwarmPicture({ services });
    unpack(picture);
    for (const place of [0, 2, 4]) {
      const changed = { ...picture, services: services.with(place, buildService(17)) };
      expect(JSON.parse(unpack(changed))).toEqual(JSON.parse(JSON.stringify(changed)));
    }
  });
});

test.each([0, 1, 2, 255, 65_536, 1_000_003])(
  'the checksum of two texts in a row, the second of %i bytes',
  (length) => {
    const [first, second] = [Buffer.from('one before'), Buffer.alloc(length, 'abc')];
    const joined = joinChecksums(crc32(first), crc32(second), toShift(length));
    expect(joined).toBe(crc32(Buffer.concat([first, second])));
  },
);
