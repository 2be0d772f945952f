import type { Replica, ServiceHead } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Service } from '#lib/model/docker/service.ts';

/** The replicas that a verdict speaks of. */
const DECIDING_STATUSES: Partial<Record<Verdict, readonly ReplicaStatus[]>> = {
  down: ['failed', 'lost', 'unhealthy', 'paused'],
  degraded: ['failed', 'lost', 'unhealthy', 'paused'],
  pending: ['pending'],
  failing: ['failing'],
  unknown: ['unknown'],
  starting: ['starting', 'preparing', 'pending'],
};

/**
 * Since when the verdict holds, epoch ms, never in the future: kept while it is the same, else the first moment of a
 * replica it speaks of, or when the last replica came to where all is well; never before the verdict it
 * follows.
 */
export function findVerdictSince(
  service: Service,
  verdict: Verdict,
  replicas: readonly Pick<Replica, 'status' | 'sinceMs'>[],
  previous: Pick<ServiceHead, 'verdict' | 'sinceMs'> | null,
  nowMs: number,
): number {
  if (previous !== null && previous.verdict === verdict) return Math.min(previous.sinceMs, nowMs);
  const evidence = findEvidence(service, verdict, replicas) ?? nowMs;
  // What was not known is no verdict that this one followed: an engine read again shows since when all has been well.
  const notBeforeMs = previous === null || previous.verdict === 'unknown' ? evidence : previous.sinceMs;
  return Math.min(nowMs, Math.max(evidence, notBeforeMs));
}

function findEvidence(
  service: Service,
  verdict: Verdict,
  replicas: readonly Pick<Replica, 'status' | 'sinceMs'>[],
): number | null {
  if (verdict === 'updating') return service.update?.startedAtMs ?? service.updatedAtMs;
  const statuses = DECIDING_STATUSES[verdict];
  const moments = replicas
    .filter(({ status }) => statuses === undefined || statuses.includes(status))
    .map(({ sinceMs }) => sinceMs);
  if (moments.length === 0) return service.update?.completedAtMs ?? service.updatedAtMs;
  return statuses === undefined ? max(moments) : min(moments);
}

function min(moments: number[]): number {
  return moments.reduce((a, b) => Math.min(a, b));
}

function max(moments: number[]): number {
  return moments.reduce((a, b) => Math.max(a, b));
}
