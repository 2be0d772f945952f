import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';

/** `node-1`, a ready worker whose engine is live. */
export function buildNodePicture(overrides: Partial<NodePicture> = {}): NodePicture {
  return {
    id: 'node-1',
    hostname: 'host-1',
    role: 'worker',
    leader: false,
    reachability: null,
    status: 'ready',
    statusMessage: null,
    availability: 'active',
    address: '10.0.0.1',
    engineVersion: '28.5.0',
    engine: {
      state: 'live',
      sinceMs: 0,
      error: null,
      endpoint: 'tcp://10.0.0.1:2375',
      apiVersion: '1.51',
      skewMs: 0,
      lastReadMs: 10_000,
    },
    findings: NO_FINDINGS,
    ...overrides,
  };
}
