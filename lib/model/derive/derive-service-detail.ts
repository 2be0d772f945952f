import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { compareReplicas } from '#lib/model/contract/picture-order.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isOfNewSpec, type Task } from '#lib/model/docker/task.ts';
import { groupSlots } from '#lib/model/status/slots.ts';
import { deriveRollout } from './derive-rollout.ts';
import { deriveTaskDetail, MAX_EARLIER_TASKS, type TaskMemory } from './derive-task-detail.ts';

export interface ServiceDetailFacts extends TaskMemory {
  picture: ServicePicture;
  service: Service;
  /** Our clock, epoch ms. */
  nowMs: number;
  wording: Wording;
}

/** One service with the tasks of every slot, newest first; slots that are no longer wanted keep their history here. */
export function deriveServiceDetail(facts: ServiceDetailFacts): ServiceDetail {
  const { picture, service, nowMs, nodeOf } = facts;
  const listed = new Set(facts.tasks.map((task) => task.id));
  const remembered = facts.remembered.filter((task) => !listed.has(task.id));
  const hostnameOf = (nodeId: string | null) => (nodeId === null ? null : (nodeOf(nodeId)?.hostname ?? null));
  const wanted = new Set(picture.replicas.map(({ key }) => key));
  const grouped = groupSlots(service, [...facts.tasks, ...remembered]);
  const detailOf = (task: Task) =>
    deriveTaskDetail(service, task, facts, !listed.has(task.id), facts.wording);
  const slots = grouped
    .map((slot) => ({ ...slot, hostname: hostnameOf(slot.nodeId) }))
    .sort(compareReplicas)
    .map(({ key, newest, earlier }) => ({
      key,
      tasks: [newest, ...earlier.slice(0, MAX_EARLIER_TASKS)].map(detailOf),
      moreTasks: Math.max(0, earlier.length - MAX_EARLIER_TASKS),
    }));
  const rollout = deriveRollout({
    service,
    slots: grouped
      .filter(({ key }) => wanted.has(key))
      .sort((a, b) => compareReplicas(withHost(a, hostnameOf), withHost(b, hostnameOf))),
    hostnameOf,
    detailOf,
    nowMs,
    wording: facts.wording,
  });
  return {
    ...picture,
    stopGraceMs: service.stopGraceMs,
    restart: service.restart,
    updatePolicy: service.updatePolicy,
    constraints: service.constraints,
    imageDigest: service.imageDigest,
    slots,
    rollout,
    changes: service.changes,
    changedAtMs: service.changes.length === 0 ? null : (service.update?.startedAtMs ?? service.updatedAtMs),
    firstFailureAtMs: findFirstFailure(service, facts.tasks, detailOf),
    atMs: nowMs,
  };
}

function withHost<T extends { nodeId: string | null }>(
  slot: T,
  hostnameOf: (id: string | null) => string | null,
) {
  return { ...slot, hostname: hostnameOf(slot.nodeId) };
}

function findFirstFailure(
  service: Service,
  tasks: readonly Task[],
  detailOf: (task: Task) => { end: unknown },
): number | null {
  const failed = tasks.filter((task) => isOfNewSpec(service, task) && detailOf(task).end !== null);
  return failed.reduce<number | null>(
    (first, { stateAtMs }) =>
      stateAtMs === null || (first !== null && first <= stateAtMs) ? first : stateAtMs,
    null,
  );
}
