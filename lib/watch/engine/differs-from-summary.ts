import type { ContainerSummary } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';

/** Does a list tell of something that we have not read yet? Health is compared only where the list can tell it. */
export function differsFromSummary(container: Container, summary: ContainerSummary): boolean {
  if (container.state !== summary.state) return true;
  if (container.state !== 'running' || summary.healthStatus === null) return false;
  const { health } = container;
  if (health?.status !== summary.healthStatus) return true;
  return summary.failingStreak !== null && health.failingStreak !== summary.failingStreak;
}
