import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { buildHealthCheck } from './build-health-check.ts';
import { buildReplica } from './build-replica.ts';

/** `web` with one healthy replica. */
export function buildServicePicture(overrides: Partial<ServicePicture> = {}): ServicePicture {
  return {
    id: 'service-1',
    name: 'web',
    stack: null,
    mode: { kind: 'replicated', replicas: 1 },
    image: 'web:1',
    desired: 1,
    running: 1,
    healthy: 1,
    completed: null,
    verdict: 'healthy',
    sinceMs: 10_000,
    sentence: 'Its replica is healthy.',
    hint: null,
    update: null,
    healthCheck: buildHealthCheck(),
    slowestStartMs: null,
    updatedAtMs: 0,
    replicas: [buildReplica()],
    findings: NO_FINDINGS,
    ...overrides,
  };
}
