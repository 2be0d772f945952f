import type { Container, ContainerHealth } from '#lib/model/docker/container.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import { buildContainer } from './build-container.ts';
import { buildHealthCheck } from './build-health-check.ts';

/** A container with a health check: healthy with no probes in its log, unless given otherwise. */
export function buildCheckedContainer(
  health: Partial<ContainerHealth> = {},
  overrides: Partial<Container> = {},
  check: Partial<HealthCheck> = {},
): Container {
  return buildContainer({
    health: { status: 'healthy', failingStreak: 0, probes: [], statusSinceMs: null, ...health },
    healthCheck: buildHealthCheck(check),
    ...overrides,
  });
}
