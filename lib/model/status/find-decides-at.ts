import type { Container } from '#lib/model/docker/container.ts';
import { selectRunProbes } from '#lib/model/docker/select-run-probes.ts';

/**
 * When Docker calls the container unhealthy if every probe to come fails in the time that the last one took: the pause
 * before each counts from the end of the one before (moby daemon/health.go, monitor). Epoch ms; `null` while no streak
 * is on, once it is called unhealthy, and where the log does not tell.
 */
export function findDecidesAt(container: Container): number | null {
  const { health, healthCheck } = container;
  if (health === null || healthCheck === null || health.status === 'unhealthy') return null;
  const last = selectRunProbes(container).at(-1);
  const left = healthCheck.retries - health.failingStreak;
  if (health.failingStreak === 0 || left <= 0 || last === undefined) return null;
  return last.endedAtMs + left * (healthCheck.intervalMs + last.durationMs);
}
