import type { SwarmNode } from '#lib/model/docker/node.ts';
import { findExpectedNodes } from '#lib/model/docker/placement.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isUpTask } from '#lib/model/docker/task.ts';
import type { FactStore } from './fact-store.ts';

type Facts = Pick<FactStore, 'services' | 'tasksByService' | 'nodes'>;

/**
 * A node that meets the constraints of the service, with room for one more task of it by our own sum of what all tasks
 * there reserve; `null`: none, or that does not show, as which GPUs are free. Where CPU or memory is reserved, it goes
 * through all tasks: for what waits for long alone, and once a service.
 */
export function findRoom(facts: Facts, service: Service): SwarmNode | null {
  const { cpuNano, memoryBytes, generic } = service.reserved;
  if (generic.length > 0) return null;
  const reservesNone = cpuNano === null && memoryBytes === null;
  if (service.constraints.length === 0 && reservesNone) return null;
  const used = reservesNone ? new Map<string, Used>() : sumUsed(facts);
  for (const node of findExpectedNodes(service, [...facts.nodes.values()])) {
    const { cpuNano: cpuUsed, memoryBytes: memoryUsed } = used.get(node.id) ?? { cpuNano: 0, memoryBytes: 0 };
    const hasCpu = cpuNano === null || (node.cpuNano !== null && node.cpuNano - cpuUsed >= cpuNano);
    const hasMemory =
      memoryBytes === null || (node.memoryBytes !== null && node.memoryBytes - memoryUsed >= memoryBytes);
    if (hasCpu && hasMemory) return node;
  }
  return null;
}

interface Used {
  cpuNano: number;
  memoryBytes: number;
}

/** What the tasks on each node reserve, by its id. */
function sumUsed({ services, tasksByService }: Facts): Map<string, Used> {
  const used = new Map<string, Used>();
  for (const [serviceId, tasks] of tasksByService) {
    const reserved = services.get(serviceId)?.reserved;
    for (const task of tasks.values()) {
      if (task.nodeId === null || !isUpTask(task)) continue;
      // What a task of a service that is gone reserves is not known: nothing is said of its node.
      if (reserved === undefined) {
        used.set(task.nodeId, { cpuNano: Number.POSITIVE_INFINITY, memoryBytes: Number.POSITIVE_INFINITY });
        continue;
      }
      const before = used.get(task.nodeId) ?? { cpuNano: 0, memoryBytes: 0 };
      used.set(task.nodeId, {
        cpuNano: before.cpuNano + (reserved.cpuNano ?? 0),
        memoryBytes: before.memoryBytes + (reserved.memoryBytes ?? 0),
      });
    }
  }
  return used;
}
