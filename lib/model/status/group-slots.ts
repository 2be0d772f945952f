import { compareTasks } from '#lib/model/docker/compare-tasks.ts';
import { hasSlotNumbers } from '#lib/model/docker/has-slot-numbers.ts';
import { isJob } from '#lib/model/docker/is-job.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { toSlotKey } from '#lib/model/docker/to-slot-key.ts';

/** The tasks that one replica lived through. */
export interface Slot {
  /** Slot number, or node id where the node is the identity. */
  key: string;
  slot: number | null;
  nodeId: string | null;
  newest: Task;
  /** Newest first. */
  earlier: Task[];
}

/**
 * All tasks of a service, by slot or node, whether or not the slot is still wanted (`selectSlots` tells). For jobs only
 * the current iteration counts: older ones are another run (swarmkit orchestrator/jobs/replicated/reconciler.go).
 */
export function groupSlots(service: Service, tasks: Task[]): Slot[] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    if (isJob(service) && (task.jobIteration ?? 0) !== (service.jobIteration ?? 0)) continue;
    const key = toSlotKey(service, task);
    const group = groups.get(key);
    if (group) group.push(task);
    else groups.set(key, [task]);
  }
  return [...groups].map(([key, group]) => toSlot(service, key, group.sort(compareTasks)));
}

function toSlot(service: Service, key: string, tasks: Task[]): Slot {
  const [newest, ...earlier] = tasks as [Task, ...Task[]];
  const slot = hasSlotNumbers(service) ? (newest.slot ?? 0) : null;
  return { key, slot, nodeId: newest.nodeId, newest, earlier };
}
