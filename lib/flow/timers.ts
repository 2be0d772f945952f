/** Time, injected: what waits or dates something runs on a clock that a test turns by hand. */
export interface Timers {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Calls `run` once, `delayMs` from now, unless cancelled before. Cancelling twice, or late, does nothing. */
  setTimer(delayMs: number, run: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}
