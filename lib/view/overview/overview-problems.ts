import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { Replica, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { findNodeLosses, isExplainedBySwarm, type NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import {
  compareRanked,
  listRootIds,
  rankProblem,
  toLossPlace,
  toSwarmPlace,
} from '#lib/model/findings/problem-order.ts';
import { isFailing, isProblem, isWatched, listSwarmRoots } from '#lib/model/status/severity.ts';

/** What needs attention: lost nodes with all that they took along, and by id the services that have more to say. */
export interface OverviewProblems {
  losses: NodeLoss[];
  serviceIds: string[];
  /** What is wrong, by cause of the swarm and by id of a node or a service, in the order in which it is told. */
  order: string[];
  /** Services of which it is not known how they are. */
  unknown: string[];
}

/**
 * Picks what needs attention. One cause is shown once: a service with which nothing is wrong but a lost node is shown with
 * that node. Nodes that nothing was set up to read are not lost; the page says how to set them up.
 */
export function selectOverviewProblems({
  nodes,
  services,
  findings,
}: Pick<SwarmPicture, 'nodes' | 'services' | 'findings'>): OverviewProblems {
  const losses = findNodeLosses(nodes, services).filter(({ kind }) => kind !== 'unconfigured');
  const explained = new Set(
    losses.flatMap((loss) => loss.services.filter((one) => one.explained).map(({ id }) => id)),
  );
  // Most are well: of those nothing more is asked.
  const unexplained = services.filter(
    (service) =>
      (isProblem(service.verdict) || service.verdict === 'unknown') &&
      !explained.has(service.id) &&
      !isExplainedBySwarm(service),
  );
  const listed = unexplained.filter((service) => isProblem(service.verdict));
  const swarm = listSwarmRoots(findings);
  const roots = listRootIds(swarm);
  const all = [
    ...swarm.map((one) => ({ id: one.cause, sinceMs: one.sinceMs, place: toSwarmPlace(one) })),
    ...losses.map((one) => ({ id: one.nodeId, sinceMs: one.sinceMs, place: toLossPlace(one, roots) })),
    ...listed.map(({ id, sinceMs, verdict }) => ({ id, sinceMs, place: verdict })),
  ].map((one) => ({ ...one, rank: rankProblem(one.place) }));
  return {
    losses,
    serviceIds: listed.map((service) => service.id),
    order: all.sort(compareRanked).map(({ id }) => id),
    unknown: unexplained.filter((service) => service.verdict === 'unknown').map((service) => service.id),
  };
}

/** The evidence beside a service's sentence, from the replica that is worst off; `null` when there is none. */
export function toEvidence(service: Pick<ServicePicture, 'replicas'>): Evidence | null {
  let found: Evidence | null = null;
  let rank: number = REPLICA_STATUSES.indexOf('stopping');
  for (const replica of service.replicas) {
    const own = toRank(replica);
    if (own >= rank || replica.evidence === null) continue;
    found = replica.evidence;
    rank = own;
  }
  return found;
}

/** The replica that is worst off, the first of several; `null` when all of them are fine, or there are none. */
export function toWorstReplica(replicas: readonly Replica[]): Replica | null {
  let worst: Replica | null = null;
  let rank: number = REPLICA_STATUSES.indexOf('paused') + 1;
  for (const replica of replicas) {
    const own = toRank(replica);
    if (own < rank) {
      worst = replica;
      rank = own;
    }
  }
  return worst;
}

/** In the order of statuses, the worst first. One whose failing probes are only watched is well. */
function toRank(replica: Replica): number {
  if (isWatched(replica)) return REPLICA_STATUSES.indexOf('healthy');
  // On its way up again after a bad end: as long as it is not up, it is what the service lacks.
  const isBad = replica.recovering || isFailing(replica);
  return REPLICA_STATUSES.indexOf(isBad ? 'failing' : replica.status);
}

/** When the first of these replicas may be given up by Docker, epoch ms; `null` when none is failing. */
export function toDecidesAt(replicas: readonly Pick<Replica, 'health'>[]): number | null {
  let firstMs: number | null = null;
  for (const { health } of replicas) {
    const atMs = health?.decidesAtMs ?? null;
    if (atMs !== null && (firstMs === null || atMs < firstMs)) firstMs = atMs;
  }
  return firstMs;
}
