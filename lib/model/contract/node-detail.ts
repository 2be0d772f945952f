import type { NodePlugins } from '#lib/model/docker/node.ts';
import type { PlainContainer } from '#lib/model/docker/plain-container.ts';
import type { NodePicture, Replica } from './picture.ts';
import type { Quorum } from './quorum.ts';
import type { ReplicaStatus } from './replica-status.ts';

/** A replica whose newest task is on the node. */
export interface NodeReplica {
  serviceId: string;
  serviceName: string;
  replica: Replica;
}

/** What a service is left with when the node goes. */
export interface ServiceLoss {
  serviceId: string;
  serviceName: string;
  /** Replicas up on this node: what goes with it. */
  here: number;
  /** Replicas up elsewhere: what stays until Swarm has started others. */
  kept: number;
  /** How many are wanted; for a global service those it has places for, without this one. */
  desired: number;
  /** A place on every node: nothing moves, and nothing is missing elsewhere. */
  global: boolean;
}

/** What tasks on a node reserve of it together; Swarm places by this, not by what is used. */
export interface NodeReserved {
  cpuNano: number;
  memoryBytes: number;
  /** `NVIDIA-GPU=2`. */
  generic: string[];
  /** How many tasks reserve anything. */
  tasks: number;
}

/** What a node is, as its managers know it. */
export interface NodeDescription {
  platform: { os: string | null; architecture: string | null };
  resources: { cpuNano: number | null; memoryBytes: number | null; generic: string[] };
  /** `null`: not known. */
  reserved: NodeReserved | null;
  /** With values, without secrets: constraints name them. */
  labels: Record<string, string>;
  /** Of its engine; names alone. */
  engineLabels: string[];
  /** Names by type (`Volume`, `Network`, `Log`, …); `null`: its engine tells of none. */
  plugins: NodePlugins | null;
  joinedAtMs: number | null;
  /** Where a manager's peers reach it (Raft); `null` on workers. */
  raftAddress: string | null;
}

/** What runs on a node besides Swarm's: in no service's counts, and nobody's problem but its owner's. */
export interface PlainContainers {
  /** `off`: not asked for; `unread`: its engine, or an agent there, does not tell; `read`. */
  plainState: 'off' | 'unread' | 'read';
  /** Why they are not read, in a sentence. */
  plainError: string | null;
  /** Those that are not well first. */
  containers: PlainContainer[];
  /** How many more there are. */
  moreContainers: number;
}

/** One node as pages follow it: what is on it, and what goes with it. */
export interface NodeSituation extends NodePicture {
  /** Problems first. */
  replicas: NodeReplica[];
  /** Services that have something up here, those with least left first. Without jobs: they run again. */
  losses: ServiceLoss[];
  quorum: Quorum;
  atMs: number;
}

/** `GET /api/nodes/{name}`: one node, what it is, what is on it, and what goes with it. */
export interface NodeDetail extends NodeSituation, NodeDescription, PlainContainers {}

export interface NodeSummary extends NodePicture {
  /** How many replicas are on it, by status; those with none are left out. */
  replicas: Partial<Record<ReplicaStatus, number>>;
}

/** `GET /api/nodes`. */
export interface NodesPage {
  quorum: Quorum;
  /** Ordered by hostname, then id. */
  nodes: NodeSummary[];
  atMs: number;
}
