import { expect, test } from 'vitest';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { countReplicas } from './count-replicas.ts';

const replicated = (replicas: number): Partial<Service> => ({ mode: { kind: 'replicated', replicas } });
const job = (totalCompletions: number): Partial<Service> => ({
  mode: { kind: 'replicated-job', maxConcurrent: 2, totalCompletions },
});
const global: Partial<Service> = { mode: { kind: 'global' } };

test.each<[situation: string, service: Partial<Service>, statuses: ReplicaStatus[], counts: string]>([
  [
    'every kind of up',
    replicated(4),
    ['healthy', 'running', 'failing', 'starting'],
    '3/4 up, 2 healthy, - completed',
  ],
  ['unhealthy and lost are not up', replicated(2), ['unhealthy', 'lost'], '0/2 up, 0 healthy, - completed'],
  ['unknown is never counted as up', replicated(1), ['unknown'], '0/1 up, 0 healthy, - completed'],
  [
    'scaling down: never more than wanted',
    replicated(1),
    ['healthy', 'healthy', 'stopping'],
    '1/1 up, 1 healthy, - completed',
  ],
  [
    'global: places that should run, the lost one too',
    global,
    ['healthy', 'lost', 'stopping'],
    '1/2 up, 1 healthy, - completed',
  ],
  ['job', job(3), ['complete', 'running'], '1/3 up, 1 healthy, 1 completed'],
  ['job with more tasks than wanted', job(1), ['complete', 'complete'], '0/1 up, 0 healthy, 1 completed'],
  ['global job', { mode: { kind: 'global-job' } }, ['complete', 'running'], '1/2 up, 1 healthy, 1 completed'],
])('%s', (_situation, service, statuses, counts) => {
  const { desired, running, healthy, completed } = countReplicas(
    buildService(service),
    statuses.map((status) => ({ status })),
  );
  expect(`${running}/${desired} up, ${healthy} healthy, ${completed ?? '-'} completed`).toBe(counts);
});
