import type { Container } from '#lib/model/docker/container.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { PortCheck } from '#lib/model/docker/port-check.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { NO_USAGE_SIGNS, type UsageSigns } from '#lib/model/docker/usage-signs.ts';
import type { NodePorts, PortReach } from '#lib/model/ports/node-ports.ts';
import { NO_TALLY, type ProbeTally } from '#lib/model/status/probe-tally.ts';
import { findContainer, findLastSeen, type TaskPlace, toPlaceKey } from './container-owner.ts';
import type { FactChange } from './fact-change.ts';
import { createFactStore, type FactStore, findEngine, type NetworksUnread } from './fact-store.ts';
import { findRoom } from './find-room.ts';
import { foldObservation } from './fold-observation.ts';
import { hasProbedSince, listServiceContainers } from './service-containers.ts';
import { type Reserved, sumReserved } from './sum-reserved.ts';

export type FactListener = (changes: readonly FactChange[]) => void;

/** What was observed, folded once. Whoever needs to know of it listens, and asks here instead of keeping it. */
export interface Facts {
  /** Takes one observation in, and gives what it changed to each listener in turn. */
  apply(observation: Observation): void;
  /** Calls `listener` for every observation, with nothing where it changed nothing: that it is still so is news too. */
  subscribe(listener: FactListener): void;
  /** Ended tasks that an earlier process saw, oldest first: what Docker forgot of them is known again. */
  restore(tasks: readonly { task: Task; container: Container | null }[]): void;
  swarm(): SwarmInfo | null;
  /** The last one told: without a leader a manager tells none. */
  swarmId(): string | null;
  managers(): Source[];
  engines(): Iterable<Source>;
  /** The source that reads a node's engine; `null`: none leads there. */
  engineOf(nodeId: string): Source | null;
  nodes(): Iterable<SwarmNode>;
  nodeOf(nodeId: string): SwarmNode | null;
  /** Those of the swarm; `null`: no manager has listed them. */
  networks(): ReadonlyMap<string, DockerNetwork> | null;
  /** Why they cannot be listed now; `null`: they can. */
  networksUnread(): NetworksUnread | null;
  services(): Iterable<Service>;
  serviceOf(serviceId: string): Service | null;
  /** Which services have tasks on a node. */
  servicesOn(nodeId: string): Iterable<string>;
  /** Those that a manager lists. */
  tasksOf(serviceId: string): Task[];
  /** Of those that it lists no longer, the last ones; it may list one again. */
  pastTasksOf(serviceId: string): readonly Task[];
  /** The task's own container as its engine has it now. */
  containerOf(task: TaskPlace): Container | null;
  /** What its running container's use says. */
  usageSignsOf(task: Pick<TaskPlace, 'id' | 'nodeId'>): UsageSigns;
  /** The task's own container as it was last seen, also after it is gone. */
  lastSeenContainerOf(task: TaskPlace): Container | null;
  /** Every container that says it is of the service, as engines have them now, be its task listed or not. */
  containersOf(serviceId: string): Container[];
  /** A node with room for one more task of the service, by what all tasks reserve; `null`: none, or it does not show. */
  roomFor(service: Service): SwarmNode | null;
  /** Did the engine of this node run a probe of another container than this one that ended after this moment, our clock? */
  hasProbedSince(nodeId: string, sinceMs: number, containerId: string): boolean;
  /** What the tasks on a node reserve of it, by our own sum: `null` where a task's service is not known. Goes through its services. */
  reservedOn(nodeId: string): Reserved | null;
  /** Every probe of a task that was seen, oldest first; bounded. */
  probesOf(task: TaskPlace): Probe[];
  /** How its last probes ended, over more of them than are kept. */
  tallyOf(task: TaskPlace): ProbeTally;
  /** What is known of the ports of a service, on each node where they are asked; of Swarm's own for `null`. */
  portsOf(serviceId: string | null): readonly PortCheck[];
  /** What the ports of a node say of it; `null`: none is asked. */
  portsOn(nodeId: string): NodePorts | null;
  portReach(): PortReach;
  /** Has a complete list of tasks been seen? Before it, a service without tasks means nothing. */
  areTasksListed(): boolean;
  areServicesListed(): boolean;
  /** Is every node that is up read live? Then no task's end can go unseen between the manager's lists. */
  isCovered(): boolean;
}

/** @param nowMs our clock; without one no time is held against it */
export function createFacts(nowMs: () => number = () => Number.POSITIVE_INFINITY): Facts {
  const store = createFactStore(nowMs);
  const listeners: FactListener[] = [];
  /** What a listener brings about is folded after all have had what it follows from. */
  const waiting: (() => FactChange[])[] = [];
  let isPublishing = false;

  function take(fold: () => FactChange[]): void {
    waiting.push(fold);
    if (isPublishing) return;
    isPublishing = true;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const changes = next();
        for (const listener of listeners) listener(changes);
      }
    } finally {
      isPublishing = false;
    }
  }

  return {
    apply: (observation) => take(() => foldObservation(store, observation)),
    subscribe: (listener) => listeners.push(listener),
    restore(tasks) {
      if (tasks.length > 0) take(() => foldPast(store, tasks));
    },
    swarm: () => store.swarm,
    swarmId: () => store.swarmId,
    managers: () => store.managers,
    engines: () => store.engines.values(),
    engineOf: (nodeId) => findEngine(store, nodeId),
    nodes: () => store.nodes.values(),
    nodeOf: (nodeId) => store.nodes.get(nodeId) ?? null,
    networks: () => store.networks,
    networksUnread: () => store.networksUnread,
    services: () => store.services.values(),
    serviceOf: (serviceId) => store.services.get(serviceId) ?? null,
    servicesOn(nodeId) {
      store.servicesByNode ??= indexByNode(store);
      return store.servicesByNode.get(nodeId) ?? [];
    },
    tasksOf: (serviceId) => [...(store.tasksByService.get(serviceId)?.values() ?? [])],
    pastTasksOf: (serviceId) => store.memory.pastTasks(serviceId),
    containerOf: (task) => findContainer(store, task),
    usageSignsOf: ({ id, nodeId }) => store.usageSigns.get(toPlaceKey(nodeId, id)) ?? NO_USAGE_SIGNS,
    lastSeenContainerOf: (task) => findLastSeen(store, task),
    containersOf: (serviceId) => listServiceContainers(store, serviceId),
    roomFor: (service) => findRoom(store, service),
    hasProbedSince: (nodeId, sinceMs, containerId) => hasProbedSince(store, nodeId, sinceMs, containerId),
    reservedOn: (nodeId) => {
      store.servicesByNode ??= indexByNode(store);
      return sumReserved(store, nodeId, store.servicesByNode.get(nodeId) ?? []);
    },
    probesOf: ({ id, nodeId }) => store.memory.ofTask(id, nodeId)?.probes ?? [],
    tallyOf: ({ id, nodeId }) => store.memory.ofTask(id, nodeId)?.tally ?? NO_TALLY,
    portsOf: (serviceId) => [...(store.ports.byService.get(serviceId ?? '')?.values() ?? [])],
    portsOn: (nodeId) => store.ports.nodes.get(nodeId) ?? null,
    portReach: () => store.ports.reach,
    areTasksListed: () => store.tasksListed,
    areServicesListed: () => store.servicesListed,
    isCovered() {
      for (const { id, status } of store.nodes.values())
        if (status !== 'down' && findEngine(store, id)?.state !== 'live') return false;
      return store.nodes.size > 0;
    },
  };
}

function foldPast(
  { memory, services, tasksListed }: FactStore,
  tasks: readonly { task: Task; container: Container | null }[],
): FactChange[] {
  const serviceIds = new Set<string>();
  for (const { task, container } of tasks) {
    if (tasksListed && !services.has(task.serviceId)) continue;
    memory.restore(task, container);
    serviceIds.add(task.serviceId);
  }
  return [...serviceIds].map((serviceId) => ({ kind: 'past', serviceId }));
}

function indexByNode({ tasksByService }: FactStore): Map<string, Set<string>> {
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
