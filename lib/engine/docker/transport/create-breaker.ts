import type { EngineError } from '#lib/engine/port.ts';

/**
 * A circuit breaker: an endpoint that answered beyond all limits is asked for nothing that has a body for a while, so
 * that each such answer is paid for once and not at the pace of retries.
 */
export interface Breaker {
  /** Why it is not asked now; `null`: it may be. */
  reason(): EngineError | null;
  trip(error: EngineError): void;
}

/** The first wait; doubles up to the longest while it goes on. */
const WAIT_MS = 15_000;
const MAX_WAIT_MS = 240_000;
/** After so long without another it begins anew. */
const FORGIVEN_MS = 600_000;

/** `steadyMs`: a clock that nobody sets, ms. */
export function createBreaker(steadyMs: () => number): Breaker {
  let error: EngineError | null = null;
  let untilMs = Number.NEGATIVE_INFINITY;
  let trips = 0;

  return {
    reason: () => (steadyMs() < untilMs ? error : null),
    trip(why) {
      const nowMs = steadyMs();
      if (nowMs < untilMs) return;
      trips = nowMs - untilMs > FORGIVEN_MS ? 0 : trips;
      error = why;
      untilMs = nowMs + Math.min(WAIT_MS * 2 ** trips, MAX_WAIT_MS);
      trips = Math.min(trips + 1, 10);
    },
  };
}
