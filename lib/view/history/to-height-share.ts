/**
 * How high a probe's bar is, as a share of the chart whose full height is the timeout. By square root: most probes take a
 * hundredth of their timeout, and their differences must still be seen.
 */
export function toHeightShare(durationMs: number, timeoutMs: number): number {
  return Math.min(1, Math.sqrt(Math.max(0, durationMs) / Math.max(1, timeoutMs)));
}
