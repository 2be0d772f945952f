import { expect, test } from 'vitest';
import { buildEvent } from '#lib/testing/build-event.ts';
import { nameEventSubject, sortByTime, toEventHref } from './event.ts';

test.each([
  ['web.1', {}],
  ['web', { replicaKey: null }],
  ['web', { replicaKey: '7pqx4ubm2zq1kq3tk2v4yz0ab' }],
  [null, { serviceName: null, replicaKey: null }],
])('%s', (name, overrides) => expect(nameEventSubject(buildEvent(overrides))).toBe(name));

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

test('what was reported late stands where it happened', () => {
  const events = [
    buildEvent({ id: 30, atMs: 30 }),
    buildEvent({ id: 20, atMs: 5 }),
    buildEvent({ id: 10, atMs: 10 }),
  ];
  expect(sortByTime(events).map(({ id }) => id)).toEqual([30, 10, 20]);
});
