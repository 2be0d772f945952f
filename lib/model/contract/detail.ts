import type { ContainerState } from '#lib/model/docker/container.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { PublishedPort, RestartPolicy, UpdatePolicy } from '#lib/model/docker/service.ts';
import type { SpecChange } from '#lib/model/docker/spec-change.ts';
import type { SpecNames } from '#lib/model/docker/spec-names.ts';
import type { TaskState } from '#lib/model/docker/task.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { ServiceNetwork } from './network.ts';
import type { Replica, ServiceHead, ServicePicture } from './picture.ts';
import type { Rollout } from './rollout.ts';
import type { PortReach, RotationSource, ServiceTraffic } from './traffic.ts';

/** The container of a task, with no more than a page needs. */
export interface ContainerDetail {
  id: string;
  state: ContainerState;
  startedAtMs: number | null;
  finishedAtMs: number | null;
  exitCode: number | null;
  oomKilled: boolean;
  error: string | null;
  failingStreak: number | null;
  healthCheck: HealthCheck | null;
  /** Our clock, when its engine last reported it. */
  readAtMs: number;
}

export interface TaskAddress {
  /** `null`: not reported. */
  networkId: string | null;
  address: string;
}

/** One task of a slot, with what is remembered of its container: also after Docker forgot both. */
export interface TaskDetail {
  id: string;
  nodeId: string | null;
  hostname: string | null;
  state: TaskState | 'unknown';
  desiredState: TaskState | 'unknown';
  stateAtMs: number | null;
  message: string;
  error: string | null;
  exitCode: number | null;
  image: string;
  createdAtMs: number | null;
  container: ContainerDetail | null;
  /** Why it ended badly; `null` when it did not. */
  end: Diagnosis | null;
  /** Probes of this task that we saw, oldest first (more than Docker keeps; bounded). */
  probes: Probe[];
  /** What it has in the swarm's networks; none once it ended. */
  addresses: TaskAddress[];
  /** Docker no longer lists this task. */
  forgotten: boolean;
}

/** One moment in a task's life, for the timeline; oldest first. */
export interface LifeMoment {
  atMs: number;
  kind:
    | 'created'
    | 'assigned'
    | 'started'
    | 'healthy'
    | 'failing'
    | 'unhealthy'
    | 'stopping'
    | 'exited'
    | 'ended';
  text: string;
}

/** Of each of its tasks; `null` where the service sets none. */
export interface ServiceResources {
  /** What it may use. */
  limits: { cpuNano: number | null; memoryBytes: number | null; pids: number | null };
  /** What a node must have free for it. `generic`: GPUs and the like, as Docker writes them (`NVIDIA-GPU=1`). */
  reservations: { cpuNano: number | null; memoryBytes: number | null; generic: string[] };
}

/** `GET /api/services/{name}`: the service, and every slot's tasks, newest first. */
export interface ServiceDetail extends ServicePicture {
  stopGraceMs: number;
  restart: RestartPolicy;
  updatePolicy: UpdatePolicy;
  constraints: string[];
  /** How its tasks are spread, in Docker's words: `spread over node.labels.rack`. */
  preferences: string[];
  /** Replicas on one node, at most; `null`: as many as fit. */
  maxPerNode: number | null;
  /** What its image runs on, where its client looked that up: `linux/amd64`. */
  platforms: string[];
  imageDigest: string | null;
  /** When the image was changed to the present one; `null`: not with the last change, or it is not known. */
  imageChangedAtMs: number | null;
  /** By number. */
  ports: readonly PublishedPort[];
  resources: ServiceResources;
  /** `vip`: one address in each network for all of its tasks; `dnsrr`: its name leads to theirs. */
  endpointMode: 'vip' | 'dnsrr';
  /** The routing mesh's own comes last. */
  networks: ServiceNetwork[];
  /** Of what belongs to its spec, the names; never the value of a variable or a label. */
  names: SpecNames;
  /** Every slot's tasks, newest first; `moreTasks`: how many older ones are left out. */
  slots: { key: string; tasks: TaskDetail[]; moreTasks: number }[];
  /** How many slots are left out: each has an answer of its own. Those with a problem come before others where there are too many. */
  moreSlots: number;
  /** What its published ports answer; `null`: they are not asked (`VITALS_CHECKS`). */
  traffic: ServiceTraffic | null;
  /** The last update, replica by replica; `null`: it was never updated. */
  rollout: Rollout | null;
  /** What the present spec has changed of the one before; without values that may be secret. */
  changes: SpecChange[];
  /** When the spec was changed to the present one; `null`: it never was, or it is not known. */
  changedAtMs: number | null;
  /** When a task of the present spec first ended badly, as far as its task is remembered. */
  firstFailureAtMs: number | null;
  atMs: number;
}

/** The service as it stands in the picture. */
export function toServicePicture(detail: ServiceDetail): ServicePicture {
  const {
    stopGraceMs: _stopGraceMs,
    restart: _restart,
    updatePolicy: _updatePolicy,
    constraints: _constraints,
    imageDigest: _imageDigest,
    preferences: _preferences,
    maxPerNode: _maxPerNode,
    platforms: _platforms,
    imageChangedAtMs: _imageChangedAtMs,
    ports: _ports,
    resources: _resources,
    endpointMode: _endpointMode,
    networks: _networks,
    names: _names,
    slots: _slots,
    traffic: _traffic,
    rollout: _rollout,
    changes: _changes,
    changedAtMs: _changedAtMs,
    firstFailureAtMs: _firstFailureAtMs,
    atMs: _atMs,
    ...picture
  } = detail;
  return picture;
}

/** `GET /api/services/{name}/{key}`: one replica with its probes, its life and its slot's earlier tasks. */
export interface ReplicaDetail {
  service: ServiceHead;
  replica: Replica;
  /** Whether `replica.inRotation` was seen, or follows from Docker's rule. */
  rotation: RotationSource;
  /** Of its service's ports the one that answers through the fewest nodes; `null`: of none is it known. */
  through: PortReach | null;
  healthCheck: HealthCheck | null;
  stopGraceMs: number;
  /** Of the newest task, oldest first. */
  probes: Probe[];
  /** When the next probe should start; `null` when it is not known. */
  nextProbeAtMs: number | null;
  life: LifeMoment[];
  task: TaskDetail | null;
  /** Newest first, without the newest one. */
  earlierTasks: TaskDetail[];
  /** How many older ones are left out. */
  moreEarlierTasks: number;
  atMs: number;
}
