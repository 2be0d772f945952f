import type { NodePicture, ServiceHead, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { isJob } from '#lib/model/docker/service.ts';
import { isNodeReady, isProblem, isWatched } from '#lib/model/status/severity.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { countNodes, countReplicas, countRuns, countServices } from '#words/counts.ts';
import * as words from '#words/pages/overview.ts';

/** The swarm in numbers. */
export interface Summary {
  services: { total: number; problems: number; unknown: number };
  nodes: { total: number; ready: number; unread: number };
  replicas: { desired: number; healthy: number; byStatus: Record<ReplicaStatus, number> };
  failingProbes: number;
  /** Those of them whose streak is only watched. */
  watched: number;
  restarts1h: number;
  /** Services and nodes that are silenced, each with what it explains once. */
  silenced: number;
}

type Counted = Pick<SwarmPicture, 'nodes' | 'services'>;

const NOTHING: Counted = { nodes: [], services: [] };

/** Counts a picture. Jobs are left out of the replicas: they are meant to end. */
export function toSummary(picture: Counted): Summary {
  return updateSummary(emptySummary(), NOTHING, picture);
}

/** The summary of `after`, given that of `before`: counts what stands at another place in it, or is another object. */
export function updateSummary(summary: Summary, before: Counted, after: Counted): Summary {
  const { services, nodes, replicas } = summary;
  const next: Summary = {
    ...summary,
    services: { ...services },
    nodes: { ...nodes },
    replicas: { ...replicas, byStatus: { ...replicas.byStatus } },
  };
  count(before.services, after.services, (service, sign) => countService(next, service, sign));
  count(before.nodes, after.nodes, (node, sign) => countNode(next, node, sign));
  return next;
}

/** Takes out of the sums what is no longer where it was, and puts in what is there now. */
function count<T>(before: readonly T[], after: readonly T[], add: (item: T, sign: 1 | -1) => void): void {
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index += 1) {
    const was = before[index];
    const is = after[index];
    if (was === is) continue;
    if (was !== undefined) add(was, -1);
    if (is !== undefined) add(is, 1);
  }
}

function countService(summary: Summary, service: ServicePicture, sign: 1 | -1): void {
  const { services, replicas } = summary;
  services.total += sign;
  if (isProblem(service.verdict)) services.problems += sign;
  if (service.verdict === 'unknown') services.unknown += sign;
  if (service.silenced?.of === 'service' || service.silenced?.of === 'stack') summary.silenced += sign;
  const tally = tallyReplicas(service);
  summary.failingProbes += sign * tally.failingProbes;
  summary.watched += sign * tally.watched;
  summary.restarts1h += sign * tally.restarts1h;
  if (isJob(service)) return;
  replicas.desired += sign * service.desired;
  replicas.healthy += sign * Math.min(service.healthy, service.desired);
  for (const status of REPLICA_STATUSES) replicas.byStatus[status] += sign * tally.byStatus[status];
}

function countNode(summary: Summary, node: NodePicture, sign: 1 | -1): void {
  const { nodes } = summary;
  if (node.silenced != null) summary.silenced += sign;
  nodes.total += sign;
  if (isNodeReady(node)) nodes.ready += sign;
  if (node.status === 'ready' && node.engine.state !== 'live') nodes.unread += sign;
}

function emptySummary(): Summary {
  const { byStatus, ...sums } = emptyTally();
  return {
    services: { total: 0, problems: 0, unknown: 0 },
    nodes: { total: 0, ready: 0, unread: 0 },
    replicas: { desired: 0, healthy: 0, byStatus },
    ...sums,
    silenced: 0,
  };
}

export interface ReplicaTally {
  byStatus: Record<ReplicaStatus, number>;
  /** Replicas whose last probes failed, whether or not Docker has acted on it. */
  failingProbes: number;
  /** Those of them that nobody need act on yet. */
  watched: number;
  restarts1h: number;
}

// Pictures are immutable and shared in parts, so each service is counted once for as long as it stays the same.
const tallies = new WeakMap<ServicePicture, ReplicaTally>();

/** A tally of nothing. */
function emptyTally(): ReplicaTally {
  const byStatus = Object.fromEntries(REPLICA_STATUSES.map((status) => [status, 0]));
  return { byStatus: byStatus as Record<ReplicaStatus, number>, failingProbes: 0, watched: 0, restarts1h: 0 };
}

/** A service's replicas by status. */
export function tallyReplicas(service: ServicePicture): ReplicaTally {
  const known = tallies.get(service);
  if (known !== undefined) return known;
  const tally = emptyTally();
  for (const replica of service.replicas) {
    tally.byStatus[replica.status] += 1;
    tally.restarts1h += replica.restarts1h;
    if ((replica.health?.failingStreak ?? 0) > 0) tally.failingProbes += 1;
    if (isWatched(replica)) tally.watched += 1;
  }
  tallies.set(service, tally);
  return tally;
}

/** A service's counts in words: `3 of 5 replicas healthy`, `2 of 10 runs complete, 2 running`, `scaled to 0`. */
export function describeCounts(service: ServiceHead): string {
  if (isJob(service)) {
    const done = words.runsComplete(formatCount(service.completed ?? 0), countRuns(service.desired));
    return service.running > 0 ? words.andRunning(done, formatCount(service.running)) : done;
  }
  if (service.desired === 0) {
    return service.running === 0 ? words.scaledTo0 : words.stillUp(formatCount(service.running));
  }
  const replicas = countReplicas(service.desired);
  return service.healthCheck === null
    ? words.ofRunning(formatCount(service.running), replicas)
    : words.ofHealthy(formatCount(service.healthy), replicas);
}

/** `3 services and 1 node`, `1 node`. */
export function countBoth(services: number, nodes: number): string {
  const parts = [
    services === 0 ? null : countServices(services),
    nodes === 0 ? null : countNodes(nodes),
  ].filter((part) => part !== null);
  return parts.join(words.and);
}

/** The one answer when something is wrong: `2 services and 1 node need attention`; what the swarm itself lacks comes first. */
export function describeAttention(isSwarm: boolean, services: number, nodes: number): string {
  const others = countBoth(services, nodes);
  if (others === '') return words.swarmAttention;
  if (!isSwarm) return words.attention(others, services + nodes === 1);
  const join = services > 0 && nodes > 0 ? ', ' : ' and ';
  return words.attention(`${words.theSwarm}${join}${others}`, false);
}
