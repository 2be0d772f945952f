import type { Service } from './service.ts';
import type { Task } from './task.ts';

/**
 * Whether a task is of the service's present spec. Where that cannot be compared, by its time: what Swarm makes after the
 * update began is new. Ports are no part of a task's own spec, yet Swarm replaces tasks for them (swarmkit
 * `manager/orchestrator/task.go`, IsTaskDirty).
 */
export function isOfNewSpec(service: Service, task: Task): boolean {
  const startedAtMs = service.update?.startedAtMs ?? null;
  const isAfterStart = startedAtMs === null || task.createdAtMs === null || task.createdAtMs >= startedAtMs;
  if (service.specKey === null || task.specKey === null) return isAfterStart;
  if (service.specKey !== task.specKey) return false;
  const onlyBeside = service.changes.some(({ kind, field }) => kind === 'names' && field === 'ports');
  return onlyBeside ? isAfterStart : true;
}
