import type {
  FleetEvent,
  FleetPicture,
  FleetProblem,
  FleetSaid,
  FleetSwarm,
} from '#lib/model/contract/fleet.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { buildSwarmEvent } from './build-swarm-event.ts';

/** So many of each status, and none of the others. */
export function countStatuses(some: Partial<Record<ReplicaStatus, number>>): Record<ReplicaStatus, number> {
  const none = Object.fromEntries(REPLICA_STATUSES.map((status) => [status, 0]));
  return { ...(none as Record<ReplicaStatus, number>), ...some };
}

/** Ten services of twenty replicas on three nodes, all well. */
function buildFleetSaid(overrides: Partial<FleetSaid> = {}): FleetSaid {
  return {
    title: 'swarm',
    demo: false,
    verdict: 'healthy',
    sentence: 'All 10 services are healthy',
    problems: 0,
    services: { total: 10, well: 10, unknown: 0, changing: 0 },
    replicas: { desired: 20, healthy: 20, byStatus: countStatuses({ healthy: 20 }) },
    nodes: { total: 3, ready: 3, notReady: null },
    managers: { total: 3, reachable: 3 },
    engines: ['28.5.2'],
    worst: [],
    ...overrides,
  };
}

export function buildFleetSwarm(
  name: string,
  said: Partial<FleetSaid> | null = {},
  overrides: Partial<FleetSwarm> = {},
): FleetSwarm {
  return {
    name,
    state: 'live',
    heardAtMs: 20_000,
    reason: null,
    said: said === null ? null : buildFleetSaid(said),
    ...overrides,
  };
}

/** `shop_api` of 5 replicas, of which one fails its probes. */
export function buildFleetProblem(overrides: Partial<FleetProblem> = {}): FleetProblem {
  return {
    id: 'service:s1',
    kind: 'service',
    name: 'shop_api',
    isBad: true,
    verdict: 'failing',
    nodeState: null,
    sinceMs: 10_000,
    sentence: 'Replica 2 failed 2 of 3 probes: exit 1.',
    evidence: null,
    counts: '4 of 5 replicas healthy',
    cells: ['failing', 'healthy', 'healthy', 'healthy', 'healthy'],
    replicas: 5,
    ...overrides,
  };
}

/** A swarm with one problem of this kind. */
export function buildBadSwarm(name: string, problem: Partial<FleetProblem> = {}): FleetSwarm {
  const worst = [buildFleetProblem(problem)];
  return buildFleetSwarm(name, {
    verdict: problem.verdict ?? 'failing',
    sentence: 'shop_api needs attention',
    problems: 1,
    services: { total: 10, well: 9, unknown: 0, changing: 0 },
    replicas: { desired: 20, healthy: 19, byStatus: countStatuses({ healthy: 19, failing: 1 }) },
    worst,
  });
}

/** It has not answered for 5 s. */
export function buildSilentSwarm(name: string, said: Partial<FleetSaid> | null = {}): FleetSwarm {
  return buildFleetSwarm(name, said, {
    state: 'silent',
    heardAtMs: said === null ? null : 5_000,
    reason: 'It does not answer (ECONNREFUSED).',
  });
}

export function buildFleetEvent(swarm: string, overrides: Partial<FleetEvent> = {}): FleetEvent {
  return { ...buildSwarmEvent(overrides), swarm };
}

export function buildFleet(swarms: FleetSwarm[], events: FleetEvent[] = []): FleetPicture {
  return { version: 1, revision: 1, atMs: 20_000, swarms, events };
}
