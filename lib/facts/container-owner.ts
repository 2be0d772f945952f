import type { Container } from '#lib/model/docker/container.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { FactStore } from './fact-store.ts';

/** What of a task decides which container is its own. */
export type TaskPlace = Pick<Task, 'id' | 'nodeId' | 'containerId'>;

/**
 * Is this the task's own container? A container carries its task's id as a label, and anybody may label one: the
 * manager's word on the node and on the container's id decides. An engine tells of its own node alone.
 */
export function isContainerOf(task: Omit<TaskPlace, 'id'>, container: Container): boolean {
  if (task.nodeId !== null && task.nodeId !== container.nodeId) return false;
  return task.containerId === null || task.containerId === container.id;
}

/** A task as a manager listed it; `null`: none did, or it is gone with its container. */
export function findTask({ tasks, leaving }: FactStore, taskId: string): Task | null {
  return tasks.get(taskId) ?? leaving.get(taskId) ?? null;
}

/** The task's own container as its engine has it now. */
export function findContainer(store: FactStore, task: TaskPlace): Container | null {
  const container = store.containersByTask.get(toPlaceKey(task.nodeId, task.id)) ?? null;
  return container !== null && isContainerOf(task, container) ? container : null;
}

/** The task's own container as it was last seen, also after it is gone. */
export function findLastSeen(store: FactStore, task: TaskPlace): Container | null {
  const present = findContainer(store, task);
  if (present !== null) return present;
  const remembered = store.memory.ofTask(task.id, task.nodeId)?.container ?? null;
  return remembered !== null && isContainerOf(task, remembered) ? remembered : null;
}

/** Something on a node: an engine tells of its own node alone, so what another says of the same id is kept apart. */
export const toPlaceKey = (nodeId: string | null, id: string): string => `${nodeId} ${id}`;
