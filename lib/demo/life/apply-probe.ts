import type { SimHealth, SimProbe } from '#lib/demo/world.ts';

/** Docker keeps so many. */
export const MAX_LOG = 5;

export interface HealthRules {
  retries: number;
  startPeriodMs: number;
  containerStartedAtMs: number;
}

/**
 * Docker's own rules (moby `daemon/health.go`): one pass heals; a failure while starting, within the start period, does
 * not count; at `retries` failures in a row it is unhealthy. Changes `health`; gives whether the status changed.
 */
export function applyProbe(health: SimHealth, probe: SimProbe, rules: HealthRules): boolean {
  const before = health.status;
  logProbe(health, probe);
  if (probe.exitCode === 0) {
    health.streak = 0;
    health.status = 'healthy';
  } else {
    const excused =
      health.status === 'starting' && probe.startMs - rules.containerStartedAtMs < rules.startPeriodMs;
    if (!excused) health.streak += 1;
    if (!excused && health.streak >= rules.retries) health.status = 'unhealthy';
  }
  return health.status !== before;
}

export function logProbe({ log }: SimHealth, probe: SimProbe): void {
  log.push(probe);
  if (log.length > MAX_LOG) log.shift();
}
