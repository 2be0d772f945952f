import { expect, test } from 'vitest';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { encodePicture } from '#lib/wire/encode-picture.ts';
import { toJsonInTurns } from './to-json-in-turns.ts';

test('a large picture comes whole, and others have their turn while it is written', async () => {
  const services = Array.from({ length: 2_000 }, (_, at) => buildServicePicture({ id: `${at}` }));
  const picture = buildSwarmPicture({ services });
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 0);
  const answer = await toJsonInTurns(encodePicture(picture)).json();
  clearInterval(others);
  expect(answer).toEqual(JSON.parse(JSON.stringify(picture)));
  expect(turns).toBeGreaterThan(2);
});
