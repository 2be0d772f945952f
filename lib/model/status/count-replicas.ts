import type { Replica } from '#lib/model/contract/picture.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { isUp, STATUS_FACTS } from './severity.ts';

export interface ReplicaCounts {
  desired: number;
  running: number;
  healthy: number;
  completed: number | null;
}

/**
 * A service's counts by the replicas that are (see `ServiceHead`). Docker's own (`docker service ls`) also counts tasks
 * on dead nodes and tasks that should stop (swarmkit manager/controlapi/service.go, ListServiceStatuses). Never more than
 * wanted: while it scales down, or where 20.10 gives a job too many tasks.
 */
export function countReplicas(service: Service, replicas: readonly Pick<Replica, 'status'>[]): ReplicaCounts {
  let running = 0;
  let healthy = 0;
  let complete = 0;
  let stopping = 0;
  for (const { status } of replicas) {
    if (isUp(status)) running++;
    if (STATUS_FACTS[status].passing) healthy++;
    if (status === 'complete') complete++;
    if (status === 'stopping') stopping++;
  }
  const { mode } = service;
  const byNode = replicas.length - stopping;
  const desired =
    mode.kind === 'replicated'
      ? mode.replicas
      : mode.kind === 'replicated-job'
        ? mode.totalCompletions
        : byNode;
  return {
    desired,
    running: Math.min(running, desired),
    healthy: Math.min(healthy, desired),
    completed: isJob(service) ? Math.min(complete, desired) : null,
  };
}
