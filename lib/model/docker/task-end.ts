import { type Container, findLastRunProbe, isDeadContainer } from './container.ts';
import type { Service } from './service.ts';
import type { Task } from './task.ts';

/** One task that ended, as the rules about ends see it. */
export interface TaskEnd {
  service: Service;
  task: Task;
  /** Its dead container, or what is remembered of it. */
  container: Container | null;
  /** Where it ran, or was to; `null`: not known. */
  hostname: string | null;
}

/**
 * The exit code of an ended task; `null` when its container never ran or nobody tells. The task's own field is 0 also
 * before the container ran, so there the error text decides (`task: non-zero exit (137)`, moby
 * executor/container/errors.go).
 */
export function findExitCode({ task, container }: Pick<TaskEnd, 'task' | 'container'>): number | null {
  if (container?.exitCode != null && container.startedAtMs !== null) return container.exitCode;
  const match = /non-zero exit \((-?\d+)\)/.exec(task.error ?? '');
  if (match !== null) return Number(match[1]);
  if (task.exitCode !== null && task.exitCode !== 0) return task.exitCode;
  return task.state === 'complete' ? 0 : null;
}

/**
 * Did Swarm kill this container because its health check failed? The error says so (moby executor/container/errors.go,
 * ErrContainerUnhealthy), but an exit 0 on SIGTERM leaves none: then the dead container's last probes tell.
 * A task that was told to stop can gather failing probes while it stops: that is no kill for health.
 */
export function wasKilledForHealth(task: Task, container: Container | null): boolean {
  if (task.error?.includes('unhealthy container')) return true;
  if (task.state === 'shutdown' || task.state === 'orphaned' || container === null) return false;
  if (!isDeadContainer(container) || container.health === null || wasOutOfMemory(container)) return false;
  const last = findLastRunProbe(container);
  if (last === null || last.exitCode === 0) return false;
  return container.health.failingStreak >= (container.healthCheck?.retries ?? Number.POSITIVE_INFINITY);
}

const SIGKILL_EXIT = 137;
const NEAR_MS = 10_000;

/**
 * Was it the kernel that ended it, for its memory? The flag alone does not say so: any process of the container that is
 * killed for memory sets it, a child or the probe's own, and it stays set until the container ends for another reason
 * (moby daemon/monitor_linux.go, `oom` event). So its end must be a SIGKILL, and come with the kill where its time is known.
 */
export function wasOutOfMemory(container: Container): boolean {
  if (!container.oomKilled || container.exitCode !== SIGKILL_EXIT) return false;
  const { oomAtMs, finishedAtMs } = container;
  return oomAtMs === null || finishedAtMs === null || finishedAtMs - oomAtMs < NEAR_MS;
}
