import type { LogTarget } from '#lib/logs/log-target.ts';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { isBefore } from '#lib/model/docker/task.ts';

/** In this order they are read when there are more than can be read at once. */
const FIRST: readonly ReplicaStatus[] = ['unhealthy', 'failed', 'failing', 'starting', 'stopping'];

function rank({ status }: Replica): number {
  const at = FIRST.indexOf(status);
  return at === -1 ? FIRST.length : at;
}

/** Where its container is not started there is nothing to read, and an engine calls such a log ended. */
function hasStarted({ taskState }: Replica): boolean {
  return taskState === null || !isBefore(taskState, 'starting');
}

function toTarget({ taskId, containerId, nodeId, hostname, key, slot }: Replica): LogTarget | null {
  if (taskId === null || containerId === null || nodeId === null) return null;
  return { taskId, containerId, nodeId, hostname, key, slot };
}

/**
 * The containers of a service's replicas, or of the one with this key: problems first. Of a replica whose newest task is
 * yet to start, that of the task before it: what it said last is what matters now.
 *
 * @param detail asked for only then
 */
export function findLogTargets(
  service: ServicePicture,
  key: string | null,
  detail: () => ServiceDetail | null,
): LogTarget[] {
  let known: ServiceDetail | null = null;
  return service.replicas
    .filter((replica) => key === null || replica.key === key)
    .toSorted((a, b) => rank(a) - rank(b))
    .map((replica) => {
      if (hasStarted(replica)) return toTarget(replica);
      known ??= detail();
      const tasks = known?.slots.find((slot) => slot.key === replica.key)?.tasks ?? [];
      const last = tasks.find(({ container }) => container !== null && container.startedAtMs !== null);
      return known && last ? findTaskTarget(known, replica.key, last.id) : null;
    })
    .filter((target) => target !== null);
}

/** The container of one task, a dead one's too; `null` when we know of no such task, or of no container of it. */
export function findTaskTarget(service: ServiceDetail, key: string, taskId: string): LogTarget | null {
  const slot = service.slots.find((one) => one.key === key);
  const task = slot?.tasks.find(({ id }) => id === taskId);
  const containerId = task?.container?.id ?? null;
  if (!task || task.nodeId === null || containerId === null) return null;
  const replica = service.replicas.find((one) => one.key === key);
  return {
    taskId,
    containerId,
    nodeId: task.nodeId,
    hostname: task.hostname,
    key,
    slot: replica?.slot ?? (/^\d+$/.test(key) ? Number(key) : null),
  };
}
