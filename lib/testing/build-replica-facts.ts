import { DEFAULT_PROBE_LINE } from '#lib/model/docker/probe-line.ts';
import { NO_USAGE_SIGNS } from '#lib/model/docker/usage-signs.ts';
import { NO_TALLY } from '#lib/model/status/probe-tally.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { buildNode } from './build-node.ts';
import { buildService } from './build-service.ts';
import { buildSource } from './build-source.ts';
import { buildTask } from './build-task.ts';

/** A running task on a ready node with a live engine, its container not read, nothing before it; it is 20 s after epoch. */
export function buildReplicaFacts(overrides: Partial<ReplicaFacts> = {}): ReplicaFacts {
  return {
    service: buildService(),
    task: buildTask(),
    earlier: [],
    forgotten: [],
    container: null,
    usageSigns: NO_USAGE_SIGNS,
    tally: NO_TALLY,
    probeLine: DEFAULT_PROBE_LINE,
    wasFlapping: false,
    manyFail: false,
    sisterRuns: false,
    wasMissing: false,
    lostWith: null,
    slowestStartMs: null,
    lastContainerOf: () => null,
    node: buildNode(),
    nodeOf: () => null,
    engineOf: () => null,
    hasProbedSince: () => false,
    silentSince: () => null,
    missingSinceMs: 20_000,
    seenUpSinceMs: null,
    fullNetwork: null,
    roomOn: () => null,
    offNode: () => null,
    unreadSinceMs: null,
    engine: buildSource(),
    nowMs: 20_000,
    ...overrides,
  };
}
