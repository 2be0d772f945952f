import type { ReplicaDetail, TaskDetail } from '#lib/model/contract/detail.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { toServiceHead } from '#lib/model/contract/picture-lookup.ts';
import { toPauseMs } from '#lib/model/docker/health-check.ts';
import { groupSlots } from '#lib/model/status/slots.ts';
import { deriveLife } from './derive-life.ts';
import type { ServiceDetailFacts } from './derive-service-detail.ts';
import { deriveTaskDetail, MAX_EARLIER_TASKS } from './derive-task-detail.ts';
import { findLeastReach, findRotation } from './derive-traffic.ts';

/** One replica with its probes, its life and its slot's earlier tasks; `null` when the service has no such replica. */
export function deriveReplicaDetail(facts: ServiceDetailFacts & { key: string }): ReplicaDetail | null {
  const { picture, service, nowMs, key } = facts;
  const replica = picture.replicas.find((one) => one.key === key);
  if (replica === undefined) return null;
  const listed = new Set(facts.tasks.map((task) => task.id));
  const remembered = facts.remembered.filter((task) => !listed.has(task.id));
  const slot = groupSlots(service, [...facts.tasks, ...remembered]).find((one) => one.key === key);
  const shown = slot === undefined ? [] : [slot.newest, ...slot.earlier.slice(0, MAX_EARLIER_TASKS)];
  const details = shown.map((task) =>
    deriveTaskDetail(service, task, facts, !listed.has(task.id), facts.wording),
  );
  const task = details.find((one) => one.id === replica.taskId) ?? null;
  return {
    service: toServiceHead(picture),
    replica,
    rotation:
      replica.inRotation === true ? findRotation(picture.replicas, facts.traffic?.checks ?? []) : 'inferred',
    through: findLeastReach(service, facts.traffic),
    healthCheck: task?.container?.healthCheck ?? picture.healthCheck,
    stopGraceMs: service.stopGraceMs,
    probes: task?.probes ?? [],
    nextProbeAtMs: task === null ? null : findNextProbeAt(replica, task),
    life: task === null ? [] : deriveLife(task, replica, facts.wording),
    task,
    earlierTasks: details.filter((one) => one !== task),
    moreEarlierTasks: Math.max(0, (slot?.earlier.length ?? 0) - MAX_EARLIER_TASKS),
    atMs: nowMs,
  };
}

/**
 * Docker starts a probe one pause after the last one ended, and the first one pause after the start
 * (moby daemon/health.go, monitor). Not known for a container whose monitor does not run or that we cannot read.
 */
function findNextProbeAt(replica: Replica, { container, probes }: TaskDetail): number | null {
  if (container === null || container.state !== 'running' || container.healthCheck === null) return null;
  if (replica.health === null) return null;
  const fromMs = probes.at(-1)?.endedAtMs ?? container.startedAtMs;
  if (fromMs === null) return null;
  const sinceStartMs = fromMs - (container.startedAtMs ?? fromMs);
  return fromMs + toPauseMs(container.healthCheck, replica.health.status === 'starting', sinceStartMs);
}
