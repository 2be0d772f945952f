import type { Finding } from '#lib/model/contract/finding.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { AffectedReplicas, ServiceStatement, UpdateKind } from '#lib/model/contract/statement.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isJob, type Service, type ServiceUpdate } from '#lib/model/docker/service.ts';
import type { ReplicaCounts } from '#lib/model/status/count-replicas.ts';
import {
  isEndless,
  isFailing,
  type ReplicaState,
  STATUS_FACTS,
  toReplicaSeverity,
} from '#lib/model/status/severity.ts';
import { toUpdateState } from './update.ts';

type Counted = ReplicaState & Pick<Replica, 'key' | 'slot' | 'hostname' | 'sentence'>;

/** Why a service has its verdict. It has no ticking times: it changes only when the facts do. */
export function toServiceStatement(
  { mode, update, ...service }: Service,
  verdict: Verdict,
  { desired, running, completed }: ReplicaCounts,
  replicas: readonly Counted[],
  findings: readonly Finding[],
): ServiceStatement {
  const statuses: Partial<Record<ReplicaStatus, number>> = {};
  for (const { status } of replicas) statuses[status] = (statuses[status] ?? 0) + 1;
  const sentencesOf = (level: Finding['level']) =>
    findings
      .filter((finding) => finding.level === level && finding.cause !== 'replicas-missing')
      .map(({ sentence }) => sentence);
  return {
    verdict,
    kind: isJob({ ...service, mode }) ? 'job' : mode.kind === 'replicated' ? 'replicated' : 'global',
    scaledToZero: mode.kind === 'replicated' && mode.replicas === 0,
    desired,
    running,
    completed,
    statuses,
    affected: selectAffected(replicas.filter((replica) => isMeant(verdict, replica))),
    problems: sentencesOf('problem'),
    notices: sentencesOf('notice'),
    update: update === null ? null : toUpdateState(update),
    waiting: replicas.some(({ cause }) => isEndless(cause)) ? findWaiting(update) : null,
  };
}

/** Does the verdict follow from this replica? */
function isMeant(verdict: Verdict, replica: Counted): boolean {
  switch (verdict) {
    case 'down':
    case 'degraded':
      return toReplicaSeverity(replica) === 'critical';
    case 'failing':
      return isFailing(replica);
    case 'pending':
    case 'unknown':
      return replica.status === verdict;
    case 'starting':
      return STATUS_FACTS[replica.status].phase === 'coming';
    default:
      return false;
  }
}

function selectAffected(replicas: readonly Counted[]): AffectedReplicas | null {
  const worst = replicas.toSorted((a, b) => rank(a) - rank(b))[0];
  if (worst === undefined) return null;
  const { status, sentence } = worst;
  const alike = replicas.filter((one) => one.status === status && one.sentence === sentence);
  return {
    places: alike.map(({ key, slot, hostname }) => ({ key, slot, host: hostname })),
    status,
    sentence,
    others: replicas.length - alike.length,
  };
}

function rank({ status }: Counted): number {
  return REPLICA_STATUSES.indexOf(status);
}

/**
 * The updater waits without limit for each new task to run (swarmkit manager/orchestrator/update/updater.go,
 * updateTask): one that never will freezes the update. `null` when none is under way.
 */
function findWaiting(update: ServiceUpdate | null): UpdateKind | null {
  if (update?.state === 'updating') return 'update';
  return update?.state === 'rollback_started' ? 'rollback' : null;
}
