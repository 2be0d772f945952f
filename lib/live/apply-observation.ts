import type { Observation } from '#lib/model/docker/observation.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { correctTaskTime } from './correct-task-time.ts';
import { type Facts, toPlaceKey } from './create-facts.ts';
import { findClockOffset } from './find-clock-offset.ts';
import { hasOnlyNewPasses } from './has-only-new-passes.ts';

/** What an observation touched, so that only that is decided anew. */
export interface Touched {
  services: Set<string>;
  /** Services of which no more was told than that probes go on passing: to be decided anew when there is time. */
  deferredServices: Set<string>;
  /** The nodes, the managers or the engines. */
  nodes: boolean;
  /** Of the engines no more was told than that they were read again: to be decided anew when there is time. */
  deferredNodes: boolean;
}

/**
 * Folds one observation into the facts. What is equal to what was known keeps its identity and touches nothing:
 * lists that say the same again cost a comparison and no more.
 */
export function applyObservation(facts: Facts, observation: Observation, touched: Touched): void {
  switch (observation.kind) {
    case 'swarm':
      facts.swarm = observation.swarm;
      touched.nodes = true;
      return;
    case 'managers':
      facts.managers = observation.sources;
      touched.nodes = true;
      return;
    case 'nodes':
      applyNodes(facts, observation, touched);
      return;
    case 'services':
      applyServices(facts, observation, touched);
      return;
    case 'service-gone':
      forgetService(facts, observation.serviceId, touched);
      return;
    case 'tasks':
      applyTasks(facts, observation, touched);
      return;
    case 'engine':
      applyEngine(facts, observation, touched);
      return;
    case 'engine-gone': {
      const known = facts.engines.get(observation.endpoint);
      facts.engines.delete(observation.endpoint);
      facts.engineByNode = null;
      if (known?.nodeId) touchNode(facts, known.nodeId, touched);
      touched.nodes = true;
      return;
    }
    case 'containers': {
      const listed = new Set(observation.containers.map((container) => container.id));
      for (const taskId of [...(facts.containerTasksByNode.get(observation.nodeId) ?? [])]) {
        const container = facts.containersByTask.get(toPlaceKey(observation.nodeId, taskId));
        if (container && !listed.has(container.id))
          forgetContainer(facts, observation.nodeId, container.id, touched);
      }
      for (const container of observation.containers) applyContainer(facts, container, touched);
      return;
    }
    case 'container':
      applyContainer(facts, observation.container, touched);
      return;
    case 'container-gone':
      forgetContainer(facts, observation.nodeId, observation.containerId, touched);
      return;
  }
}

type Of<K extends Observation['kind']> = Extract<Observation, { kind: K }>;

function applyNodes(facts: Facts, { nodes }: Of<'nodes'>, touched: Touched): void {
  const listed = new Set(nodes.map((node) => node.id));
  for (const id of facts.nodes.keys()) {
    if (listed.has(id)) continue;
    facts.nodes.delete(id);
    touched.nodes = true;
    touchNode(facts, id, touched);
  }
  for (const node of nodes) {
    const known = facts.nodes.get(node.id);
    if (known && hasEqualContent(known, node)) continue;
    facts.nodes.set(node.id, node);
    touched.nodes = true;
    const decides =
      !known ||
      known.status !== node.status ||
      known.availability !== node.availability ||
      known.hostname !== node.hostname;
    if (!decides) continue;
    touchNode(facts, node.id, touched);
    // A node that can take tasks changes how many a global service wants.
    for (const service of facts.services.values()) {
      if (service.mode.kind === 'global' || service.mode.kind === 'global-job')
        touched.services.add(service.id);
    }
  }
}

function applyServices(facts: Facts, { services, complete }: Of<'services'>, touched: Touched): void {
  if (complete) {
    const listed = new Set(services.map((service) => service.id));
    for (const id of facts.services.keys()) if (!listed.has(id)) forgetService(facts, id, touched);
  }
  for (const service of services) {
    const known = facts.services.get(service.id);
    if (known && hasEqualContent(known, service)) continue;
    facts.services.set(service.id, service);
    touched.services.add(service.id);
  }
}

function forgetService(facts: Facts, serviceId: string, touched: Touched): void {
  if (!facts.services.delete(serviceId)) return;
  for (const { id, nodeId } of facts.tasksByService.get(serviceId)?.values() ?? [])
    forgetTask(facts, nodeId, id);
  facts.tasksByService.delete(serviceId);
  facts.servicesByNode = null;
  touched.services.add(serviceId);
}

function applyTasks(facts: Facts, { tasks, serviceIds }: Of<'tasks'>, touched: Touched): void {
  const listed = new Map<string, Map<string, Task>>();
  const offsets = new Map<string, number>();
  for (const each of tasks) {
    const { nodeId } = each;
    if (nodeId !== null && !offsets.has(nodeId)) offsets.set(nodeId, findClockOffset(facts, nodeId));
    const task = correctTaskTime(each, offsets.get(nodeId ?? '') ?? 0);
    const ofService = listed.get(task.serviceId) ?? new Map<string, Task>();
    ofService.set(task.id, task);
    listed.set(task.serviceId, ofService);
  }
  for (const serviceId of serviceIds ?? new Set([...facts.tasksByService.keys(), ...listed.keys()])) {
    applyTasksOfService(facts, serviceId, listed.get(serviceId) ?? new Map(), touched);
  }
  if (serviceIds !== null && !facts.tasksListed) return;
  if (!facts.tasksListed) {
    facts.tasksListed = true;
    // From now on there is a swarm to speak of, be it empty.
    touched.nodes = true;
    for (const id of facts.services.keys()) touched.services.add(id);
  }
}

function applyTasksOfService(
  facts: Facts,
  serviceId: string,
  listed: Map<string, Task>,
  touched: Touched,
): void {
  const known = facts.tasksByService.get(serviceId) ?? new Map<string, Task>();
  for (const taskId of known.keys()) {
    if (listed.has(taskId)) continue;
    touched.services.add(serviceId);
    forgetTask(facts, known.get(taskId)?.nodeId ?? null, taskId);
  }
  for (const [id, task] of listed) {
    const before = known.get(id);
    if (before && hasEqualContent(before, task)) listed.set(id, before);
    else touched.services.add(serviceId);
  }
  if (touched.services.has(serviceId)) facts.servicesByNode = null;
  if (listed.size > 0) facts.tasksByService.set(serviceId, listed);
  else facts.tasksByService.delete(serviceId);
}

function applyEngine(facts: Facts, { source }: Of<'engine'>, touched: Touched): void {
  const known = facts.engines.get(source.endpoint);
  if (known && hasEqualContent(known, source)) return;
  const { nodeId } = source;
  const offsetMs = nodeId === null ? 0 : findClockOffset(facts, nodeId);
  facts.engines.set(source.endpoint, source);
  if (known && hasEqualContent({ ...known, lastReadMs: null }, { ...source, lastReadMs: null })) {
    if (source.nodeId !== null && facts.engineByNode?.get(source.nodeId) === known)
      facts.engineByNode.set(source.nodeId, source);
    touched.deferredNodes = true;
    return;
  }
  facts.engineByNode = null;
  touched.nodes = true;
  if (nodeId !== null) moveTasks(facts, nodeId, findClockOffset(facts, nodeId) - offsetMs, touched);
  const decides = !known || known.state !== source.state || known.nodeId !== source.nodeId;
  if (!decides) return;
  for (const nodeId of new Set([known?.nodeId, source.nodeId])) if (nodeId) touchNode(facts, nodeId, touched);
}

/** More is known of a node's clock: what its engine wrote into the list was at another time. */
function moveTasks(facts: Facts, nodeId: string, byMs: number, touched: Touched): void {
  if (byMs === 0) return;
  for (const [serviceId, tasks] of facts.tasksByService) {
    for (const task of tasks.values()) {
      if (task.nodeId !== nodeId) continue;
      tasks.set(task.id, correctTaskTime(task, byMs));
      touched.services.add(serviceId);
    }
  }
}

function applyContainer(facts: Facts, container: Of<'container'>['container'], touched: Touched): void {
  const { taskId } = container;
  if (taskId === null) return;
  const place = toPlaceKey(container.nodeId, taskId);
  const known = facts.containersByTask.get(place);
  facts.containersByTask.set(place, container);
  facts.taskByContainer.set(toPlaceKey(container.nodeId, container.id), taskId);
  const onNode = facts.containerTasksByNode.get(container.nodeId);
  if (onNode) onNode.add(taskId);
  else facts.containerTasksByNode.set(container.nodeId, new Set([taskId]));
  const serviceId = container.serviceId ?? findServiceOfTask(facts, taskId);
  if (!serviceId) return;
  if (known && hasOnlyNewPasses(known, container)) touched.deferredServices.add(serviceId);
  else touched.services.add(serviceId);
}

function forgetContainer(facts: Facts, nodeId: string, containerId: string, touched: Touched): void {
  const taskId = facts.taskByContainer.get(toPlaceKey(nodeId, containerId));
  if (taskId === undefined) return;
  facts.taskByContainer.delete(toPlaceKey(nodeId, containerId));
  const container = facts.containersByTask.get(toPlaceKey(nodeId, taskId));
  if (container?.id !== containerId) return;
  facts.containersByTask.delete(toPlaceKey(nodeId, taskId));
  forgetPlace(facts, container.nodeId, taskId);
  const serviceId = container.serviceId ?? findServiceOfTask(facts, taskId);
  if (serviceId) touched.services.add(serviceId);
}

function forgetTask(facts: Facts, nodeId: string | null, taskId: string): void {
  const container = facts.containersByTask.get(toPlaceKey(nodeId, taskId));
  // A container outlives its task for a moment; its engine's list will say when it is gone.
  if (container && container.state !== 'running') {
    facts.containersByTask.delete(toPlaceKey(nodeId, taskId));
    facts.taskByContainer.delete(toPlaceKey(container.nodeId, container.id));
    forgetPlace(facts, container.nodeId, taskId);
  }
}

function forgetPlace(facts: Facts, nodeId: string, taskId: string): void {
  const onNode = facts.containerTasksByNode.get(nodeId);
  onNode?.delete(taskId);
  if (onNode?.size === 0) facts.containerTasksByNode.delete(nodeId);
}

function findServiceOfTask(facts: Facts, taskId: string): string | null {
  for (const [serviceId, tasks] of facts.tasksByService) if (tasks.has(taskId)) return serviceId;
  return null;
}

function touchNode(facts: Facts, nodeId: string, touched: Touched): void {
  facts.servicesByNode ??= indexByNode(facts);
  for (const serviceId of facts.servicesByNode.get(nodeId) ?? []) touched.services.add(serviceId);
}

function indexByNode({ tasksByService }: Facts): Map<string, Set<string>> {
  const index = new Map<string, Set<string>>();
  for (const [serviceId, tasks] of tasksByService) {
    for (const { nodeId } of tasks.values()) {
      if (nodeId === null) continue;
      const services = index.get(nodeId);
      if (services) services.add(serviceId);
      else index.set(nodeId, new Set([serviceId]));
    }
  }
  return index;
}
