import { expect, test } from 'vitest';
import { buildEvent } from '#lib/testing/build-event.ts';
import { nameEventSubject } from './name-event-subject.ts';

test.each([
  ['web.1', {}],
  ['web', { replicaKey: null }],
  ['web', { replicaKey: '7pqx4ubm2zq1kq3tk2v4yz0ab' }],
  [null, { serviceName: null, replicaKey: null }],
])('%s', (name, overrides) => expect(nameEventSubject(buildEvent(overrides))).toBe(name));
