import { expect, test } from 'vitest';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { indexServices, updateServiceIndex } from './update-service-index.ts';

const [web, db, cache] = ['web', 'db', 'cache'].map((id) => buildServicePicture({ id, name: id })) as [
  ReturnType<typeof buildServicePicture>,
  ReturnType<typeof buildServicePicture>,
  ReturnType<typeof buildServicePicture>,
];

test('of a swarm in which one service changed that one is named, and the others are the same', () => {
  const before = [web, db];
  const after = [web, { ...db, running: 0 }];
  const { index, changed } = updateServiceIndex(indexServices(before), before, after, false);
  expect([...changed]).toEqual(['db']);
  expect([index.get('web') === web, index.get('db')]).toEqual([true, after[1]]);
});

test('services that came, went or changed while the list was made anew are named, those that only moved are not', () => {
  const before = [web, db];
  const after = [cache, { ...web, running: 0 }];
  const { index, changed } = updateServiceIndex(indexServices(before), before, after, false);
  expect([...changed].sort()).toEqual(['cache', 'db', 'web']);
  expect([...index.keys()]).toEqual(['cache', 'web']);
  expect([...updateServiceIndex(index, after, [...after].reverse(), false).changed]).toEqual([]);
});

test('what the first render has to find again is left as it was', () => {
  const first = indexServices([web, db]);
  const { index } = updateServiceIndex(first, [web, db], [web, { ...db, running: 0 }], true);
  expect([first.get('db') === db, index.get('db')?.running]).toEqual([true, 0]);
});
