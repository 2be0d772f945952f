import type { FullNetwork } from '#lib/model/contract/finding-facts.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { ProbeLine } from '#lib/model/docker/probe-line.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { UsageSigns } from '#lib/model/docker/usage-signs.ts';
import type { ProbeTally } from './probe-tally.ts';

/** All that the rules may know of one replica. */
export interface ReplicaFacts {
  service: Service;
  /** The slot's newest task, as `selectSlots` chose it. */
  task: Task | null;
  /** The slot's other tasks, newest first. */
  earlier: Task[];
  /** Tasks of the slot that the manager lists no longer and we remember, in any order. */
  forgotten: Task[];
  /** The newest task's container. */
  container: Container | null;
  /** How the task's last probes ended. */
  tally: ProbeTally;
  /** From where failing probes are a problem, where the service does not say so itself. */
  probeLine: ProbeLine;
  /** Was it flapping when it was last decided? */
  wasFlapping: boolean;
  /** The last probes of half of the service's replicas or more failed, of two at least. */
  manyFail: boolean;
  /** Does another replica of its service run, and are they none of a batch? */
  sisterRuns: boolean;
  /** What the container's use says. */
  usageSigns: UsageSigns;
  /** What is remembered of the container of a task that ended. */
  lastContainerOf: (task: Task) => Container | null;
  /** The newest task's node; `null` when it has none or the manager does not list it. */
  node: SwarmNode | null;
  /** Any node by its id, as the manager lists it. */
  nodeOf: (nodeId: string) => SwarmNode | null;
  /** The source that reads that node's engine; `null` when there is none. */
  engine: Source | null;
  /** The source that reads any node's engine; `null` when none does. */
  engineOf: (nodeId: string) => Source | null;
  /** Did the engine of this node run a probe of another container than this one that ended after this moment, our clock? */
  hasProbedSince: (nodeId: string, sinceMs: number, containerId: string) => boolean;
  /** Since when its engine does not say what this container uses, though it answers all else; `null`: it does. */
  silentSince: (container: Container) => number | null;
  /** Was it missing when it was last decided: lost, or on its way up again after it was? `null`: it was not there. */
  wasMissing: boolean | null;
  /** The node that is down and took the replica along, while it waits for another one; else `null`. */
  lostWith: SwarmNode | null;
  /** Our clock, since when its running task has no container on an engine that is read; now, if it was not seen before. */
  missingSinceMs: number;
  /** Our clock, since when its task's container is up by what was decided last; `null`: it was not. */
  seenUpSinceMs: number | null;
  /** The first of its service's networks with no address left; `null`: none is known to be so. */
  fullNetwork: FullNetwork | null;
  /** A node that meets its service's constraints and has room by our own sum of what is reserved; `null`: none. */
  roomOn: () => SwarmNode | null;
  /** A node that meets its service's constraints, and takes no tasks, where none that takes some does; `null`: none. */
  offNode: () => SwarmNode | null;
  /** Our clock, since when no manager is read; `null`: one is. What Swarm made of anything since is not known. */
  unreadSinceMs: number | null;
  /** The longest that a start of the service took until it was healthy, of those we saw; `null` when we saw none. */
  slowestStartMs: number | null;
  nowMs: number;
}
