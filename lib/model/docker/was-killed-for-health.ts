import type { Container } from './container.ts';
import { isDeadContainer } from './is-dead-container.ts';
import { selectRunProbes } from './select-run-probes.ts';
import type { Task } from './task.ts';

/**
 * Did Swarm kill this container because its health check failed? The error says so (moby executor/container/errors.go,
 * ErrContainerUnhealthy), but an exit 0 on SIGTERM leaves none: then the dead container's last probes tell.
 * A task that was told to stop can gather failing probes while it stops: that is no kill for health.
 */
export function wasKilledForHealth(task: Task, container: Container | null): boolean {
  if (task.error?.includes('unhealthy container')) return true;
  if (task.state === 'shutdown' || task.state === 'orphaned' || container === null) return false;
  if (!isDeadContainer(container) || container.oomKilled || container.health === null) return false;
  const last = selectRunProbes(container).at(-1);
  if (last === undefined || last.exitCode === 0) return false;
  return container.health.failingStreak >= (container.healthCheck?.retries ?? Number.POSITIVE_INFINITY);
}
