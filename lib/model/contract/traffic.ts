import type {
  CheckAsk,
  PortAnswer,
  PortState,
  ViewAnswer,
  WrongAnswer,
} from '#lib/model/docker/port-check.ts';
import type { PublishedPort } from '#lib/model/docker/service.ts';

/** Why a port is asked nowhere: nothing answers a connection (UDP, SCTP), a label says so, a job, no number yet. */
export const UNCHECKED = ['protocol', 'off', 'job', 'unpublished'] as const;

/**
 * Why it is not asked on one node. `no-address`: the managers list none that a check may connect to; `too-many`: of so many
 * ports the last ones are not asked.
 */
export const NOT_ASKED = [
  'node-down',
  'no-replica',
  'no-address',
  'windows',
  'unreached',
  'too-many',
] as const;

/** Whether something takes traffic was seen by connecting to its ports, or follows from Docker's own rule. */
export const ROTATION_SOURCES = ['checked', 'inferred'] as const;

export type RotationSource = (typeof ROTATION_SOURCES)[number];

/** What the published ports of a service answer to this server. */
export interface ServiceTraffic {
  /** Of all its replicas that take traffic. */
  rotation: RotationSource;
  ports: TrafficPort[];
  /** So many nodes are left out of each port: those where something is wrong are not. */
  moreNodes: number;
}

export interface TrafficPort extends PublishedPort {
  /** `null`: it is not asked. */
  ask: CheckAsk | null;
  unchecked: (typeof UNCHECKED)[number] | null;
  /** `null`: it is not known of any node, or it is not asked. */
  through: PortReach | null;
  /** In the order of the nodes' names; empty where it is not asked. */
  nodes: PortOnNode[];
}

/** Through how many nodes a port answers each connection, of so many where it should and is asked: also those left out. */
export interface PortReach {
  answering: number;
  of: number;
}

export interface PortOnNode {
  nodeId: string;
  hostname: string;
  /** As the managers list it, where it is asked; `null`: it is not, or they list none. */
  address: string | null;
  notAsked: (typeof NOT_ASKED)[number] | null;
  /** By all rounds; `null`: not known yet. What one round alone shows is in `answered` of `asked`. */
  state: PortState | null;
  /** Our clock, when that began; `null` with it. */
  sinceMs: number | null;
  /** Are there replicas that take its traffic? `null`: it is just changing. */
  expects: 'answer' | 'nothing' | null;
  /** Of the last round; 0: there was none yet. */
  answered: number;
  asked: number;
  failure: Exclude<PortAnswer, 'answers'> | null;
  ms: number | null;
  /** Of an HTTP answer. */
  status: number | null;
  wrong: WrongAnswer | null;
  /** Our clock, when the last round began; `null`: there was none. */
  atMs: number | null;
  /** As agents see it from their nodes: those where it does not answer first, a few of them. */
  views: PortFromNode[];
  /** So many that are known, and so many of them where it answers. */
  seenFrom: { nodes: number; answering: number };
}

/** One port on one node, as an agent sees it from another, or from the same. */
export interface PortFromNode {
  nodeId: string;
  hostname: string;
  /** By two looks, where it does not answer. `unlisted`: the engine there lists no such port, so nothing was asked. */
  state: ViewAnswer;
  /** Our clock. */
  sinceMs: number;
  ms: number | null;
  /** Our clock, when it was asked last. */
  atMs: number;
}
