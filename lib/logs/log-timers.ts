/** Time as the logs need it; injected, so that tests own it. */
export interface LogTimers {
  /** Epoch milliseconds. */
  nowMs(): number;
  setTimer(delayMs: number, fn: () => void): { cancel(): void };
}
