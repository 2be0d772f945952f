import type { Container } from '#lib/model/docker/container.ts';

/** The running container of `task-1` on `node-1`, started at 10 s, without a health check. */
export function buildContainer(overrides: Partial<Container> = {}): Container {
  return {
    id: 'container-1',
    nodeId: 'node-1',
    taskId: 'task-1',
    serviceId: 'service-1',
    state: 'running',
    startedAtMs: 10_000,
    finishedAtMs: null,
    exitCode: null,
    oomKilled: false,
    oomAtMs: null,
    lastWords: null,
    error: null,
    image: 'web:1',
    build: null,
    health: null,
    healthCheck: null,
    healthCheckInvalid: false,
    readAtMs: 20_000,
    inspectedAtMs: 20_000,
    probeSeenAtMs: null,
    unread: null,
    skewMs: 0,
    ...overrides,
  };
}
