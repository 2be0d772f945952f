import { isUpTask } from '#lib/model/docker/task.ts';
import type { FactStore } from './fact-store.ts';

/** What tasks reserve together. `tasks`: how many of them reserve anything. */
export interface Reserved {
  cpuNano: number;
  memoryBytes: number;
  /** By kind: how many of `NVIDIA-GPU`. */
  generic: Record<string, number>;
  tasks: number;
}

/** Swarm places by what is reserved, not by what is used (swarmkit `manager/scheduler/nodeinfo.go`). */
export function sumReserved(
  { services, tasksByService }: FactStore,
  nodeId: string,
  serviceIds: Iterable<string>,
): Reserved | null {
  const sum: Reserved = { cpuNano: 0, memoryBytes: 0, generic: {}, tasks: 0 };
  for (const serviceId of serviceIds) {
    const reserved = services.get(serviceId)?.reserved;
    for (const task of tasksByService.get(serviceId)?.values() ?? []) {
      if (task.nodeId !== nodeId || !isUpTask(task)) continue;
      if (reserved === undefined) return null;
      const { cpuNano, memoryBytes, generic } = reserved;
      sum.cpuNano += cpuNano ?? 0;
      sum.memoryBytes += memoryBytes ?? 0;
      for (const one of generic) addGeneric(sum.generic, one);
      if (cpuNano !== null || memoryBytes !== null || generic.length > 0) sum.tasks += 1;
    }
  }
  return sum;
}

/** `NVIDIA-GPU=2` is two of them; a named one (`NVIDIA-GPU=uuid`) is one. */
function addGeneric(sum: Record<string, number>, text: string): void {
  const at = text.indexOf('=');
  const kind = text.slice(0, at);
  const value = text.slice(at + 1);
  const before = Object.hasOwn(sum, kind) ? (sum[kind] ?? 0) : 0;
  sum[kind] = before + (/^\d{1,9}$/.test(value) ? Number(value) : 1);
}
