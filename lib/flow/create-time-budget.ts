/** Bounds which share of the time may be spent on something, in the long run. `nowMs` is monotonic. */
export interface TimeBudget {
  /** How long until it may be done again, ms; 0: now. */
  waitMs(): number;
  /** It took so long, ms. */
  spend(tookMs: number): void;
}

/**
 * @param share of the time: 0.01 is a hundredth
 * @param burstMs gathers while nothing is done: so much may be spent at once
 */
export function createTimeBudget(options: { share: number; burstMs: number; nowMs(): number }): TimeBudget {
  const { share, burstMs, nowMs } = options;
  let creditMs = burstMs;
  let atMs = nowMs();
  const gather = () => {
    const now = nowMs();
    creditMs = Math.min(burstMs, creditMs + Math.max(0, now - atMs) * share);
    atMs = now;
  };
  return {
    waitMs() {
      gather();
      return creditMs > 0 ? 0 : Math.ceil(-creditMs / share) + 1;
    },
    spend(tookMs) {
      gather();
      // A clock that jumped is no reason to wait for ever.
      creditMs = Math.max(-burstMs, creditMs - tookMs);
    },
  };
}
