import type { HealthCheck } from '#lib/model/docker/health-check.ts';

/** A shell check every 5 s, timeout 3 s, 3 retries, no start period. */
export function buildHealthCheck(overrides: Partial<HealthCheck> = {}): HealthCheck {
  return {
    test: ['CMD-SHELL', '/healthcheck.sh'],
    intervalMs: 5_000,
    timeoutMs: 3_000,
    startPeriodMs: 0,
    startIntervalMs: overrides.intervalMs ?? 5_000,
    retries: 3,
    source: 'image',
    ...overrides,
  };
}
