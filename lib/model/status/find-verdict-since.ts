import type { Finding } from '#lib/model/contract/finding.ts';
import type { Replica, ServiceHead } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isFailing, isUp, type ReplicaState, STATUS_FACTS, toReplicaSeverity } from './severity.ts';

type TimedReplica = Pick<Replica, 'sinceMs'> &
  ReplicaState & { findings: readonly Pick<Finding, 'level' | 'sinceMs'>[] };

const CRITICAL = REPLICA_STATUSES.filter((status) => STATUS_FACTS[status].severity === 'critical');

/** The replicas that a verdict speaks of. */
const DECIDING_STATUSES: Partial<Record<Verdict, readonly ReplicaStatus[]>> = {
  down: CRITICAL,
  degraded: CRITICAL,
  pending: ['pending'],
  unknown: ['unknown'],
  starting: ['starting', 'preparing', 'pending'],
};

/** What these follow from may be the service's own, and none of its replicas'. */
const OWN_PROBLEMS: readonly Verdict[] = ['degraded', 'pending', 'unknown'];

/** Where none of those is: a replica whose state lasts for too long. */
const LASTING_STATUSES: Partial<Record<Verdict, readonly ReplicaStatus[]>> = {
  down: ['starting', 'preparing', 'pending'],
  degraded: ['starting', 'preparing', 'pending', 'stopping'],
};

/**
 * Since when the verdict holds, epoch ms, never in the future: kept while it is the same, else the first moment of a
 * replica it speaks of or of the service's own problem, or when the last replica came to where all is well; never before
 * the verdict it follows.
 */
export function findVerdictSince(
  service: Service,
  verdict: Verdict,
  replicas: readonly TimedReplica[],
  previous: Pick<ServiceHead, 'verdict' | 'sinceMs'> | null,
  nowMs: number,
  problemSinceMs: number | null = null,
): number {
  if (previous !== null && previous.verdict === verdict && verdict !== 'unknown')
    return Math.min(previous.sinceMs, nowMs);
  const evidence = findEvidence(service, verdict, replicas, problemSinceMs) ?? nowMs;
  // What is not known for another reason than before may be so for longer than we have watched.
  if (previous !== null && previous.verdict === verdict) return Math.min(previous.sinceMs, evidence, nowMs);
  // What was not known is no verdict that this one followed: an engine read again shows since when all has been well.
  const notBeforeMs = previous === null || previous.verdict === 'unknown' ? evidence : previous.sinceMs;
  return Math.min(nowMs, Math.max(evidence, notBeforeMs));
}

function findEvidence(
  service: Service,
  verdict: Verdict,
  replicas: readonly TimedReplica[],
  problemSinceMs: number | null,
): number | null {
  if (verdict === 'updating') return service.update?.startedAtMs ?? service.updatedAtMs;
  if (verdict === 'failing') {
    const problems = replicas.filter(isFailing).flatMap(({ findings }) => findings);
    const moments = problems.filter(({ level }) => level === 'problem').map(({ sinceMs }) => sinceMs);
    if (moments.length > 0) return min(moments);
  }
  const statuses = DECIDING_STATUSES[verdict];
  const momentsOf = (wanted: readonly ReplicaStatus[] | undefined) =>
    replicas
      .filter(({ status }) => wanted === undefined || wanted.includes(status))
      .map(({ sinceMs }) => sinceMs);
  const moments = momentsOf(statuses);
  if (moments.length > 0) return statuses === undefined ? max(moments) : min(moments);
  if (OWN_PROBLEMS.includes(verdict) && problemSinceMs !== null) return problemSinceMs;
  const recovering = findRecovering(verdict, replicas);
  if (recovering !== null) return recovering;
  const lasting = momentsOf(LASTING_STATUSES[verdict] ?? []);
  return lasting.length > 0 ? min(lasting) : (service.update?.completedAtMs ?? service.updatedAtMs);
}

/** Up again, and not to be relied on yet: what a service was last changed for is no part of that. */
function findRecovering(verdict: Verdict, replicas: readonly TimedReplica[]): number | null {
  if (verdict !== 'degraded' && verdict !== 'down') return null;
  const moments = replicas
    .filter((replica) => isUp(replica.status) && toReplicaSeverity(replica) === 'critical')
    .map((replica) => {
      const findings: readonly Pick<Finding, 'level' | 'sinceMs'>[] = replica.findings;
      const problems = findings.filter(({ level }) => level === 'problem');
      return min([replica.sinceMs, ...problems.map(({ sinceMs }) => sinceMs)]);
    });
  return moments.length === 0 ? null : min(moments);
}

function min(moments: number[]): number {
  return moments.reduce((a, b) => Math.min(a, b));
}

function max(moments: number[]): number {
  return moments.reduce((a, b) => Math.max(a, b));
}
