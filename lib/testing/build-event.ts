import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';

/** Replica 1 of `web` on `host-1` became unhealthy, 20 s after epoch. */
export function buildEvent(overrides: Partial<SwarmEvent> = {}): SwarmEvent {
  return {
    id: 1,
    atMs: 20_000,
    kind: 'health',
    level: 'bad',
    serviceId: 'service-1',
    serviceName: 'web',
    replicaKey: '1',
    nodeId: 'node-1',
    hostname: 'host-1',
    taskId: 'task-1',
    text: 'web.1 on host-1 is unhealthy: 3 probes failed in a row.',
    evidence: null,
    ...overrides,
  };
}
