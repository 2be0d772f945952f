import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';

/** Replica `web.1` began to fail its probes at 20 s. */
export function buildSwarmEvent(overrides: Partial<SwarmEvent> = {}): SwarmEvent {
  return {
    id: 1,
    atMs: 20_000,
    kind: 'health',
    level: 'warn',
    serviceId: 'service-1',
    serviceName: 'web',
    replicaKey: '1',
    nodeId: 'node-1',
    hostname: 'docker01',
    taskId: 'task-1',
    text: 'web.1 on docker01 fails its probes.',
    evidence: null,
    ...overrides,
  };
}
