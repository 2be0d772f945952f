import { expect, test } from 'vitest';
import { buildEvent } from '#lib/testing/build-event.ts';
import { toEventHref } from './event-href.ts';

const HOUR = 3_600_000;

test.each([
  ['just now: the replica as it is', { atMs: 9.99 * HOUR }, '/services/web/1'],
  [
    'hours ago: the replica at that time',
    { atMs: HOUR },
    `/services/web/1?from=${HOUR - 600_000}&until=${HOUR + 300_000}`,
  ],
  ['a service', { replicaKey: null, atMs: HOUR }, '/services/web'],
  ['a node', { serviceName: null, replicaKey: null }, null],
])('%s', (_, overrides, href) => {
  expect(toEventHref(buildEvent(overrides), 10 * HOUR)).toBe(href);
});
