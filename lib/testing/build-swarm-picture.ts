import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { buildNodePicture } from './build-node-picture.ts';
import { buildServicePicture } from './build-service-picture.ts';

/** A swarm of one node and one service, all well. */
export function buildSwarmPicture(overrides: Partial<SwarmPicture> = {}): SwarmPicture {
  return {
    version: 1,
    demo: false,
    name: 'swarm',
    verdict: 'healthy',
    sentence: 'The one service is healthy',
    problems: 0,
    quorum: { state: 'unknown', managers: 0, reachable: 0, needed: 1, sentence: 'No manager is known.' },
    ready: true,
    sources: [],
    revision: 1,
    atMs: 20_000,
    nodes: [buildNodePicture()],
    services: [buildServicePicture()],
    findings: NO_FINDINGS,
    ...overrides,
  };
}
