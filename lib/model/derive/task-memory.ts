import type { Container } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { Task } from '#lib/model/docker/task.ts';

/** Where details of a service's tasks come from: what Docker lists now, and what we remember of it. */
export interface TaskMemory {
  /** All tasks of the service that the manager lists. */
  tasks: Task[];
  /** Tasks of the service that we saw and keep; those that are also in `tasks` are ignored. */
  remembered: Task[];
  nodeOf: (nodeId: string) => SwarmNode | null;
  /** A task's own container as its engine has it now. */
  containerOf: (task: Task) => Container | null;
  /** A task's own container as it was last seen, also after it is gone. */
  lastContainerOf: (task: Task) => Container | null;
  /** All probes of a task that we saw, oldest first, in this run; empty when none are kept. */
  probesOf: (task: Task) => Probe[];
}
