import type { HealthCheck } from './health-check.ts';

/**
 * How long Docker waits before the next probe of a container whose last probe ended, or which started, so long after
 * its start: until its first healthy probe, within the start period, it has an interval of its own (moby
 * daemon/health.go, monitor; from Docker 25 on).
 */
export function toPauseMs(check: HealthCheck, isStarting: boolean, sinceStartMs: number): number {
  return isStarting && sinceStartMs < check.startPeriodMs ? check.startIntervalMs : check.intervalMs;
}

/** The longest pause there can be between two probes. */
export function toLongestPauseMs({ intervalMs, startPeriodMs, startIntervalMs }: HealthCheck): number {
  return startPeriodMs > 0 ? Math.max(intervalMs, startIntervalMs) : intervalMs;
}
