import type { Replica } from '#lib/model/contract/picture.ts';
import type { Service } from '#lib/model/docker/service.ts';

/** So long may Swarm take to make tasks, or to place them, before that is a problem. */
export const GRACE_MS = 10_000;

/**
 * Replicas wanted that no task stands for: on their way after a change of the service, else missing. A service without
 * any task at all is being made, or its tasks were not listed yet: never missing.
 */
export function findAbsence(
  service: Service,
  replicas: readonly Pick<Replica, 'status'>[],
  nowMs: number,
): Absence {
  const kept = replicas.filter(({ status }) => status !== 'stopping').length;
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
  return { isMissing: replicas.length > 0, isComing: replicas.length === 0, recheckAtMs: null };
}

export interface Absence {
  isMissing: boolean;
  isComing: boolean;
  /** Our clock: when time alone changes it; `null`: it does not. */
  recheckAtMs: number | null;
}

const PRESENT: Absence = { isMissing: false, isComing: false, recheckAtMs: null };
