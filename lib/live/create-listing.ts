import type { Facts } from '#lib/facts/create-facts.ts';
import { AGE_LIMITS_MS } from '#lib/model/status/age-limits.ts';
import { findManagerProblem } from '#lib/model/status/managers.ts';

/** Whether a manager lists tasks, as services are to say it. */
export interface Listing {
  /** @returns does each service have something else to say of it than when this was last asked? */
  hasChanged(nowMs: number): boolean;
  /** Our clock, since when none does; `null`: one does, or it is only a moment. */
  missingSinceMs(): number | null;
  /** The same from the first moment on. */
  unreadSinceMs(): number | null;
  /** When that moment is over; infinite: there is none. */
  nextDueMs(): number;
}

export function createListing(facts: Pick<Facts, 'managers'>): Listing {
  let missingSinceMs: number | null = null;
  let unreadSinceMs: number | null = null;
  let dueAtMs = Number.POSITIVE_INFINITY;

  return {
    hasChanged(nowMs) {
      const before = { missingSinceMs, unreadSinceMs };
      const sinceMs = findManagerProblem(facts.managers())?.sinceMs ?? null;
      const lateAtMs =
        sinceMs === null ? Number.POSITIVE_INFINITY : sinceMs + AGE_LIMITS_MS['tasks-unlisted'];
      unreadSinceMs = sinceMs;
      dueAtMs = lateAtMs > nowMs ? lateAtMs : Number.POSITIVE_INFINITY;
      missingSinceMs = lateAtMs > nowMs ? null : sinceMs;
      // What Swarm may have done unseen was put off, and nothing else would ask for it again.
      const isSeenAgain = before.unreadSinceMs !== null && before.unreadSinceMs !== unreadSinceMs;
      return isSeenAgain || before.missingSinceMs !== missingSinceMs;
    },
    missingSinceMs: () => missingSinceMs,
    unreadSinceMs: () => unreadSinceMs,
    nextDueMs: () => dueAtMs,
  };
}
