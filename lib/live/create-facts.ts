import type { Container } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import type { Task } from '#lib/model/docker/task.ts';

/**
 * What the watchers saw, indexed for the questions that deciding asks. Mutable, owned by the live picture alone:
 * at 10,000 replicas a copy for every event would cost more than the event.
 */
export interface Facts {
  swarm: SwarmInfo | null;
  managers: Source[];
  nodes: Map<string, SwarmNode>;
  services: Map<string, Service>;
  tasksByService: Map<string, Map<string, Task>>;
  /**
   * By {@link toPlaceKey} of node and task: an engine tells of its own node alone. What it says of a task that the
   * manager has on another node is kept apart, and never asked for.
   */
  containersByTask: Map<string, Container>;
  /** By {@link toPlaceKey} of node and container: the task, to find what an event or a gone container meant. */
  taskByContainer: Map<string, string>;
  /** Tasks whose containers were seen on a node, so that one engine's list is not held against all. */
  containerTasksByNode: Map<string, Set<string>>;
  /** Engine sources by endpoint. */
  engines: Map<string, Source>;
  /** The source that counts for a node: of two that lead there, the one that reads it. `null` when it has to be made anew. */
  engineByNode: Map<string, Source> | null;
  /** Which services have tasks on a node; `null` when it has to be made anew. */
  servicesByNode: Map<string, Set<string>> | null;
  /** Has a complete list of tasks been seen? Before it, a service without tasks means nothing. */
  tasksListed: boolean;
}

/** Something on a node. Ids have no blanks. */
export const toPlaceKey = (nodeId: string | null, id: string): string => `${nodeId} ${id}`;

export function createFacts(): Facts {
  return {
    swarm: null,
    managers: [],
    nodes: new Map(),
    services: new Map(),
    tasksByService: new Map(),
    containersByTask: new Map(),
    taskByContainer: new Map(),
    containerTasksByNode: new Map(),
    engines: new Map(),
    engineByNode: null,
    servicesByNode: null,
    tasksListed: false,
  };
}
