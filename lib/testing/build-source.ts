import type { Source } from '#lib/model/docker/source.ts';

/** The live source of `node-1`'s engine. */
export function buildSource(overrides: Partial<Source> = {}): Source {
  return {
    kind: 'engine',
    endpoint: 'tcp://10.0.0.1:2375',
    nodeId: 'node-1',
    state: 'live',
    sinceMs: 0,
    error: null,
    lastReadMs: 10_000,
    active: true,
    engineVersion: '28.5.0',
    apiVersion: '1.51',
    left: false,
    skewMs: 0,
    ...overrides,
  };
}
