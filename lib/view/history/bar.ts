/** What one bar of the heartbeat chart stands for: one probe, or the probes of a stretch of time. */
export interface Bar {
  fromMs: number;
  /** Of one probe its end. */
  untilMs: number;
  count: number;
  failed: number;
  /** Shortest, middle and longest duration; equal for one probe. */
  minMs: number;
  medianMs: number;
  maxMs: number;
  /** When it stands for one probe alone: how that ended. `output` is an index into the answer's `outputs`. */
  probe: { taskId: string; exitCode: number; output: number } | null;
}
