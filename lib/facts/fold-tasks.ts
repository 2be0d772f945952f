import { isDeadContainer } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { correctTaskTime, findClockOffset, isTimeOfAgent } from './clock-offset.ts';
import { findContainer } from './container-owner.ts';
import type { FactChange } from './fact-change.ts';
import type { FactStore } from './fact-store.ts';
import { foldContainerGone } from './fold-containers.ts';
import { orderMade } from './order-made.ts';

type Of<K extends Observation['kind']> = Extract<Observation, { kind: K }>;

export function foldServices(store: FactStore, { services, complete }: Of<'services'>): FactChange[] {
  const changes: FactChange[] = [];
  if (complete) {
    store.servicesListed = true;
    const listed = new Set(services.map((service) => service.id));
    for (const id of store.services.keys()) if (!listed.has(id)) changes.push(...foldServiceGone(store, id));
  }
  for (const each of services) {
    const service = settleService(store, each);
    const before = store.services.get(service.id) ?? null;
    if (before && hasEqualContent(before, service)) continue;
    store.services.set(service.id, service);
    changes.push({ kind: 'service', service, before });
  }
  return changes;
}

export function foldServiceGone(store: FactStore, serviceId: string): FactChange[] {
  const service = store.services.get(serviceId);
  if (!service) return [];
  store.services.delete(serviceId);
  store.times.forget(serviceId);
  const changes: FactChange[] = [];
  for (const task of store.tasksByService.get(serviceId)?.values() ?? []) forgetTask(store, task, changes);
  store.tasksByService.delete(serviceId);
  store.servicesByNode = null;
  if (store.tasksListed) store.memory.dropService(serviceId);
  changes.push({ kind: 'service-gone', service });
  return changes;
}

export function foldTasks(store: FactStore, { tasks, serviceIds }: Of<'tasks'>): FactChange[] {
  const changes: FactChange[] = [];
  const listed = new Map<string, Map<string, Task>>();
  const covered = serviceIds && new Set(serviceIds);
  const offsets = new Map<string, number>();
  for (const each of tasks) {
    const { nodeId } = each;
    if (covered && !covered.has(each.serviceId)) continue;
    if (nodeId !== null && !offsets.has(nodeId)) offsets.set(nodeId, findClockOffset(store, nodeId));
    const task = settleTask(store, correctTaskTime(each, offsets.get(nodeId ?? '') ?? 0));
    const ofService = listed.get(task.serviceId) ?? new Map<string, Task>();
    ofService.set(task.id, task);
    listed.set(task.serviceId, ofService);
  }
  for (const serviceId of serviceIds ?? new Set([...store.tasksByService.keys(), ...listed.keys()]))
    foldTasksOfService(store, serviceId, listed.get(serviceId) ?? new Map(), changes);
  if (serviceIds === null && !store.tasksListed) {
    store.tasksListed = true;
    store.memory.keepServices((serviceId) => store.services.has(serviceId));
    changes.push({ kind: 'tasks-listed' });
  }
  return changes;
}

function foldTasksOfService(
  store: FactStore,
  serviceId: string,
  listed: Map<string, Task>,
  changes: FactChange[],
): void {
  const known = store.tasksByService.get(serviceId) ?? new Map<string, Task>();
  const changesBefore = changes.length;
  orderMade(store, serviceId, listed);
  for (const task of known.values()) {
    if (listed.has(task.id)) continue;
    if (store.services.has(serviceId)) store.memory.forgotten(task);
    forgetTask(store, task, changes);
  }
  for (const [id, task] of listed) {
    const before = known.get(id) ?? null;
    if (before && hasEqualContent(before, task)) {
      listed.set(id, before);
      continue;
    }
    store.tasks.set(id, task);
    store.leaving.delete(id);
    changes.push({ kind: 'task', task, before });
    const container = before === null ? findContainer(store, task) : null;
    if (!container) continue;
    store.memory.see(container);
    changes.push({ kind: 'container', container, before: null, lastSeen: null, serviceId });
  }
  if (changes.length > changesBefore) store.servicesByNode = null;
  if (listed.size > 0) store.tasksByService.set(serviceId, listed);
  else store.tasksByService.delete(serviceId);
}

/** Does not take it out of its service's tasks: whoever calls makes those anew. */
function forgetTask(store: FactStore, task: Task, changes: FactChange[]): void {
  store.tasks.delete(task.id);
  store.times.forget(task.id);
  changes.push({ kind: 'task-gone', task });
  const container = findContainer(store, task);
  if (!container) return;
  // A container outlives its task for a moment; its engine's list will say when it is gone.
  store.leaving.set(task.id, task);
  if (isDeadContainer(container))
    changes.push(...foldContainerGone(store, container.nodeId, container.id, true));
}

/** More is known of a node's clock: what its engine wrote into the list was at another time. */
export function moveTasks(store: FactStore, nodeId: string, byMs: number): FactChange[] {
  const changes: FactChange[] = [];
  if (byMs === 0) return changes;
  for (const tasks of store.tasksByService.values()) {
    for (const before of tasks.values()) {
      if (before.nodeId !== nodeId || before.stateAtMs === null || !isTimeOfAgent(before)) continue;
      const stateAtMs = store.times.move(before.id, 'state', before.stateAtMs, byMs, before.updatedAtMs);
      if (stateAtMs === before.stateAtMs) continue;
      const task = { ...before, stateAtMs };
      tasks.set(task.id, task);
      store.tasks.set(task.id, task);
      changes.push({ kind: 'task', task, before });
    }
  }
  return changes;
}

function settleService({ times }: FactStore, service: Service): Service {
  const { id, update } = service;
  const updatedAtMs = times.settle(id, 'updated', service.updatedAtMs);
  const startedAtMs = times.settle(id, 'update', update?.startedAtMs ?? null);
  if (updatedAtMs === service.updatedAtMs && startedAtMs === (update?.startedAtMs ?? null)) return service;
  return { ...service, updatedAtMs, update: update && { ...update, startedAtMs } };
}

function settleTask({ times }: FactStore, task: Task): Task {
  const updatedAtMs = times.settle(task.id, 'updated', task.updatedAtMs);
  const stateAtMs = times.settle(task.id, 'state', task.stateAtMs, updatedAtMs);
  const noLaterMs = Math.min(updatedAtMs ?? Number.POSITIVE_INFINITY, stateAtMs ?? Number.POSITIVE_INFINITY);
  const createdAtMs = times.settle(task.id, 'made', task.createdAtMs, noLaterMs);
  const isSame =
    updatedAtMs === task.updatedAtMs && stateAtMs === task.stateAtMs && createdAtMs === task.createdAtMs;
  return isSame ? task : { ...task, updatedAtMs, stateAtMs, createdAtMs };
}
