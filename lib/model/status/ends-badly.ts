import type { Container } from '#lib/model/docker/container.ts';
import { isDeadContainer } from '#lib/model/docker/is-dead-container.ts';
import { isJob } from '#lib/model/docker/is-job.ts';
import { isWantedTask } from '#lib/model/docker/is-wanted-task.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { wasKilledForHealth } from '#lib/model/docker/was-killed-for-health.ts';

/**
 * Is the end of this task a failure? The container's own end counts where the manager has not heard of it yet.
 * - `failed` and `rejected` always are; a task that was told to stop and has not reported its end is doing as told.
 * - Exit 0 is what a job is for, and a fine end where the restart policy does not ask for the task to run for ever;
 *   unless it was killed for its health and left politely (an unhealthy container that exits 0 on SIGTERM is
 *   `complete` without an error: moby executor/container/controller.go, Wait).
 */
export function endsBadly(service: Service, task: Task, container: Container | null): boolean {
  switch (task.state) {
    case 'failed':
    case 'rejected':
      return true;
    case 'shutdown':
    case 'remove':
    case 'orphaned':
      return false;
    default:
  }
  if (task.state !== 'complete' && !isWantedTask(task)) return false;
  if (wasKilledForHealth(task, container)) return true;
  const mayRestart = !isJob(service) && service.restart.condition === 'any';
  if (task.state === 'complete') return mayRestart;
  if (container === null || !isDeadContainer(container)) return false;
  return container.exitCode !== 0 || mayRestart;
}
