/**
 * One run of a container's health check, from `State.Health.Log` of container inspect.
 * Times are epoch milliseconds on our clock (the engine's skew is taken out at the boundary).
 */
export interface Probe {
  startedAtMs: number;
  endedAtMs: number;
  /** Never negative, also when the engine's clock stepped back meanwhile. */
  durationMs: number;
  /** The command's exit code; -1 when it timed out or could not be run. */
  exitCode: number;
  /** stdout and stderr merged, as Docker keeps it. Untrusted text: may hold ANSI, HTML, NUL, U+FFFD. */
  output: string;
  /** Docker cut the output (it keeps the first 4,096 bytes and appends `...`). */
  truncated: boolean;
}
