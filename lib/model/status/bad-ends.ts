import { type Container, isDeadContainer, selectRunProbes } from '#lib/model/docker/container.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { isWantedTask, type Task } from '#lib/model/docker/task.ts';
import { type TaskEnd, wasKilledForHealth } from '#lib/model/docker/task-end.ts';
import type { ReplicaFacts } from './replica-facts.ts';

/**
 * Is the end of this task a failure? The container's own end counts where the manager does not know it yet.
 * - `failed` and `rejected` always are; a task that should stop and has not reported its end does what it should.
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

/** So long may replicas of one task that is done once take for it, the fastest and the slowest. */
export const SISTERS_MS = 600_000;

/**
 * Since when a replica that ended with 0 is missed, though its restart policy lets it be: where it publishes a port at once,
 * and where others of its service run on, after a while, unless that looks like a batch (`findBatch`). A restart condition alone makes a server no task that is done once.
 * `null`: its end is a fine one.
 */
export function findMissedAt({ service, task, container, sisterRuns }: ReplicaFacts): number | null {
  if (task === null || isJob(service) || service.restart.condition === 'any') return null;
  const endedAtMs =
    (container && isDeadContainer(container) ? container.finishedAtMs : null) ?? task.stateAtMs;
  if (service.ports.length > 0) return endedAtMs ?? 0;
  return sisterRuns && endedAtMs !== null ? endedAtMs + SISTERS_MS : null;
}

function isMissed(facts: ReplicaFacts): boolean {
  const { task, container, nowMs } = facts;
  if (task === null) return false;
  const hasEnded =
    task.state === 'complete' || (isWantedTask(task) && container !== null && isDeadContainer(container));
  const missedAtMs = hasEnded ? findMissedAt(facts) : null;
  return missedAtMs !== null && nowMs >= missedAtMs;
}

/** Is the end of the newest task a failure, by itself or beside what else there is of its service? */
export function hasEndedBadly(facts: ReplicaFacts, container: Container | null): boolean {
  const { service, task } = facts;
  return task !== null && (endsBadly(service, task, container) || isMissed(facts));
}

/** The bad ends in a row that led to where the slot is now, the last one first; empty when the task before ended well. */
export function findBadEnds(facts: ReplicaFacts): TaskEnd[] {
  const { service, task, container, earlier, lastContainerOf, node, nodeOf } = facts;
  const hostOf = ({ nodeId }: Task) =>
    nodeId === null ? null : ((node?.id === nodeId ? node : nodeOf(nodeId))?.hostname ?? null);
  const ends: TaskEnd[] = [];
  if (task !== null && hasEndedBadly(facts, container))
    ends.push({ service, task, container, hostname: hostOf(task) });
  if (earlier.length === 0) return ends;
  const byAge = earlier.toSorted((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0));
  for (const before of byAge) {
    const remembered = lastContainerOf(before);
    if (!endsBadly(service, before, remembered)) break;
    ends.push({ service, task: before, container: remembered, hostname: hostOf(before) });
  }
  return ends;
}

const KEPT_PROBES = 5;

/**
 * Did it end before its first healthy probe? A task that failed still has the progress text `starting` then (swarmkit
 * agent/exec/controller.go, Do); one that left with exit 0 has lost it, and its log shows it as far as that goes back to the
 * first probe: Docker keeps the last five (moby daemon/health.go, maxLogEntries).
 */
export function wasNeverHealthy({ task, container }: Pick<TaskEnd, 'task' | 'container'>): boolean {
  if (task.message === 'starting') return true;
  if (task.state !== 'complete' || container === null) return false;
  const probes = selectRunProbes(container);
  return probes.length > 0 && probes.length < KEPT_PROBES && probes.every(({ exitCode }) => exitCode !== 0);
}
