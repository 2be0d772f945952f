import { EngineError } from '#lib/engine/port.ts';

const PACE = { perReadMs: 500, burstMs: 10_000 };
const RETRY_MS = [500, 2_000];

/** What to do about a read that is wanted: send it, keep the plan that is there, or plan it for `dueMs` (steady clock). */
export type Schedule = { kind: 'send' } | { kind: 'keep' } | { kind: 'plan'; dueMs: number };

/**
 * Some twenty reads of a container may follow one another at once; then there is one each half second.
 *
 * @param paceMs earliest moment of the next paced read, minus the burst allowance
 * @param plannedMs when one is planned already; `null`: none is
 */
export function decideSchedule(
  paceMs: number,
  plannedMs: number | null,
  delayMs: number,
  nowMs: number,
): Schedule {
  const dueMs = Math.max(nowMs + delayMs, Math.min(paceMs, nowMs + PACE.perReadMs));
  if (dueMs <= nowMs) return { kind: 'send' };
  return plannedMs !== null && plannedMs <= dueMs ? { kind: 'keep' } : { kind: 'plan', dueMs };
}

/** A container's pace after a read of it that is sent now. */
export function toNextPaceMs(paceMs: number, nowMs: number): number {
  return Math.max(paceMs + PACE.perReadMs, nowMs - PACE.burstMs);
}

/**
 * How many reads failed in a row, after one that ended so, and in how many ms to try again; `null`: not for that reason.
 *
 * @param error what it ended with; `null`: an answer
 */
export function decideRetry(failures: number, error: unknown): { failures: number; retryMs: number | null } {
  if (error === null) return { failures: 0, retryMs: null };
  if (error instanceof EngineError && error.kind === 'closed') return { failures, retryMs: null };
  return { failures: failures + 1, retryMs: RETRY_MS[failures] ?? null };
}
