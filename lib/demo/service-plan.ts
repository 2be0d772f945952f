/** What a demo service is like: its spec, and how it behaves. */
export interface ServicePlan {
  name: string;
  stack: string | null;
  image: string;
  /** The tags that its rolling updates go through, in turn. */
  tags: readonly string[];
  mode:
    | { kind: 'replicated'; replicas: number }
    | { kind: 'global' }
    | { kind: 'replicated-job'; maxConcurrent: number; total: number };
  check: CheckPlan | null;
  /** Whether the health check is the image's own, or (partly) the service's. */
  checkIn: 'image' | 'service';
  command: readonly string[];
  env: readonly string[];
  constraints: readonly string[];
  reserveMemoryBytes: number;
  /** From its container's start until it can pass a probe. */
  warmUpMs: readonly [number, number];
  restartDelayMs: number;
  updateOrder: 'stop-first' | 'start-first';
  publishedPort: number | null;
  /** What it writes, in turn; those that begin with `! ` to stderr. */
  logLines: readonly string[];
  logEveryMs: number;
}

export interface CheckPlan {
  test: readonly string[];
  intervalMs: number;
  timeoutMs: number;
  startPeriodMs: number;
  retries: number;
  /** How long a passing probe takes. */
  durationMs: readonly [number, number];
  passes: readonly string[];
  failures: readonly ProbeFailure[];
}

export interface ProbeFailure {
  /** -1: it exceeded its timeout. */
  exitCode: number;
  output: string;
  durationMs: readonly [number, number];
}
