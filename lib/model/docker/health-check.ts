/**
 * The health check a container really runs: image and service merged field by field by the engine, Docker's defaults
 * filled in (interval 30 s, timeout 30 s, 3 retries, start period 0). Source: moby daemon/commit.go (merge), daemon/health.go.
 */
export interface HealthCheck {
  /** As Docker has it: `["CMD", …]` or `["CMD-SHELL", "…"]`. */
  test: string[];
  intervalMs: number;
  timeoutMs: number;
  startPeriodMs: number;
  /** The interval until its first healthy probe, within the start period; where Docker has none (before 25), the interval. */
  startIntervalMs: number;
  retries: number;
  /** Who defined the command; `mixed` when the service overrides only some fields of the image's; `unknown` when the service is not known. */
  source: HealthCheckSource;
}

export type HealthCheckSource = 'image' | 'service' | 'mixed' | 'unknown';

/** What a service's spec overrides of the image's health check; `null` is "not set here". */
export interface HealthCheckOverride {
  test: string[] | null;
  intervalMs: number | null;
  timeoutMs: number | null;
  startPeriodMs: number | null;
  retries: number | null;
}

/**
 * How long Docker waits before the next probe of a container whose last probe ended, or which started, so long after
 * its start: until its first healthy probe, within the start period, it has an interval of its own (moby
 * daemon/health.go, monitor; from Docker 25 on).
 */
export function toPauseMs(check: HealthCheck, isStarting: boolean, sinceStartMs: number): number {
  return isStarting && sinceStartMs < check.startPeriodMs ? check.startIntervalMs : check.intervalMs;
}

/** Why a failure shows late, however well the check asks. */
export type CheckSlowness =
  /** Until Docker calls one unhealthy that no longer answers, `withinMs` may pass. */
  | { kind: 'running'; withinMs: number; intervalMs: number; retries: number }
  /** No failure counts for so long after a start. */
  | { kind: 'starting'; startPeriodMs: number };

const LATE_MS = 30 * 60_000;
const LONG_START_MS = 60 * 60_000;

/**
 * `null`: a failure shows in time. What hangs makes each of `retries` probes last as long as it may, after a pause each
 * (moby daemon/health.go, monitor).
 */
export function findSlowness({
  intervalMs,
  timeoutMs,
  retries,
  startPeriodMs,
}: HealthCheck): CheckSlowness | null {
  const withinMs = retries * (intervalMs + timeoutMs);
  if (withinMs > LATE_MS) return { kind: 'running', withinMs, intervalMs, retries };
  return startPeriodMs > LONG_START_MS ? { kind: 'starting', startPeriodMs } : null;
}

/** The longest pause there can be between two probes. */
export function toMaxPauseMs({ intervalMs, startPeriodMs, startIntervalMs }: HealthCheck): number {
  return startPeriodMs > 0 ? Math.max(intervalMs, startIntervalMs) : intervalMs;
}
