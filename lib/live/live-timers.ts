/** Time as the live picture needs it; injected, so that tests own it. */
export interface LiveTimers {
  /** Epoch milliseconds. */
  nowMs(): number;
  setTimer(delayMs: number, fn: () => void): { cancel(): void };
}
