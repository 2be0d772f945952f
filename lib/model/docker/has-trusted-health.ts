import type { Container } from './container.ts';

/**
 * Docker forces `unhealthy` on every container whose monitor stops: exited, stopped or paused
 * (moby daemon/container/health.go, CloseMonitorChannel). Only a running container's health means anything.
 */
export function hasTrustedHealth(container: Container): boolean {
  return container.state === 'running' && container.health !== null && !isForcedUnhealthy(container);
}

/**
 * After an unpause the forced `unhealthy` stays until the next probe passes. A real one has a streak of at least
 * `retries` (moby daemon/health.go, handleProbeResult), or was told by an event, which a forced one never is.
 */
function isForcedUnhealthy({ health, healthCheck }: Container): boolean {
  if (health?.status !== 'unhealthy' || health.statusSinceMs !== null) return false;
  return health.failingStreak < (healthCheck?.retries ?? 1);
}
