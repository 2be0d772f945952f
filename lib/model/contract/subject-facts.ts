import type { CheckSlowness } from '#lib/model/docker/health-check.ts';
import type { PortAnswer, WrongAnswer } from '#lib/model/docker/port-check.ts';
import type { CheckFlaw } from '#lib/model/docker/probe-clue.ts';
import type { RestartPolicy } from '#lib/model/docker/service.ts';
import type { SwarmError } from '#lib/model/docker/swarm-info.ts';
import type { NodeReason, SchedulingWants } from '#lib/model/docker/task-error.ts';
import type { FullNetwork, NoFacts } from './finding-facts.ts';
import type { NodeRootFacts } from './root-facts.ts';
import type { QuorumStatement, UpdateStatement } from './statement.ts';

/** What each cause of a node knows of its case (see `FindingFacts`). */
export interface NodeFindingFacts extends NodeRootFacts {
  /** `drained`: before it went down; `left`: its engine says that it is in no swarm any more. */
  'node-down': { host: string; node: string; message: string | null; drained: boolean; left: boolean };
  /** `away`: its agent told its manager that it goes, and looks for another one. */
  'node-unknown': { host: string; away: boolean; message: string | null; ageMs: number | null };
  'manager-unreachable': { host: string };
  'engine-unread': { host: string };
  /** `advice`: how to read its engine, in the words of whoever looked for a way. */
  'engine-unconfigured': { advice: string | null };
  /** `copies`: of its containers that Swarm has replaced. */
  'node-cut-off': { host: string; message: string | null; copies: number };
  'node-left': { node: string; message: string | null; ageMs: number };
  /** `seen`: what of them hangs. */
  'runtime-stuck': { host: string; containers: ContainersOnNode; seen: 'inspect' | 'probes' | 'usage' };
  'containers-forgotten': { host: string; containers: ContainersOnNode };
  /** `aheadMs`: of ours, in whole minutes, hours or days; negative: behind. */
  'clock-off': { host: string; aheadMs: number };
  'promotion-stuck': { host: string; ageMs: number; down: boolean };
  'demotion-stuck': { host: string; ageMs: number; down: boolean };
  /** `ports`: a few of the `count` that are dead here and answer elsewhere; `answering`: others answer here. */
  'node-mesh': { host: string; ports: number[]; count: number; answering: number };
  /** Of those that Swarm needs. */
  'node-swarm-ports': { host: string; ports: number[]; failure: PortFailure };
  /** None of `ports` is reached from this server. */
  'node-unreached': { host: string; ports: number };
  /** What its manager says of it, with Docker's words: `availability hibernate`. */
  'node-not-understood': { words: readonly string[] };
  /** Its managers list it as another node now and then. */
  'name-flips': { node: string; listedAs: string };
}

/** Containers on one node that have the same problem. */
export interface ContainersOnNode {
  count: number;
  /** The beginnings of the ids of a few of them. */
  ids: string[];
  /** Their services, each once; `null`: one that was removed. */
  services: (string | null)[];
}

/** What each cause of a service knows of its case (see `FindingFacts`). */
export interface ServiceFindingFacts {
  'update-paused': UpdateCase;
  'rollback-paused': UpdateCase;
  'update-rolled-back': UpdateCase;
  /** `held`: its new task waits for what the task before it may have, and that is to stop after it. */
  'update-stuck': UpdateCase & { held: boolean };
  'update-unclosed': UpdateCase;
  'task-lingering': Leftovers & { ageMs: number };
  'drain-ignored': Leftovers & { ageMs: number };
  'container-forgotten': Leftovers;
  'copy-running': Leftovers & { healthy: boolean };
  /**
   * `tasks` run where one is wanted, and so in `more` other places; with `surplus`, they run in all, and so many are
   * wanted, for so long.
   */
  'slot-doubled': {
    service: string;
    slot: number | null;
    hosts: string[];
    tasks: number;
    more: number;
    surplus: { wanted: number; ageMs: number } | null;
  };
  /** `count` replicas run `image`, where the service has had `wanted` for so long and no update is under way. */
  'version-old': {
    service: string;
    count: number;
    place: ReplicaPlace;
    image: string;
    wanted: string;
    ageMs: number;
  };
  /** `count` ports that its spec publishes and Swarm has not given it, of which a few are named: `7777`, or `80 in it`. */
  'ports-ungiven': { service: string; ports: string[]; count: number; ageMs: number };
  /** `job`: one that is begun, of which Swarm makes no more tasks: so many are done of so many. */
  'replicas-missing': { service: string; job: { done: number; total: number } | null };
  /**
   * `count` nodes, of which a few are named, should have a replica and have none; `job`: a task of its run, and of one that
   * is `begun` they could not take tasks before.
   */
  'node-left-out': { service: string; count: number; hosts: string[]; job: 'missed' | 'begun' | null };
  /** `ageMs`: since no manager lists its tasks. */
  'tasks-unlisted': { ageMs: number };
  /** Docker's word for its mode; `null`: it gives none. */
  'mode-unknown': { word: string | null };
  /** Docker's word for the state of its update, and what it says of it. */
  'update-unknown': { words: string };
  /** A global service that has no place; without reasons where nobody can tell. */
  'no-node-fits': { service: string; reasons: NodeReason[]; wants: SchedulingWants };
  /** Each build with the replicas that run it, the one with most first, and only a few of them. */
  'builds-differ': { service: string; image: string; builds: RunningBuild[]; count: number };
  'check-flawed': { flaw: CheckFlaw };
  'check-slow': { service: string; slowness: CheckSlowness };
  /** It has none, and what is like it has one. */
  'check-missing': { like: CheckedSibling };
  /** Its label says no target that can be read. */
  'slo-unreadable': NoFacts;
  /** `count` replicas: their last probe passed and printed an error. */
  'probe-complains': { count: number; place: ReplicaPlace };
  /** `count` replicas run on though a process of theirs was killed for memory. */
  /** So many of its replicas ended with 0 and are not started again, and so many run on. */
  'others-done': { service: string; done: number; running: number; condition: RestartPolicy['condition'] };
  'process-out-of-memory': { count: number; place: ReplicaPlace };
  'port-dead': PortCase;
  'port-cut': PortCutCase;
  'port-partly': PortCase;
  'port-wrong': PortCase;
  'port-unowned': PortCase;
  'port-untaken': PortCase;
  /** So many labels `vitals.check` of it say nothing that can be asked, of which a few are named. */
  'check-unreadable': { service: string; labels: string[]; count: number };
}

/** How a connection that got nothing ended. */
export type PortFailure = Exclude<PortAnswer, 'answers'>;

/** A published port of a service that does what it should not, on some nodes. */
export interface PortCase {
  service: string;
  port: number;
  mode: 'ingress' | 'host';
  /** A few of the `count` nodes. */
  hosts: string[];
  count: number;
  /** On so many others it answers. */
  answering: number;
  /** `null`: it answers, or fails in one way here and in another there. */
  failure: PortFailure | null;
  /** On the node where it is worst, so many of so many connections. */
  failed: number;
  asked: number;
  wrong: WrongAnswer | null;
  /**
   * What stands behind it on the node where it is worst: one replica; several, of which each round meets as many that
   * fail (`some`); or several, and whether it is one of them that fails is not plain.
   */
  behind: 'one' | 'some' | 'several';
  /** What agents see of it from other nodes; `null`: none is asked, or it is not known yet. */
  seen: PortSeen | null;
  /** So many other ports of the service do the same. */
  more: number;
}

/** A port that does not answer this server, as it is seen from other nodes. */
export type PortSeen =
  /** It answers none of so many either. */
  | { kind: 'nowhere'; nodes: number }
  /** It answers these, of which a few are named. */
  | { kind: 'elsewhere'; hosts: string[]; count: number }
  /** It answers the node that it is on, and no other that asked. */
  | { kind: 'itself' };

/** A published port that answers this server on a node, and not some other nodes. */
export interface PortCutCase {
  service: string;
  port: number;
  /** The node that it is asked on. */
  host: string;
  /** A few of the `count` nodes that get no answer there. */
  from: string[];
  count: number;
  /** So many others get one. */
  answering: number;
  /** `null`: one way here and another there. */
  failure: PortFailure | null;
  /** So many other ports and nodes are cut off in the same way. */
  more: number;
}

/** What has a health check, and is like a service that has none. */
export type CheckedSibling =
  /** Its own service sets the check, for the same image. */
  | { kind: 'image'; image: string; service: string }
  /** All the others of its stack have one. */
  | { kind: 'stack'; stack: string; services: number };

export interface ReplicaPlace {
  slot: number | null;
  host: string | null;
}

export interface RunningBuild {
  /** The first twelve digits of its id. */
  id: string;
  count: number;
  first: ReplicaPlace;
}

export interface UpdateCase {
  service: string;
  update: UpdateStatement;
}

/** Tasks or containers that should not be there any more. */
export interface Leftovers {
  service: string;
  count: number;
  /** The nodes they are on, each once; `null`: one that is gone. */
  hosts: (string | null)[];
  /** The one that is so for longest. */
  oldest: { host: string | null; container: string | null; slot: number | null };
}

export interface ShortNetwork extends FullNetwork {
  /** Its services, and a few of their names. */
  services: { count: number; names: string[] };
  more: number;
}

/** What managers list. */
export type SwarmList = 'nodes' | 'services' | 'tasks';

/** A server that is not reached from so many nodes. */
export interface ServerCase {
  server: string;
  nodes: number;
  services: { count: number; names: string[] };
  /** Other servers of the kind that are not reached from several nodes either; `count`: how many there are. */
  others: { count: number; servers: string[] };
}

/** What each cause of the swarm as a whole knows of its case (see `FindingFacts`). */
export interface SwarmFindingFacts {
  /** The server that a relay reads; `error`: why it cannot, without a full stop. */
  'source-lost': { error: string };
  /** `error`: in the words of whoever tried. */
  'managers-unreachable': { error: string | null; list: SwarmList | null };
  'swarm-error': { error: Exclude<SwarmError, 'no-quorum'> | null; words: string };
  /** As a manager says itself. */
  'no-quorum': NoFacts;
  /** By their list, of a swarm whose managers are enough. */
  'none-leads': NoFacts;
  'quorum-edge': QuorumStatement;
  'quorum-lost': QuorumStatement;
  'name-server-unreached': ServerCase;
  'log-server-unreached': ServerCase;
  'volume-server-unreached': ServerCase;
  /** Of a registry: so many nodes could pull nothing of it. */
  'registry-unpulled': ServerCase;
  /** `count` tasks have it, of which a few are named; so it is with `more` other addresses. */
  'address-doubled': {
    address: string;
    tasks: { service: string; slot: number | null; host: string | null }[];
    count: number;
    more: number;
  };
  /** The server stands where it reaches no port of any of `nodes`. */
  'nodes-unreached': { nodes: number };
  /** No address is left in this network, for which `waiting` tasks wait; so it is in `more` others. */
  'addresses-gone': ShortNetwork & { waiting: number };
  /** `ageMs`: since they were listed last; `null`: they never were. `error`: in the words of whoever tried. */
  'networks-unlisted': { error: string; ageMs: number | null };
  /** Only a few are left. */
  'addresses-few': ShortNetwork & { left: number };
  'nodes-left': { count: number; firstHost: string; ids: string[] };
  /**
   * Its root certificate is being changed, and `left` of `nodes` have none of the new one yet, of which a few are named;
   * `down`: the ids of those that do not come for it. `null`: which those are is not told.
   */
  'root-rotating': { nodes: number; left: { count: number; hosts: string[]; down: string[] } | null };
  /** So many replicas, on so many nodes, began to fail within `withinMs`. */
  'failing-together': {
    replicas: number;
    services: { count: number; names: string[] };
    nodes: number;
    withinMs: number;
  };
}
