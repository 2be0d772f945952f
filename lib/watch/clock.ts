/** Time and chance, injected: everything in this folder runs on a clock that a test can turn by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Milliseconds since some moment; nobody sets it. For paces and durations. */
  steadyMs(): number;
  /** Calls `run` once, `delayMs` from now, unless cancelled before. Cancelling twice, or late, does nothing. */
  setTimer(delayMs: number, run: () => void): Timer;
  /** From 0 up to 1, for jitter. */
  random(): number;
}

export interface Timer {
  cancel(): void;
}
