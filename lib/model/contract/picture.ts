import type { HealthStatus } from '#lib/model/docker/container.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { NodeAvailability, NodeRole, NodeStatus } from '#lib/model/docker/node.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { ServiceMode } from '#lib/model/docker/service.ts';
import type { Source, SourceState } from '#lib/model/docker/source.ts';
import type { TaskState } from '#lib/model/docker/task.ts';
import type { Cause, Evidence } from './diagnosis.ts';
import type { Finding } from './finding.ts';
import type { Quorum } from './quorum.ts';
import type { ReplicaStatus } from './replica-status.ts';
import type { Silenced } from './silenced.ts';
import type { UpdatePicture } from './update.ts';
import type { Verdict } from './verdict.ts';

/** The version of the contract in this file. Grows when a field changes its meaning or goes away. */
export const PICTURE_VERSION = 1;

export interface ReplicaHealth {
  status: HealthStatus;
  failingStreak: number;
  retries: number;
  /** The newest probe of this run that we read; `null` when none ended yet. */
  lastProbe: Probe | null;
  /**
   * Our clock: when Docker calls it unhealthy if every probe to come fails in the time that the last one took; `null`
   * while no streak is on, and when it has been called so.
   */
  decidesAtMs: number | null;
}

/** One replica: a slot of a service, or its place on one node, with its newest task. */
export interface Replica {
  /** Slot number, or node id for global services and global jobs: unique in the service, stable over tasks. */
  key: string;
  slot: number | null;
  nodeId: string | null;
  hostname: string | null;
  status: ReplicaStatus;
  sinceMs: number;
  /** One plain sentence that says why; `null` when there is nothing to say (healthy, running). */
  sentence: string | null;
  /** Which rule gave the sentence; `null` with it. */
  cause: Cause | null;
  /** What to do next, where that is plain; `null` where it is not. */
  hint: string | null;
  /** What the sentence rests on, in Docker's or the probe's own words; `null` when there is none. */
  evidence: Evidence | null;
  /** Unhealthy for longer than Swarm takes to stop it: it was missed, or cannot be stopped (moby executor/container/controller.go). */
  stuck: boolean;
  taskId: string | null;
  containerId: string | null;
  taskState: TaskState | 'unknown' | null;
  desiredState: TaskState | 'unknown' | null;
  /** Docker's own error text of the newest task. */
  error: string | null;
  image: string | null;
  /** Container start, our clock; `null` when it is not up or not known. */
  startedAtMs: number | null;
  health: ReplicaHealth | null;
  /** The node id of a node that is down and took it along, while it waits for another node; else `null`. */
  lostWith: string | null;
  /** On its way up again after a bad end, or up and not yet proved after a crash loop: not recovered. */
  recovering: boolean;
  /** Tasks of this slot that ended badly in the last hour, as far as we or Docker remember. */
  restarts1h: number;
  /** Inferred by Docker's rule (see `isInRotation`): `null` when it is not known. */
  inRotation: boolean | null;
  /** What is wrong with it or worth knowing; sentence, cause, hint and evidence are the first one's. */
  findings: readonly Finding[];
}

export interface ServiceHead {
  id: string;
  name: string;
  stack: string | null;
  mode: ServiceMode;
  image: string;
  /** Replicas wanted, by our own count; completions for jobs. */
  desired: number;
  /** Replicas that are up (healthy, failing or running without a check). For jobs: `completed` says how many of them are completed tasks. */
  running: number;
  /** Replicas whose check passes, or that have none and run. */
  healthy: number;
  /** Finished tasks of a job's current iteration; `null` when not a job. */
  completed: number | null;
  verdict: Verdict;
  sinceMs: number;
  sentence: string;
  /** What to do next, where that is plain: for the service, or for its replica that is worst off. */
  hint: string | null;
  update: UpdatePicture | null;
  /** The effective check of the newest replica we could read; `null` when there is none or none could be read. */
  healthCheck: HealthCheck | null;
  /** The longest that a start took until its first healthy probe, of those we saw; `null` when we saw none. */
  slowestStartMs: number | null;
  updatedAtMs: number | null;
  /** What is wrong with the service beyond its replicas, or worth knowing of it. */
  findings: readonly Finding[];
  /** Somebody does not want to be notified of what is wrong with it; not there, or `null`: nobody said so. */
  silenced?: Silenced | null | undefined;
}

export interface ServicePicture extends ServiceHead {
  /** Ordered by slot, or by hostname then id for global services. */
  replicas: Replica[];
}

export interface NodePicture {
  id: string;
  hostname: string;
  role: NodeRole;
  leader: boolean;
  reachability: 'reachable' | 'unreachable' | 'unknown' | null;
  status: NodeStatus;
  statusMessage: string | null;
  availability: NodeAvailability;
  address: string | null;
  engineVersion: string | null;
  engine: {
    state: SourceState;
    sinceMs: number;
    error: string | null;
    endpoint: string | null;
    apiVersion: string | null;
    skewMs: number;
    lastReadMs: number | null;
  };
  /** What is wrong with the node, or worth knowing of it. */
  findings: readonly Finding[];
  /** As a service's. */
  silenced?: Silenced | null | undefined;
}

/** Everything about the swarm that is not a node or a service. */
export interface SwarmHead {
  version: typeof PICTURE_VERSION;
  demo: boolean;
  name: string;
  verdict: Verdict;
  sentence: string;
  /** How many things need attention: lost nodes with all that they took along, and services that have more to say. */
  problems: number;
  /** How far the managers are from losing the swarm. */
  quorum: Quorum;
  /** Has any manager answered since start? Until then there is no swarm to speak of. */
  ready: boolean;
  /** Managers first. Without the volatile times: they would change all the time. */
  sources: SourcePicture[];
  /** What is wrong with the swarm as a whole, or worth knowing of it. */
  findings: readonly Finding[];
}

export type SourcePicture = Omit<Source, 'lastReadMs' | 'left'>;

/** The whole picture: what `GET /api/swarm` answers and the stream keeps up to date. */
export interface SwarmPicture extends SwarmHead {
  /** Grows with every change, for the life of one server process. */
  revision: number;
  /** Our clock when the picture was last confirmed to be true. */
  atMs: number;
  /** Ordered by hostname, then id. */
  nodes: NodePicture[];
  /** Ordered by stack, then name. */
  services: ServicePicture[];
}
