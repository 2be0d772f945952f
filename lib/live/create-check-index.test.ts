import { expect, test } from 'vitest';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { buildHealthCheck } from '#lib/testing/build-health-check.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { createCheckIndex } from './create-check-index.ts';

type Check = 'service' | 'image' | null;

const service = (id: string, image: string, stack: string | null, check: Check): ServicePicture =>
  buildServicePicture({
    id,
    name: id,
    image,
    stack,
    healthCheck: check === null ? null : buildHealthCheck({ source: check }),
    replicas: [buildReplica({ status: check === null ? 'running' : 'healthy' })],
  });

test.each<
  [situation: string, others: [image: string, stack: string | null, check: Check][], kind: string | null]
>([
  ['the same image has a check of its service', [['app:2', 'shop', 'service']], 'image'],
  ['the same image does something in another stack', [['app:2', 'blog', 'service']], null],
  ['the image’s own check was switched off here', [['app:1', 'shop', 'image']], null],
  ['another image has one', [['web:1', null, 'service']], null],
  [
    'all the others of its stack have one',
    [
      ['web:1', 'shop', 'service'],
      ['db:1', 'shop', 'image'],
      ['mq:1', 'shop', 'image'],
    ],
    'stack',
  ],
  [
    'one other of its stack has none',
    [
      ['web:1', 'shop', 'service'],
      ['db:1', 'shop', 'image'],
      ['mq:1', 'shop', null],
    ],
    null,
  ],
  [
    'two others are no custom',
    [
      ['web:1', 'shop', 'service'],
      ['db:1', 'shop', 'image'],
    ],
    null,
  ],
])('%s', (_situation, others, kind) => {
  const index = createCheckIndex();
  index.set('it', service('it', 'app:1', 'shop', null));
  for (const [at, [image, stack, check]] of others.entries())
    index.set(`other${at}`, service(`other${at}`, image, stack, check));
  expect(index.siblingOf('it')?.kind ?? null).toBe(kind);
});

test('a service without a check is told of when a sibling gets one, loses it or goes', () => {
  const index = createCheckIndex();
  index.set('it', service('it', 'app:1', 'shop', null));
  index.takeChanged();
  const twin = service('twin', 'app:1', 'shop', 'service');
  index.set('twin', twin);
  expect([...index.takeChanged()]).toEqual(['it']);
  index.set('twin', { ...twin, sentence: 'Something else.' });
  expect([...index.takeChanged()]).toEqual([]);
  index.set('twin', null);
  expect([...index.takeChanged()]).toEqual(['it']);
  expect(index.siblingOf('it')).toBeNull();
});
