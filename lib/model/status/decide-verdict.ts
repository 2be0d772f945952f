import type { Replica } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { UpdateOutcome } from '#lib/model/contract/update.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { isEndless, isUp, STATUS_FACTS } from './severity.ts';

export interface VerdictDecision {
  verdict: Verdict;
  /** Our clock: when the verdict changes by time alone; `null` when it does not. */
  recheckAtMs: number | null;
}

export interface VerdictFacts {
  /** What became of the service's last update. */
  outcome: UpdateOutcome | null;
  /** Something is wrong with the service beyond its replicas. */
  hasProblem: boolean;
  /** Our clock, epoch ms. */
  nowMs: number;
}

/** So long may Swarm take to make or place tasks before that is worth a word. */
const GRACE_MS = 10_000;

/**
 * A service's verdict: the worst that its replicas and counts justify, in the order of `VERDICTS`. Replicas that stop
 * are expected; one on its way up again after a bad end counts as bad until it is up. What Swarm was only just asked for is expected: a task still to be made or placed counts as starting
 * for 10 s, unless the scheduler already said why it cannot.
 */
export function decideVerdict(
  service: Service,
  replicas: readonly Pick<Replica, 'status' | 'error' | 'sinceMs' | 'recovering' | 'cause'>[],
  { outcome, hasProblem, nowMs }: VerdictFacts,
): VerdictDecision {
  const kept = replicas.filter(({ status }) => status !== 'stopping');
  const has = (status: ReplicaStatus) => kept.some((replica) => replica.status === status);
  const up = kept.filter(({ status }) => isUp(status)).length;
  const bad = kept.filter(isBad).length;
  const absent = findAbsence(service, replicas.length, kept.length, nowMs);
  const pendings = kept.filter(({ status }) => status === 'pending');
  const isPending = pendings.some((one) => one.error !== null || nowMs - one.sinceMs >= GRACE_MS);
  const pendingAtMs =
    pendings.length > 0 && !isPending ? Math.min(...pendings.map((p) => p.sinceMs)) + GRACE_MS : null;
  const recheckAtMs = earliest(absent.recheckAtMs, pendingAtMs);
  const is = (verdict: Verdict): VerdictDecision => ({ verdict, recheckAtMs });

  if (isScaledToZero(service) && !hasProblem) return is(replicas.length > 0 ? 'updating' : 'idle');
  const mayBeUp = up > 0 || has('unknown') || has('complete');
  if (bad > 0 && !mayBeUp && !isJob(service)) return is('down');
  if (bad > 0 || absent.isMissing) return is('degraded');
  if (hasProblem || outcome === 'paused' || outcome === 'stuck') return is('degraded');
  if (isPending) return is('pending');
  if (has('failing')) return is('failing');
  if (has('unknown')) return is('unknown');
  if (isFinished(service, kept, absent.isComing)) return is('idle');
  if (outcome === 'running') return is('updating');
  if (has('starting') || has('preparing') || has('pending') || absent.isComing) return is('starting');
  if (has('running') || up === 0) return is('running');
  return is('healthy');
}

/** One that can no longer become healthy by itself is as bad as one that failed: Swarm waits for it without end. */
function isBad({ status, recovering, cause }: Pick<Replica, 'status' | 'recovering' | 'cause'>): boolean {
  return recovering || STATUS_FACTS[status].severity === 'critical' || isEndless(cause);
}

function isScaledToZero({ mode }: Service): boolean {
  return mode.kind === 'replicated' && mode.replicas === 0;
}

/** All that was to end well has; a global service that no node takes has nothing to do either. */
function isFinished({ mode }: Service, kept: readonly Pick<Replica, 'status'>[], isComing: boolean): boolean {
  if (kept.length === 0) return !isComing;
  if (kept.some(({ status }) => status !== 'complete')) return false;
  return mode.kind !== 'replicated-job' || kept.length >= mode.totalCompletions;
}

/**
 * Replicas wanted that no task stands for: on their way after a change of the service, else missing. A service without
 * any task at all is being made, or its tasks were not listed yet: never missing.
 */
function findAbsence(service: Service, replicas: number, kept: number, nowMs: number): Absence {
  const { mode } = service;
  const wanted =
    mode.kind === 'replicated'
      ? mode.replicas
      : mode.kind === 'replicated-job'
        ? Math.min(1, mode.totalCompletions)
        : 1;
  if (kept >= wanted) return PRESENT;
  const isByNode = mode.kind === 'global' || mode.kind === 'global-job';
  const changedAtMs = service.updatedAtMs ?? service.createdAtMs ?? nowMs;
  const graceEndMs = Math.min(changedAtMs, nowMs) + GRACE_MS;
  if (nowMs < graceEndMs) return { isMissing: false, isComing: true, recheckAtMs: graceEndMs };
  if (isByNode) return PRESENT;
  return { isMissing: replicas > 0, isComing: replicas === 0, recheckAtMs: null };
}

interface Absence {
  isMissing: boolean;
  isComing: boolean;
  recheckAtMs: number | null;
}

const PRESENT: Absence = { isMissing: false, isComing: false, recheckAtMs: null };

function earliest(...moments: (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.min(...known);
}
