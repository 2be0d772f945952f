import type { SwarmNode } from '#lib/model/docker/node.ts';

/** `node-1`, a ready, active worker called `host-1`. */
export function buildNode(overrides: Partial<SwarmNode> = {}): SwarmNode {
  return {
    id: 'node-1',
    hostname: 'host-1',
    role: 'worker',
    manager: null,
    status: 'ready',
    statusMessage: null,
    availability: 'active',
    address: '10.0.0.1',
    listedAddress: '10.0.0.1',
    engineVersion: '28.5.0',
    os: 'linux',
    architecture: 'x86_64',
    labels: {},
    engineLabels: [],
    plugins: null,
    cpuNano: 4_000_000_000,
    memoryBytes: 8_589_934_592,
    generic: [],
    issuer: null,
    createdAtMs: 0,
    notUnderstood: [],
    listedAs: null,
    updatedAtMs: 0,
    ...overrides,
  };
}
