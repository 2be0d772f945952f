import { expect, test } from 'vitest';
import type { Availability } from '#lib/model/contract/availability.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { isUp } from '#lib/model/status/severity.ts';
import { decideAvailability } from './availability.ts';

type Case = [what: string, verdict: ServicePicture['verdict'], statuses: ReplicaStatus[], is: Availability];

test.each<Case>([
  ['all healthy', 'healthy', ['healthy', 'healthy'], 'up'],
  ['without a check', 'running', ['running'], 'up'],
  ['watched: one probe failed', 'healthy', ['failing', 'healthy'], 'up'],
  ['probes fail, and Docker does not act yet', 'failing', ['failing', 'failing'], 'up'],
  ['one of two is lost', 'degraded', ['lost', 'healthy'], 'reduced'],
  ['one finds no node', 'pending', ['pending', 'healthy'], 'reduced'],
  ['one of two fails probes, and the other is up', 'failing', ['failing', 'healthy'], 'up'],
  ['an update that keeps one up', 'updating', ['preparing', 'healthy'], 'up'],
  ['an update that leaves nobody up', 'updating', ['preparing'], 'down'],
  ['all killed', 'down', ['failed', 'unhealthy'], 'down'],
  ['the last one is being stopped for its health', 'down', ['unhealthy'], 'down'],
  ['on its way up again after a crash', 'down', ['starting'], 'down'],
  ['no node fits', 'pending', ['pending'], 'down'],
  ['Swarm has made none of them', 'degraded', [], 'down'],
  ['its first start', 'starting', ['preparing', 'starting'], 'uncounted'],
  ['nobody knows', 'unknown', ['unknown', 'unknown'], 'unknown'],
  ['one is gone, of the other nobody knows', 'degraded', ['failed', 'unknown'], 'unknown'],
  ['one is up, of the other nobody knows', 'unknown', ['healthy', 'unknown'], 'up'],
  ['one was paused by hand', 'down', ['paused'], 'uncounted'],
  ['one was paused, the other died', 'down', ['paused', 'failed'], 'down'],
  ['being removed', 'running', ['stopping'], 'uncounted'],
])('%s', (_, verdict, statuses, is) => {
  const desired = Math.max(1, statuses.length);
  const running = statuses.filter(isUp).length;
  const replicas = statuses.map((status) => ({ status }));
  const mode = { kind: 'replicated', replicas: desired } as const;
  expect(decideAvailability({ mode, desired, running, verdict, replicas, findings: [] })).toBe(is);
});

test('scaled to 0, and jobs, are not counted', () => {
  const none = { desired: 0, running: 0, verdict: 'idle', replicas: [], findings: [] } as const;
  expect(decideAvailability({ ...none, mode: { kind: 'replicated', replicas: 0 } })).toBe('uncounted');
  const job = { ...none, desired: 2, replicas: [{ status: 'failed' }] } as const;
  expect(decideAvailability({ ...job, mode: { kind: 'global-job' } })).toBe('uncounted');
});

test.each<[ReplicaStatus, Availability]>([
  ['failed', 'unknown'],
  ['pending', 'unknown'],
  ['healthy', 'up'],
])('while nobody lists tasks, a service whose replica was %s is %s', (status, is) => {
  const service = {
    desired: 1,
    running: Number(isUp(status)),
    verdict: 'down',
    replicas: [{ status }],
  } as const;
  const findings = [{ cause: 'tasks-unlisted' }] as const;
  expect(decideAvailability({ ...service, mode: { kind: 'replicated', replicas: 1 }, findings })).toBe(is);
});
