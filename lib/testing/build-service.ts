import type { Service } from '#lib/model/docker/service.ts';

/** `web`, one replica, Docker's defaults for restart and update, created at epoch. */
export function buildService(overrides: Partial<Service> = {}): Service {
  return {
    id: 'service-1',
    name: 'web',
    stack: null,
    mode: { kind: 'replicated', replicas: 1 },
    image: 'web:1',
    imageDigest: null,
    healthCheck: null,
    stopGraceMs: 10_000,
    restart: { condition: 'any', delayMs: 5_000, maxAttempts: null, windowMs: null },
    updatePolicy: {
      parallelism: 1,
      delayMs: 0,
      monitorMs: 5_000,
      maxFailureRatio: 0,
      failureAction: 'pause',
      order: 'stop-first',
    },
    update: null,
    constraints: [],
    reserved: { cpuNano: null, memoryBytes: null, generic: [] },
    limits: { cpuNano: null, memoryBytes: null, pids: null },
    logDriver: null,
    volumeDrivers: [],
    ports: [],
    jobIteration: null,
    createdAtMs: 0,
    updatedAtMs: 0,
    specKey: null,
    changes: [],
    ...overrides,
  };
}
