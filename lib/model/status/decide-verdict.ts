import type { Finding, FindingCause } from '#lib/model/contract/finding.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { UpdateOutcome } from '#lib/model/contract/update.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { GRACE_MS } from './absence.ts';
import { isFailing, isOk, isUp, type ReplicaState, toReplicaSeverity } from './severity.ts';

export interface VerdictDecision {
  verdict: Verdict;
  /** Our clock: when the verdict changes by time alone; `null` when it does not. */
  recheckAtMs: number | null;
}

export interface VerdictFacts {
  /** What was found of the service beyond its replicas. */
  findings: readonly (Pick<Finding, 'level'> & Partial<Pick<Finding, 'cause'>>)[];
  /** Are replicas on their way of which no task is made yet (`findAbsence`)? */
  isComing: boolean;
  /** What became of the service's last update. */
  outcome: UpdateOutcome | null;
  /** Our clock, epoch ms. */
  nowMs: number;
}

/**
 * A service's verdict: the worst that its findings, its replicas and their number justify, in the order of `VERDICTS`, by
 * the table of `severity.ts`. Replicas that stop are expected. A task that is only just to be placed counts as starting
 * for 10 s, unless the scheduler already said why it cannot.
 */
export function decideVerdict(
  service: Service,
  replicas: readonly (ReplicaState & Pick<Replica, 'error' | 'sinceMs'>)[],
  facts: VerdictFacts,
): VerdictDecision {
  const decision = decideFromAll(service, replicas, facts);
  return facts.findings.some(isDoubt) && isOk(decision.verdict)
    ? { ...decision, verdict: 'unknown' }
    : decision;
}

/** With these nobody can tell that all is well, however well what is there may be. */
const DOUBTS: ReadonlySet<FindingCause> = new Set(['tasks-unlisted', 'mode-unknown', 'update-unknown']);

export function isDoubt({ cause }: { cause?: FindingCause }): boolean {
  return cause !== undefined && DOUBTS.has(cause);
}

function decideFromAll(
  service: Service,
  replicas: readonly (ReplicaState & Pick<Replica, 'error' | 'sinceMs'>)[],
  { findings, isComing, outcome, nowMs }: VerdictFacts,
): VerdictDecision {
  const isBad = (replica: (typeof replicas)[number]) => toReplicaSeverity(replica) === 'critical';
  const kept = replicas.filter(({ status }) => status !== 'stopping');
  const has = (status: ReplicaStatus) => kept.some((replica) => replica.status === status);
  const up = kept.filter(({ status }) => isUp(status)).length;
  const hasBad = kept.some(isBad);
  const hasProblem =
    findings.some(({ level, cause }) => level === 'problem' && cause !== 'no-node-fits') ||
    replicas.some((replica) => replica.status === 'stopping' && isBad(replica));
  const pendings = kept.filter(({ status }) => status === 'pending');
  const isPending =
    findings.some(({ cause }) => cause === 'no-node-fits') ||
    pendings.some((one) => one.error !== null || nowMs - one.sinceMs >= GRACE_MS);
  const recheckAtMs =
    pendings.length > 0 && !isPending ? Math.min(...pendings.map((p) => p.sinceMs)) + GRACE_MS : null;
  const is = (verdict: Verdict): VerdictDecision => ({ verdict, recheckAtMs });

  if (isScaledToZero(service) && !hasProblem) return is(replicas.length > 0 ? 'updating' : 'idle');
  const mayBeUp = up > 0 || has('unknown') || has('complete');
  if (hasBad && !mayBeUp && !isJob(service)) return is('down');
  if (hasProblem && kept.length === 0 && isWanted(service)) return is('down');
  if (hasBad || hasProblem) return is('degraded');
  if (isPending) return is('pending');
  if (kept.some(isFailing)) return is('failing');
  if (has('unknown')) return is('unknown');
  if (isFinished(service, kept, isComing)) return is('idle');
  if (outcome === 'running') return is('updating');
  if (has('starting') || has('preparing') || has('pending') || isComing) return is('starting');
  if (has('running') || up === 0) return is('running');
  return is('healthy');
}

/** Is something to be up, whatever became of it? */
function isWanted({ mode }: Service): boolean {
  return mode.kind === 'replicated' && mode.replicas > 0;
}

function isScaledToZero({ mode }: Service): boolean {
  return mode.kind === 'replicated' && mode.replicas === 0;
}

/** All that was to end well has. */
function isFinished({ mode }: Service, kept: readonly Pick<Replica, 'status'>[], isComing: boolean): boolean {
  if (kept.length === 0) return !isComing;
  if (kept.some(({ status }) => status !== 'complete')) return false;
  return mode.kind !== 'replicated-job' || kept.length >= mode.totalCompletions;
}
