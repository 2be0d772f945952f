import type { Found } from '#lib/model/contract/found.ts';
import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { isOk, toReplicaSeverity } from '#lib/model/status/severity.ts';
import { BURST_MS } from './node-roots.ts';

/** Services fail for reasons of their own all the time: of one moment so many, on so many nodes, are no coincidence. */
const MIN_SERVICES = 3;
const MIN_NODES = 2;
const MAX_NAMES = 3;

/** What a replica whose process ended or does not answer is like; one that waits for a place or an image has not failed. */
const FAILED: ReadonlySet<ReplicaStatus> = new Set([
  'failing',
  'unhealthy',
  'failed',
  'starting',
  'preparing',
]);

interface Failure {
  serviceId: string;
  serviceName: string;
  nodeId: string;
  atMs: number;
}

type ServiceState = Pick<ServicePicture, 'id' | 'name' | 'verdict' | 'update' | 'replicas'>;

/**
 * Replicas of several services on several nodes that began to fail within seconds, as long as that lasts: no node explains
 * it, so they may share something that Docker does not know of. A notice: each of them is a problem of its own, and none is
 * hidden by a guess.
 */
export function findFailingTogether(services: readonly ServiceState[]): Found<'swarm'> | null {
  const failures = services.flatMap(recallFailures).sort((a, b) => a.atMs - b.atMs);
  const burst = findLargest(failures);
  if (burst.length === 0) return null;
  const names = [...new Set(burst.map(({ serviceName }) => serviceName))].sort();
  return {
    cause: 'failing-together',
    level: 'notice',
    facts: {
      replicas: burst.length,
      services: { count: countServices(burst), names: names.slice(0, MAX_NAMES) },
      nodes: countNodes(burst),
      withinMs: BURST_MS,
    },
    sinceMs: burst[0]?.atMs ?? null,
    evidence: null,
    because: null,
  };
}

/** A service's picture never changes: those that are as they were are not gone through again. */
const KNOWN = new WeakMap<ServiceState, readonly Failure[]>();

function recallFailures(service: ServiceState): readonly Failure[] {
  const known = KNOWN.get(service);
  if (known !== undefined) return known;
  const failures = listFailures(service);
  KNOWN.set(service, failures);
  return failures;
}

/** What an update does to a service is that update's. */
function listFailures({ id, name, verdict, update, replicas }: ServiceState): Failure[] {
  if (isOk(verdict) || update?.state === 'updating' || update?.state === 'paused') return [];
  return replicas.flatMap((replica) => {
    const atMs = findFailedAt(replica);
    return atMs === null || replica.nodeId === null
      ? []
      : [{ serviceId: id, serviceName: name, nodeId: replica.nodeId, atMs }];
  });
}

/** Since when it fails by itself; `null`: it does not, or something else explains it. */
function findFailedAt(replica: Replica): number | null {
  if (!FAILED.has(replica.status) || toReplicaSeverity(replica) === 'ok') return null;
  const own = replica.findings.filter(({ level }) => level === 'problem');
  if (own.length === 0 || own.some(({ because }) => because !== null)) return null;
  return Math.min(...own.map(({ sinceMs }) => sinceMs));
}

/** @param failures in the order of time */
function findLargest(failures: readonly Failure[]): readonly Failure[] {
  let largest: readonly Failure[] = [];
  let from = 0;
  for (const [at, { atMs }] of failures.entries()) {
    while ((failures[from]?.atMs ?? atMs) < atMs - BURST_MS) from += 1;
    // Only where a span cannot grow any more is it looked at.
    const nextMs = failures[at + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    if (nextMs <= (failures[from]?.atMs ?? atMs) + BURST_MS) continue;
    const span = failures.slice(from, at + 1);
    const isBurst = countServices(span) >= MIN_SERVICES && countNodes(span) >= MIN_NODES;
    if (isBurst && span.length > largest.length) largest = span;
  }
  return largest;
}

const countServices = (all: readonly Failure[]) => new Set(all.map(({ serviceId }) => serviceId)).size;
const countNodes = (all: readonly Failure[]) => new Set(all.map(({ nodeId }) => nodeId)).size;
