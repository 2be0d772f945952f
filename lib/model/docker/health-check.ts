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

/** The longest pause there can be between two probes. */
export function toMaxPauseMs({ intervalMs, startPeriodMs, startIntervalMs }: HealthCheck): number {
  return startPeriodMs > 0 ? Math.max(intervalMs, startIntervalMs) : intervalMs;
}
