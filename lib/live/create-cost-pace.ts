/** Bounds which share of the time goes into something, and lets short work pass at once. */
export interface CostPace {
  /** How long to leave it alone, ms; 0: it may be done now. */
  waitMs(): number;
  /** It took so long, ms. */
  spend(tookMs: number): void;
}

/** Of each second so much, in the long run: what is left is for those who ask, and for reading on. */
const SHARE = 1 / 3;
/** Gathers while there is nothing to do: a change that costs less than this, and many that cost little, wait for nothing. */
const MAX_CREDIT_MS = 250;
/** However long it took: what is shown is not older than this. */
const MAX_WAIT_MS = 1_000;

export function createCostPace(steadyMs: () => number): CostPace {
  let creditMs = MAX_CREDIT_MS;
  let atMs = steadyMs();

  function gather(): void {
    const nowMs = steadyMs();
    creditMs = Math.min(MAX_CREDIT_MS, creditMs + (nowMs - atMs) * SHARE);
    atMs = nowMs;
  }

  return {
    waitMs() {
      gather();
      return Math.max(0, -creditMs / SHARE);
    },
    spend(tookMs) {
      gather();
      creditMs = Math.max(-MAX_WAIT_MS * SHARE, creditMs - tookMs);
    },
  };
}
