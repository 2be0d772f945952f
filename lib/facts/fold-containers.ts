import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { NO_USAGE_SIGNS } from '#lib/model/docker/usage-signs.ts';
import { findTask, isContainerOf, toPlaceKey } from './container-owner.ts';
import type { FactChange } from './fact-change.ts';
import type { FactStore } from './fact-store.ts';
import { addServiceContainer } from './service-containers.ts';

/** A whole engine's: what of its node is not in the list is gone. */
export function foldContainers(
  store: FactStore,
  { nodeId, containers }: Extract<Observation, { kind: 'containers' }>,
): FactChange[] {
  const changes: FactChange[] = [];
  const listed = new Set(containers.map((container) => container.id));
  for (const taskId of [...(store.containerTasksByNode.get(nodeId) ?? [])]) {
    const container = store.containersByTask.get(toPlaceKey(nodeId, taskId));
    if (container && !listed.has(container.id))
      changes.push(...foldContainerGone(store, nodeId, container.id, false));
  }
  for (const container of containers) changes.push(...foldContainer(store, container));
  return changes;
}

/**
 * What is not its task's own is nobody's: it is not kept. Before a manager listed the task it is kept at its node's
 * place, where nobody finds it who asks for the task on another, and is no change yet.
 */
export function foldContainer(store: FactStore, read: Container): FactChange[] {
  const { taskId, nodeId } = read;
  if (taskId === null) return [];
  const task = findTask(store, taskId);
  if (task !== null && !isContainerOf(task, read)) return [];
  const place = toPlaceKey(nodeId, taskId);
  const before = store.containersByTask.get(place) ?? null;
  const remembered = store.memory.ofTask(taskId, nodeId);
  const lastSeen = before ?? (remembered?.isRestored === false ? remembered.container : null);
  const container = keepLastWords(read, lastSeen);
  store.containersByTask.set(place, container);
  if (before !== null && (before.id !== container.id || container.state !== 'running'))
    store.usageSigns.delete(place);
  store.taskByContainer.set(toPlaceKey(nodeId, container.id), taskId);
  const onNode = store.containerTasksByNode.get(nodeId);
  if (onNode) onNode.add(taskId);
  else store.containerTasksByNode.set(nodeId, new Set([taskId]));
  const serviceId = task?.serviceId ?? container.serviceId;
  if (serviceId !== null) addServiceContainer(store, serviceId, container);
  if (task === null) return serviceId === null ? [] : [{ kind: 'container-unowned', serviceId }];
  store.memory.see(container);
  const isSame = lastSeen?.id === container.id;
  return [
    { kind: 'container', container, before, lastSeen: isSame ? lastSeen : null, serviceId: task.serviceId },
  ];
}

/** No engine tells of them: what its log said stays, for as long as it is dead. */
function keepLastWords(container: Container, lastSeen: Container | null): Container {
  if (lastSeen?.id !== container.id || !lastSeen.lastWords || !isDeadContainer(container)) return container;
  return { ...container, lastWords: lastSeen.lastWords };
}

/** Of a container that is dead, or is gone by now. */
export function foldLastWords(
  store: FactStore,
  { container: { id, nodeId, taskId }, words }: Extract<Observation, { kind: 'last-words' }>,
): FactChange[] {
  if (taskId === null) return [];
  const here = store.containersByTask.get(toPlaceKey(nodeId, taskId));
  if (here?.id === id)
    return isDeadContainer(here) ? foldContainer(store, { ...here, lastWords: words }) : [];
  const remembered = store.memory.ofTask(taskId, nodeId)?.container;
  if (remembered?.id !== id || remembered.serviceId === null) return [];
  store.memory.see({ ...remembered, lastWords: words });
  return [{ kind: 'past', serviceId: remembered.serviceId }];
}

/** Of a container that is its task's own; with nothing to say it is forgotten. */
export function foldUsageSigns(
  store: FactStore,
  { nodeId, taskId, containerId, signs }: Extract<Observation, { kind: 'usage-signs' }>,
): FactChange[] {
  const place = toPlaceKey(nodeId, taskId);
  const container = store.containersByTask.get(place);
  const task = findTask(store, taskId);
  if (container?.id !== containerId || task === null || !isContainerOf(task, container)) return [];
  if (signs === NO_USAGE_SIGNS) store.usageSigns.delete(place);
  else store.usageSigns.set(place, signs);
  return [{ kind: 'usage', serviceId: task.serviceId }];
}

export function foldContainerGone(
  store: FactStore,
  nodeId: string,
  containerId: string,
  isFinal: boolean,
): FactChange[] {
  const taskId = store.taskByContainer.get(toPlaceKey(nodeId, containerId));
  if (taskId === undefined) return [];
  store.taskByContainer.delete(toPlaceKey(nodeId, containerId));
  const place = toPlaceKey(nodeId, taskId);
  const container = store.containersByTask.get(place);
  if (container?.id !== containerId) return [];
  store.containersByTask.delete(place);
  store.usageSigns.delete(place);
  const onNode = store.containerTasksByNode.get(nodeId);
  onNode?.delete(taskId);
  if (onNode?.size === 0) store.containerTasksByNode.delete(nodeId);
  const task = findTask(store, taskId);
  if (task === null && container.serviceId !== null)
    return [{ kind: 'container-unowned', serviceId: container.serviceId }];
  if (task === null || !isContainerOf(task, container)) return [];
  store.leaving.delete(taskId);
  return [{ kind: 'container-gone', container, serviceId: task.serviceId, isFinal }];
}
