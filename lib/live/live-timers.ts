/** Time as the live picture needs it; injected, so that tests own it. */
export interface LiveTimers {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Milliseconds since some moment; nobody sets it. */
  steadyMs(): number;
  setTimer(delayMs: number, fn: () => void): { cancel(): void };
}
