import type { Container } from '#lib/model/docker/container.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { UsageSigns } from '#lib/model/docker/usage-signs.ts';
import { createMemory, type Memory } from './create-memory.ts';
import { createSettledTimes, type SettledTimes } from './create-settled-times.ts';
import { createPortStore, type PortStore } from './fold-ports.ts';
import type { HeldName } from './hold-names.ts';
import { findSilentEngines } from './silent-engines.ts';

export interface NetworksUnread {
  error: string;
  /** Our clock; `null`: never. */
  listedAtMs: number | null;
}

/**
 * What was observed, indexed for the questions that are asked of it. Mutable, and changed by `foldObservation` alone: at
 * 10,000 replicas a copy for every event would cost more than the event.
 */
export interface FactStore {
  swarm: SwarmInfo | null;
  /** The last one told: without a leader a manager tells none. */
  swarmId: string | null;
  managers: Source[];
  nodes: Map<string, SwarmNode>;
  /** Those that were listed with another one's name. */
  heldNames: Map<string, HeldName>;
  /** The swarm's, by id; `null`: no manager has listed them. */
  networks: Map<string, DockerNetwork> | null;
  /** Why they cannot be listed now, and when they were last; `null`: they can. */
  networksUnread: NetworksUnread | null;
  services: Map<string, Service>;
  /** Has a complete list of services been seen? */
  servicesListed: boolean;
  /** Every task that the manager lists, by id. */
  tasks: Map<string, Task>;
  tasksByService: Map<string, Map<string, Task>>;
  /** Has a complete list of tasks been seen? Before it, a service without tasks means nothing. */
  tasksListed: boolean;
  /** Tasks that the manager lists no longer, whose container still runs. */
  leaving: Map<string, Task>;
  /** By `toPlaceKey` of node and task: an engine tells of its own node alone. */
  containersByTask: Map<string, Container>;
  /** By `toPlaceKey` of node and task: what its container's use says, where that is anything. */
  usageSigns: Map<string, UsageSigns>;
  /** By `toPlaceKey` of node and container: the task, to find what a gone container meant. */
  taskByContainer: Map<string, string>;
  /** Tasks whose containers were seen on a node, so that one engine's list is not held against all. */
  containerTasksByNode: Map<string, Set<string>>;
  /** By service, where its containers are: keys of `containersByTask`. May name some that are gone. */
  placesByService: Map<string, Set<string>>;
  /** Engine sources by endpoint. */
  engines: Map<string, Source>;
  /** The source that counts for a node: of two that lead there, the one that reads it. `null` when it has to be made anew. */
  engineByNode: Map<string, Source> | null;
  /** Which services have tasks on a node; `null` when it has to be made anew. */
  servicesByNode: Map<string, Set<string>> | null;
  /** What was seen of ports, where they are asked. */
  ports: PortStore;
  memory: Memory;
  times: SettledTimes;
}

/** @param nowMs our clock */
export function createFactStore(nowMs: () => number): FactStore {
  return {
    swarm: null,
    swarmId: null,
    managers: [],
    nodes: new Map(),
    heldNames: new Map(),
    networks: null,
    networksUnread: null,
    services: new Map(),
    servicesListed: false,
    tasks: new Map(),
    tasksByService: new Map(),
    tasksListed: false,
    leaving: new Map(),
    containersByTask: new Map(),
    usageSigns: new Map(),
    taskByContainer: new Map(),
    containerTasksByNode: new Map(),
    placesByService: new Map(),
    engines: new Map(),
    engineByNode: null,
    servicesByNode: null,
    ports: createPortStore(),
    memory: createMemory(),
    times: createSettledTimes(nowMs),
  };
}

/** The source that reads a node's engine, or must be it; `null` when none leads there. When two do, the one that reads it counts. */
export function findEngine(store: FactStore, nodeId: string): Source | null {
  store.engineByNode ??= indexEngines(store);
  return store.engineByNode.get(nodeId) ?? null;
}

function indexEngines({ engines, nodes }: FactStore): Map<string, Source> {
  const index = new Map<string, Source>();
  for (const source of engines.values()) {
    if (source.nodeId === null) continue;
    const known = index.get(source.nodeId);
    if (!known || (known.state !== 'live' && source.state === 'live')) index.set(source.nodeId, source);
  }
  const blind = [...nodes.values()].filter(({ id }) => !index.has(id));
  const silent = findSilentEngines(engines.values(), [...nodes.values()], blind);
  for (const [id, source] of silent) index.set(id, source);
  return index;
}
