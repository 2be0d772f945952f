import { compareNodes } from '#lib/model/compare-nodes.ts';
import { compareServices } from '#lib/model/compare-services.ts';
import type { Container } from '#lib/model/container.ts';
import { deriveNode } from '#lib/model/derive-node.ts';
import { deriveReplicaDetail } from '#lib/model/derive-replica-detail.ts';
import { deriveService } from '#lib/model/derive-service.ts';
import { deriveServiceDetail, type ServiceDetailFacts } from '#lib/model/derive-service-detail.ts';
import { deriveSwarmHead } from '#lib/model/derive-swarm-head.ts';
import type { ReplicaDetail, ServiceDetail } from '#lib/model/detail.ts';
import { diffPicture } from '#lib/model/diff-picture.ts';
import type { Observation } from '#lib/model/observation.ts';
import type { NodePicture, ServicePicture, SwarmPicture } from '#lib/model/picture.ts';
import type { Source } from '#lib/model/source.ts';
import type { Task } from '#lib/model/task.ts';
import { toSwarmHead } from '#lib/model/to-swarm-head.ts';
import { applyObservation, type Touched } from './apply-observation.ts';
import { createFacts } from './create-facts.ts';
import { createMemory } from './create-memory.ts';
import type { LiveTimers } from './live-timers.ts';
import type { PictureUpdate } from './picture-update.ts';

export interface Live {
  apply(observation: Observation): void;
  /** The newest picture, with everything applied so far decided. */
  picture(): SwarmPicture;
  /** By name or id. */
  serviceDetail(name: string): ServiceDetail | null;
  replicaDetail(name: string, key: string): ReplicaDetail | null;
  /** Ended tasks that an earlier process saw, oldest first: what Docker forgot of them is known again. */
  restore(tasks: readonly { task: Task; container: Container | null }[]): void;
  close(): void;
}

/**
 * The picture in memory: folds observations, decides anew what they touched and nothing else, and hands out what
 * changed. Observations of one turn of the event loop become one revision.
 */
export function createLive(options: {
  timers: LiveTimers;
  demo: boolean;
  onUpdate(update: PictureUpdate): void;
}): Live {
  const { timers } = options;
  const facts = createFacts();
  const memory = createMemory();
  const touched: Touched = { services: new Set(), nodes: true };
  const services = new Map<string, ServicePicture>();
  const nodes = new Map<string, NodePicture>();
  const rechecks = new Map<string, number>();
  let ready = false;
  let scheduled = false;
  let recheckTimer: { cancel(): void } | null = null;
  let closed = false;
  let picture: SwarmPicture = {
    ...headOf([], [], null),
    revision: 0,
    atMs: timers.nowMs(),
    nodes: [],
    services: [],
  };

  function headOf(
    nodeList: NodePicture[],
    serviceList: ServicePicture[],
    previous: SwarmPicture | null,
  ): ReturnType<typeof deriveSwarmHead> {
    return deriveSwarmHead({
      swarm: facts.swarm,
      managers: facts.managers,
      engines: [...facts.engines.values()],
      nodes: nodeList,
      services: serviceList,
      ready,
      demo: options.demo,
      previous: previous && toSwarmHead(previous),
    });
  }

  /** When two endpoints lead to one node, the one that reads it counts. */
  function engineOf(nodeId: string): Source | null {
    let found: Source | null = null;
    for (const source of facts.engines.values()) {
      if (source.nodeId !== nodeId) continue;
      if (found === null || (found.state !== 'live' && source.state === 'live')) found = source;
    }
    return found;
  }

  const nodeOf = (nodeId: string) => facts.nodes.get(nodeId) ?? null;
  const containerOf = (taskId: string) => facts.containersByTask.get(taskId) ?? null;
  const lastWordsOf = (taskId: string) => memory.ofTask(taskId)?.container ?? null;
  const tasksOf = (serviceId: string) => [...(facts.tasksByService.get(serviceId)?.values() ?? [])];

  function decideService(serviceId: string, nowMs: number): void {
    const service = facts.services.get(serviceId);
    rechecks.delete(serviceId);
    if (!service || !facts.tasksListed) {
      services.delete(serviceId);
      // Before the first list a service without tasks means nothing.
      if (facts.tasksListed) memory.dropService(serviceId);
      return;
    }
    const derived = deriveService({
      service,
      tasks: tasksOf(serviceId),
      remembered: memory.pastTasks(serviceId),
      nodeOf,
      containerOf,
      engineOf,
      lastWordsOf,
      previous: services.get(serviceId) ?? null,
      nowMs,
    });
    services.set(serviceId, derived.picture);
    if (derived.recheckAtMs !== null) rechecks.set(serviceId, derived.recheckAtMs);
  }

  function decideNodes(nowMs: number): void {
    for (const id of nodes.keys()) if (!facts.nodes.has(id)) nodes.delete(id);
    for (const node of facts.nodes.values()) {
      const previous = nodes.get(node.id) ?? null;
      nodes.set(node.id, deriveNode({ node, engine: engineOf(node.id), previous, nowMs }));
    }
  }

  function decide(): void {
    scheduled = false;
    if (closed) return;
    const nowMs = timers.nowMs();
    for (const [serviceId, atMs] of rechecks) if (atMs <= nowMs) touched.services.add(serviceId);
    for (const serviceId of touched.services) decideService(serviceId, nowMs);
    if (touched.nodes) decideNodes(nowMs);
    ready ||= facts.tasksListed && facts.nodes.size > 0;
    const serviceList = keepList(picture.services, services.values(), compareServices);
    const nodeList = keepList(picture.nodes, nodes.values(), compareNodes);
    touched.services.clear();
    touched.nodes = false;
    const next: SwarmPicture = {
      ...headOf(nodeList, serviceList, picture),
      revision: picture.revision,
      atMs: nowMs,
      nodes: nodeList,
      services: serviceList,
    };
    const changes = diffPicture(picture, next);
    const from = picture.revision;
    if (changes.length > 0) next.revision += 1;
    picture = next;
    scheduleRecheck(nowMs);
    if (changes.length > 0) options.onUpdate({ from, picture, changes });
  }

  function scheduleRecheck(nowMs: number): void {
    recheckTimer?.cancel();
    recheckTimer = null;
    let firstMs = Number.POSITIVE_INFINITY;
    for (const atMs of rechecks.values()) firstMs = Math.min(firstMs, atMs);
    if (firstMs === Number.POSITIVE_INFINITY) return;
    // A timer may fire a moment early; one that fires at once for ever would spin.
    recheckTimer = timers.setTimer(Math.max(20, firstMs - nowMs + 5), decide);
  }

  function schedule(): void {
    if (scheduled || closed) return;
    scheduled = true;
    setImmediate(decide);
  }

  function detailFacts(name: string): ServiceDetailFacts | null {
    const found = picture.services.find((one) => one.name === name) ?? services.get(name);
    const service = found && facts.services.get(found.id);
    if (!found || !service) return null;
    return {
      picture: found,
      service,
      nowMs: timers.nowMs(),
      tasks: tasksOf(found.id),
      remembered: [...memory.pastTasks(found.id)],
      nodeOf,
      containerOf,
      lastWordsOf,
      probesOf: (taskId) => memory.ofTask(taskId)?.probes ?? [],
    };
  }

  return {
    apply(observation) {
      if (closed) return;
      remember(observation);
      applyObservation(facts, observation, touched);
      schedule();
    },
    picture() {
      if (scheduled) decide();
      return picture;
    },
    serviceDetail(name) {
      if (scheduled) decide();
      const detail = detailFacts(name);
      return detail && deriveServiceDetail(detail);
    },
    replicaDetail(name, key) {
      if (scheduled) decide();
      const detail = detailFacts(name);
      return detail && deriveReplicaDetail({ ...detail, key });
    },
    restore(tasks) {
      for (const { task, container } of tasks) {
        memory.restore(task, container);
        touched.services.add(task.serviceId);
      }
      if (tasks.length > 0) schedule();
    },
    close() {
      closed = true;
      recheckTimer?.cancel();
    },
  };

  function remember(observation: Observation): void {
    if (observation.kind === 'container') memory.see(observation.container);
    else if (observation.kind === 'containers') observation.containers.forEach(memory.see);
    else if (observation.kind === 'tasks') rememberForgottenTasks(observation);
  }

  function rememberForgottenTasks({ tasks, serviceIds }: Extract<Observation, { kind: 'tasks' }>): void {
    const listed = new Set(tasks.map((task) => task.id));
    for (const serviceId of serviceIds ?? facts.tasksByService.keys()) {
      if (!facts.services.has(serviceId)) continue;
      for (const task of facts.tasksByService.get(serviceId)?.values() ?? []) {
        if (!listed.has(task.id)) memory.forgotten(task);
      }
    }
  }
}

/** The sorted list of these values; the same array as before when nothing in it changed. */
function keepList<T>(before: T[], values: Iterable<T>, compare: (a: T, b: T) => number): T[] {
  const list = [...values];
  if (list.length === before.length) {
    const known = new Set(before);
    if (list.every((one) => known.has(one))) return before;
  }
  return list.sort(compare);
}
