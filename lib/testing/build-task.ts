import type { Task } from '#lib/model/docker/task.ts';

/** A task of replica 1 of `web`, running on `node-1` since 10 s after epoch. */
export function buildTask(overrides: Partial<Task> = {}): Task {
  return {
    id: 'task-1',
    serviceId: 'service-1',
    slot: 1,
    nodeId: 'node-1',
    state: 'running',
    desiredState: 'running',
    stateAtMs: 10_000,
    message: 'started',
    error: null,
    containerId: null,
    exitCode: null,
    image: 'web:1',
    imageDigest: null,
    specKey: null,
    jobIteration: null,
    createdAtMs: 5_000,
    updatedAtMs: 10_000,
    versionIndex: null,
    addresses: [],
    networkIds: [],
    ...overrides,
  };
}
