import { isJob } from './is-job.ts';
import type { Replica } from './picture.ts';
import type { ReplicaStatus } from './replica-status.ts';
import type { Service } from './service.ts';
import type { Verdict } from './verdict.ts';

export interface VerdictDecision {
  verdict: Verdict;
  /** Our clock: when the verdict changes by time alone; `null` when it does not. */
  recheckAtMs: number | null;
}

/** So long may Swarm take to make or place tasks before that is worth a word. */
const GRACE_MS = 10_000;

const UP: ReadonlySet<ReplicaStatus> = new Set(['healthy', 'failing', 'running']);
const BAD: ReadonlySet<ReplicaStatus> = new Set(['failed', 'lost', 'unhealthy', 'paused']);

/**
 * A service's verdict: the worst that its replicas and counts justify, in the order of `VERDICTS`. Replicas that stop
 * are expected. What Swarm was only just told is not an alarm: a task still to be made or placed counts as starting
 * for 10 s, unless the scheduler already said why it cannot.
 */
export function decideVerdict(
  service: Service,
  replicas: readonly Pick<Replica, 'status' | 'error' | 'sinceMs'>[],
  nowMs: number,
): VerdictDecision {
  const job = isJob(service);
  const kept = replicas.filter(({ status }) => status !== 'stopping');
  const count = (statuses: ReadonlySet<ReplicaStatus>) =>
    kept.filter(({ status }) => statuses.has(status)).length;
  const has = (status: ReplicaStatus) => kept.some((replica) => replica.status === status);
  const up = count(UP);
  const bad = count(BAD);
  const absent = findAbsence(service, replicas, kept.length, nowMs);
  const pendings = kept.filter(({ status }) => status === 'pending');
  const isPending = pendings.some((one) => one.error !== null || nowMs - one.sinceMs >= GRACE_MS);
  const pendingAtMs =
    pendings.length > 0 && !isPending ? Math.min(...pendings.map((p) => p.sinceMs)) + GRACE_MS : null;
  const recheckAtMs = earliest(absent.recheckAtMs, pendingAtMs);
  const is = (verdict: Verdict): VerdictDecision => ({ verdict, recheckAtMs });
  const update = service.update?.state ?? null;

  if (bad > 0 && up === 0 && !job && !has('complete')) return is('down');
  if (bad > 0 || absent.isMissing) return is('degraded');
  if (update === 'paused' || update === 'rollback_paused') return is('degraded');
  if (isPending) return is('pending');
  if (has('failing')) return is('failing');
  if (has('unknown')) return is('unknown');
  if (isIdle(service, kept)) return is(replicas.length > kept.length ? 'updating' : 'idle');
  if (update === 'updating' || update === 'rollback_started') return is('updating');
  if (has('starting') || has('preparing') || has('pending') || absent.isComing) return is('starting');
  if (has('running') || up === 0) return is('running');
  return is('healthy');
}

function isIdle(service: Service, kept: readonly Pick<Replica, 'status'>[]): boolean {
  if (service.mode.kind === 'replicated' && service.mode.replicas === 0) return true;
  return (
    kept.length > 0 &&
    kept.every(({ status }) => status === 'complete') &&
    !isUnfinished(service, kept.length)
  );
}

function isUnfinished({ mode }: Service, completed: number): boolean {
  return mode.kind === 'replicated-job' && completed < mode.totalCompletions;
}

/** Wanted replicas that no task stands for: expected after a change and at the first list, else missing. */
function findAbsence(
  service: Service,
  replicas: readonly unknown[],
  kept: number,
  nowMs: number,
): { isMissing: boolean; isComing: boolean; recheckAtMs: number | null } {
  const { mode } = service;
  const wanted = mode.kind === 'replicated' ? mode.replicas : 0;
  if (mode.kind !== 'replicated' || kept >= wanted) {
    return {
      isMissing: false,
      isComing: mode.kind !== 'replicated' && replicas.length === 0,
      recheckAtMs: null,
    };
  }
  const graceEndMs = (service.updatedAtMs ?? service.createdAtMs ?? nowMs) + GRACE_MS;
  if (replicas.length === 0 || nowMs < graceEndMs) {
    return { isMissing: false, isComing: true, recheckAtMs: replicas.length === 0 ? null : graceEndMs };
  }
  return { isMissing: true, isComing: false, recheckAtMs: null };
}

function earliest(...moments: (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
}
