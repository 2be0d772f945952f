import type { EngineRelease } from '#lib/demo/api/engine-releases.ts';
import type { Timeline } from '#lib/demo/life/create-timeline.ts';
import type { Random } from './create-random.ts';
import type { ServicePlan } from './service-plan.ts';

/** The whole demo swarm, as it is now. Changed in place by the `run-*` files, read by the `to-*` files. */
export interface World {
  readonly random: Random;
  readonly timeline: Timeline;
  readonly swarmId: string;
  readonly networks: readonly SimNetwork[];
  readonly createdAtMs: number;
  readonly nodes: SimNode[];
  readonly services: SimService[];
  readonly tasks: Map<string, SimTask>;
  /** Raft's index: every change of an object gives it the next one. */
  version: number;
  readonly raft: SimRaft;
  execs: number;
  /** Each container draws for its own probes, so that those that nobody looks at can be passed over; else all draw in turn. */
  readonly ownDraws: boolean;
  /** Nobody looks: probes of what is well are passed over until somebody does (`skim-probes.ts`). */
  skims: boolean;
  /** A node's engine went away or came back: whoever serves it must follow. */
  onPower: (node: SimNode) => void;
  /** What Swarm Vitals' agent on a node would see of an address and a port there; `null`: it connects to none. */
  seePort: ((from: SimNode, address: string, port: number) => string) | null;
  /** What Swarm's agent does about its containers. */
  agent: {
    onHealth(container: SimContainer): void;
    onExit(container: SimContainer): void;
  };
}

/** Whether the managers can agree on anything (`agree.ts`). */
export interface SimRaft {
  /**
   * - `agreeing` more than half of them are there
   * - `unnoticed` the leader lost the others and does not know it yet: it answers, and decides nothing any more
   * - `waiting` there is no leader, and whoever asks waits until the request times out
   * - `leaderless` there is none, and that is said at once
   */
  state: 'agreeing' | 'unnoticed' | 'waiting' | 'leaderless';
  /** Counts the changes of it, so that what was planned in one does not happen in the next. */
  term: number;
  /** What is done once they can agree again, in that order. */
  waiting: (() => void)[];
}

/** An overlay network, with the addresses that tasks and services have of it. */
export interface SimNetwork {
  readonly id: string;
  readonly name: string;
  readonly stack: string | null;
  readonly ingress: boolean;
  readonly encrypted: boolean;
  readonly internal: boolean;
  readonly attachable: boolean;
  /** Its subnet's first address, as a number, and how many bits of it are the network's. */
  readonly first: number;
  readonly prefix: number;
  /** Each node has an address of its own in it. */
  readonly nodes: number;
  readonly taken: Set<number>;
  /** Who gets an address that is given back, in that order. Each answers whether it still wants one. */
  readonly waiting: (() => boolean)[];
}

export interface SimNode {
  readonly index: number;
  readonly id: string;
  readonly engineId: string;
  readonly hostname: string;
  readonly address: string;
  readonly manager: boolean;
  readonly release: EngineRelease;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly createdAtMs: number;
  readonly containers: Map<string, SimContainer>;
  readonly events: EventLog;
  leader: boolean;
  /** What the managers believe. */
  state: 'ready' | 'down';
  message: string;
  /** Whether its engine runs. */
  up: boolean;
  /** Stopped in its tracks: connections are taken, nothing is answered. */
  frozen: boolean;
  /** Tasks that are or will be on it. */
  load: number;
  /** Since when other managers hear nothing of it. */
  silentFromMs: number | null;
  /** Counts how often it went away, so that what was planned before does not happen after. */
  absence: number;
  version: number;
  updatedAtMs: number;
}

export interface SimService {
  readonly id: string;
  readonly plan: ServicePlan;
  /** Its own address in each of its networks, by the network's id. */
  readonly vips: Map<string, string>;
  readonly createdAtMs: number;
  /** Newest first, by slot number or node id. */
  readonly slots: Map<string, SimTask[]>;
  tag: string;
  previousTag: string | null;
  update: SimUpdate | null;
  jobIteration: number;
  jobStartedAtMs: number;
  /** While set, its containers end by themselves soon after they started. */
  crashing: boolean;
  version: number;
  updatedAtMs: number;
}

export interface SimUpdate {
  state: 'updating' | 'completed' | 'rollback_started' | 'rollback_completed';
  startedAtMs: number;
  completedAtMs: number | null;
  message: string;
}

export type SimTaskState =
  | 'new'
  | 'pending'
  | 'assigned'
  | 'accepted'
  | 'preparing'
  | 'ready'
  | 'starting'
  | 'running'
  | 'complete'
  | 'shutdown'
  | 'failed';

/** A task as the managers know it. */
export interface SimTask {
  readonly id: string;
  readonly service: SimService;
  /** Key in `service.slots`. */
  readonly key: string;
  readonly slot: number | null;
  readonly tag: string;
  readonly createdAtMs: number;
  readonly jobIteration: number | null;
  /** In its stack's network; `null`: none is left, and it waits for one. */
  ip: string | null;
  /** In the routing mesh's; `null`: its service publishes no port there. */
  readonly ingressIp: string | null;
  node: SimNode | null;
  container: SimContainer | null;
  state: SimTaskState;
  desired: 'ready' | 'running' | 'complete' | 'shutdown';
  message: string;
  error: string | null;
  exitCode: number;
  stateAtMs: number;
  updatedAtMs: number;
  version: number;
  /** Its JSON as last sent; `null` since it changed. */
  json: string | null;
}

export interface SimProbe {
  startMs: number;
  endMs: number;
  exitCode: number;
  output: string;
}

export interface SimHealth {
  status: 'starting' | 'healthy' | 'unhealthy';
  streak: number;
  /** The last five, newest last. */
  log: SimProbe[];
}

/** A container as its engine knows it. */
export interface SimContainer {
  readonly id: string;
  readonly task: SimTask;
  readonly node: SimNode;
  readonly createdAtMs: number;
  readonly pid: number;
  state: 'created' | 'running' | 'exited';
  startedAtMs: number | null;
  finishedAtMs: number | null;
  exitCode: number;
  oomKilled: boolean;
  health: SimHealth | null;
  /** Until then its probes fail: it is still starting. */
  readyAtMs: number;
  /** So many of its next probes fail. */
  failNext: number;
  /** Chosen by a test: every probe ends like this. */
  forced: 'ok' | 'fail' | null;
  /** Which of its check's failures it shows. */
  failure: number;
  /** What its own probes are drawn from; `null`: from the world's. */
  readonly draws: Pick<Random, 'next'> | null;
  /** Its probes are passed over; when the next one begins. `null`: it is on the timeline. */
  skimmedToMs: number | null;
  /** Somebody is ending it, and why. */
  stopping: 'unhealthy' | 'shutdown' | null;
  /** It grows to its memory limit in this time; `null`: it does not. */
  leak: { fromMs: number; lengthMs: number } | null;
  /** What it had used when that was last asked. */
  counted: { atMs: number; cpuMs: number; periods: number; throttledPeriods: number };
  /** Counts its lives, so that what was planned in one does not happen in the next. */
  life: number;
}

/** One event of an engine, kept small: its JSON is made only when somebody asks for it. */
export interface SimEvent {
  atMs: number;
  type: 'container' | 'node' | 'service';
  action: string;
  actorId: string;
  /** Its labels, image and name become attributes. */
  container: SimContainer | null;
  attributes: Readonly<Record<string, string>>;
  /** For exec events: which one. */
  exec: number | null;
  /** Made JSON, with and without what API 1.52 left out. */
  text: { legacy: string | null; current: string | null };
}

export type SimEventDraft = Pick<SimEvent, 'type' | 'action' | 'actorId'> &
  Partial<Pick<SimEvent, 'container' | 'attributes' | 'exec'>>;

/** What an engine has to say: the last 256 events of all kinds, and whoever listens. */
export interface EventLog {
  emit(atMs: number, draft: SimEventDraft): void;
  /** From `sinceMs` on. As Docker: looks backwards and stops at the first older one. */
  since(sinceMs: number): SimEvent[];
  listen(onEvent: (event: SimEvent) => void): () => void;
  /** A restarted engine remembers nothing. */
  clear(): void;
}
