import type { Container } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { PortCheck, PortTarget } from '#lib/model/docker/port-check.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { Task } from '#lib/model/docker/task.ts';

/**
 * What an observation changed. What is equal in content to what was known is no change; `before` is what was known until
 * now, and `null` for what is new.
 */
export type FactChange =
  | { kind: 'swarm' }
  | { kind: 'managers' }
  /** Some came, went or are others now. */
  | { kind: 'networks' }
  | { kind: 'node'; node: SwarmNode; before: SwarmNode | null }
  | { kind: 'node-gone'; node: SwarmNode }
  | { kind: 'service'; service: Service; before: Service | null }
  /** Its tasks are gone with it: each has a change of its own, before this one. */
  | { kind: 'service-gone'; service: Service }
  | { kind: 'task'; task: Task; before: Task | null }
  /** The manager lists it no longer. */
  | { kind: 'task-gone'; task: Task }
  /** All tasks were listed for the first time. */
  | { kind: 'tasks-listed' }
  /** More is known of what a service's tasks were. */
  | { kind: 'past'; serviceId: string }
  | { kind: 'engine'; source: Source; before: Source | null }
  | { kind: 'engine-gone'; source: Source }
  | ContainerChange
  /** A container came, went or was read again whose task no manager lists. */
  | { kind: 'container-unowned'; serviceId: string }
  /** What a container's use says is something else. */
  | { kind: 'usage'; serviceId: string }
  /** `isFinal`: its engine removed it. Otherwise a list is without it, and it may come back by another endpoint. */
  | { kind: 'container-gone'; container: Container; serviceId: string; isFinal: boolean }
  /** Ports were asked. `turned`: their state is another; `serviceIds`, `nodes`: of what something else is to be said. */
  | { kind: 'ports'; turned: PortCheck[]; gone: PortTarget[]; serviceIds: string[]; nodes: boolean };

/**
 * A task's own container was read, or an event told of it: each time, for its probes are seldom the same. An engine's
 * word counts from when a manager has listed the task: the change comes with the task then.
 */
export interface ContainerChange {
  kind: 'container';
  container: Container;
  /** What its task's container was until now. */
  before: Container | null;
  /** This container as it was last seen, also if it was gone meanwhile; `null`: it is seen for the first time. */
  lastSeen: Container | null;
  serviceId: string;
}
