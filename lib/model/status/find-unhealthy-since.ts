import type { Container } from '#lib/model/docker/container.ts';
import { selectRunProbes } from '#lib/model/docker/select-run-probes.ts';

/**
 * When an unhealthy container became so: what an event told, else the end of the probe that made the streak reach
 * `retries` as far as the log goes back (5 probes), else the oldest moment the log knows. `null` without any evidence.
 */
export function findUnhealthySince(container: Container): number | null {
  const { health, healthCheck } = container;
  if (health === null) return null;
  if (health.statusSinceMs !== null) return health.statusSinceMs;
  const probes = selectRunProbes(container);
  const sinceThen = Math.max(0, health.failingStreak - (healthCheck?.retries ?? 1));
  const decisive = probes[probes.length - 1 - sinceThen];
  return (decisive ?? probes[0])?.endedAtMs ?? null;
}
