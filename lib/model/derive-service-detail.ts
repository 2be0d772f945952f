import { compareReplicas } from './compare-replicas.ts';
import { deriveTaskDetail } from './derive-task-detail.ts';
import type { ServiceDetail } from './detail.ts';
import { groupSlots } from './group-slots.ts';
import type { ServicePicture } from './picture.ts';
import type { Service } from './service.ts';
import type { TaskMemory } from './task-memory.ts';

export interface ServiceDetailFacts extends TaskMemory {
  picture: ServicePicture;
  service: Service;
  /** Our clock, epoch ms. */
  nowMs: number;
}

/** One service with the tasks of every slot, newest first; slots that are no longer wanted keep their history here. */
export function deriveServiceDetail(facts: ServiceDetailFacts): ServiceDetail {
  const { picture, service, nowMs, nodeOf } = facts;
  const listed = new Set(facts.tasks.map((task) => task.id));
  const remembered = facts.remembered.filter((task) => !listed.has(task.id));
  const hostnameOf = (nodeId: string | null) => (nodeId === null ? null : (nodeOf(nodeId)?.hostname ?? null));
  const slots = groupSlots(service, [...facts.tasks, ...remembered])
    .map((slot) => ({ ...slot, hostname: hostnameOf(slot.nodeId) }))
    .sort(compareReplicas)
    .map(({ key, newest, earlier }) => ({
      key,
      tasks: [newest, ...earlier].map((task) => deriveTaskDetail(service, task, facts, !listed.has(task.id))),
    }));
  return {
    ...picture,
    stopGraceMs: service.stopGraceMs,
    restart: service.restart,
    updatePolicy: service.updatePolicy,
    constraints: service.constraints,
    imageDigest: service.imageDigest,
    slots,
    atMs: nowMs,
  };
}
