import type { Container, HealthStatus } from '#lib/model/docker/container.ts';
import type { ContainerStats } from '#lib/model/docker/container-stats.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { PlainContainer } from '#lib/model/docker/plain-container.ts';
import type { PortPlace, SeenPort } from '#lib/model/docker/port-check.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';
import { toVisibleText } from '#lib/model/text/show-hidden.ts';
import type { ContainerAction } from './container-actions.ts';

/**
 * The port to one Docker engine: all that the rest of the code knows of Docker. GET only. Every promise settles within
 * the call's time limit, whatever the other side does, and rejects only with an {@link EngineError}.
 */
/** Some tasks of services. */
export interface TaskPart {
  /** How their names begin (swarmkit `api/naming`: the service's, a dot, slot or node, a dot, the task's id). */
  namePrefixes: readonly string[];
  has(task: Task): boolean;
}

export interface EngineClient {
  /** Display form, without credentials. */
  readonly endpoint: string;
  /**
   * Negotiates the API version and reads `/version` and `/info`. Call it first, and again after every reconnect. A
   * manager without quorum may keep `/info` waiting for 20 s: then it resolves after 4 s with what is known otherwise
   * (`hostname` null if never known, `controlAvailable` true, `swarmError` says so), if the node id is known.
   *
   * @param patienceMs for an engine that was identified before, instead of the 4 s; its containers have to bear it out
   */
  identify(patienceMs?: number): Promise<EngineIdentity>;
  /** `GET /_ping`: is it there? Never shares a socket with the event stream. */
  ping(timeoutMs: number): Promise<void>;
  /**
   * The swarm's managers, as the leader lists them: does this manager reach it? Each call asks anew, beside all others:
   * one that was asked before the leader fell silent hangs for 20 s, also when there is a new one (moby `daemon/cluster`).
   */
  listManagers(timeoutMs: number): Promise<SwarmNode[]>;
  /** Ends the swarm's lists that are under way: they reject with `timeout`, and nothing waits behind them. */
  dropSwarmLists(): void;
  listNodes(): Promise<SwarmNode[]>;
  /** All services, or those with these ids (unknown ids are left out, not an error). */
  listServices(serviceIds: string[] | null): Promise<Service[]>;
  /** All tasks, or those of these services (an unknown service gives none, not an error). */
  listTasks(serviceIds: string[] | null): Promise<Task[]>;
  /**
   * All tasks of all these services, some services at a time: where there are so many that one answer would take too long.
   * What did not change since it was last listed so is not decoded again.
   */
  listTasksInTurns(turns: readonly string[][]): AsyncGenerator<Task[], void, void>;
  /**
   * The tasks of these services, when `known` of them are known: those that Swarm wants, and what became of the known ones
   * that it wants no longer. Tasks that are over are taken from `known`; one that came and went since is not found.
   *
   * @param part only these are asked for; the others are as they are known
   */
  relistTasks(serviceIds: string[], known: readonly Task[], part?: TaskPart): Promise<Task[]>;
  /** The networks that this engine knows: the swarm's, and (`all`) its own too, which count where proxies are trusted. */
  listNetworks(scope: 'swarm' | 'all'): Promise<DockerNetwork[]>;
  /**
   * Every container that Swarm made on this engine, dead ones too (`all=1`, `is-task=true`).
   *
   * @param ids of these alone; those that Swarm did not make, or that are gone, are left out
   */
  listContainers(ids?: readonly string[]): Promise<ContainerSummary[]>;
  /** Which of these, which are held to run, stand still, and whether one is gone: a few bytes where none is. */
  findStopped(ids: readonly string[]): Promise<StoppedContainers>;
  /**
   * The containers that run on this engine and that Swarm did not make (`is-task=false`), the ones with a health check
   * with their probes, as far as they are told in time; nothing of them is kept. Rejects with `forbidden` where an agent
   * does not tell of them.
   */
  readPlainContainers(): Promise<{ containers: PlainContainer[]; more: number }>;
  /** `null` when it is gone (404). Rejects with `timeout` after `limitMs`, if given, else after the client's own limit. */
  inspectContainer(id: string, limitMs?: number): Promise<Container | null>;
  /**
   * What a container that runs has used until now, read once and without waiting for a second reading (API 1.41 has
   * `one-shot`, and older engines are refused). `null`: it is gone (404), or does not run.
   */
  readStats(containerId: string): Promise<ContainerStats | null>;
  /**
   * What of these the agent in front of the engine reaches, of those that its own engine lists; in their order. Rejects with
   * `forbidden` where it connects to none, and with `http` where there is no agent.
   */
  checkPorts(places: readonly PortPlace[]): Promise<SeenPort[]>;
  /**
   * The newest lines of a container's log, oldest first; of very long ones only the newest megabyte. Rejects with a
   * sentence for people, kind `http`, when the container is gone (404), being removed (409), or its logging driver
   * keeps nothing that can be read (501).
   */
  readLog(containerId: string, options: ReadLogOptions): Promise<LogLine[]>;
  /**
   * Streams a container's log, to its present end or (`follow`) as it grows. `onOpen` is called once the engine
   * accepted, `onClose` exactly once for its end, with the error or `null` (the container stopped, or all was sent);
   * after `close()` nothing is called again.
   */
  openLog(containerId: string, options: OpenLogOptions): LogStream;
  /**
   * Opens `/events`. `onOpen` is called once the engine accepted the stream, `onClose` exactly once for its end,
   * whatever ends it; after `close()` neither is called again.
   */
  openEvents(options: OpenEventsOptions): EventStream;
  /** Was its clock, or ours, set since `identify` measured how far they are apart? Then that is to be asked again. */
  hasClockStepped(): boolean;
  /** Ends streams and calls under way; afterwards every call rejects with kind `closed`. */
  close(): void;
}

/** Whoever container logs can be read of. */
export type LogReader = Pick<EngineClient, 'readLog' | 'openLog'>;

/** Bytes and requests since creation, for measuring. */
export interface EngineTraffic {
  requests: number;
  bytesRead: number;
}

export interface OpenEventsOptions {
  /** `engine`: container events; `manager`: node and service events; `both` where one engine is both. */
  scope: 'engine' | 'manager' | 'both';
  /** Engine clock, epoch ms; replays what the engine still has since then. `null` = from now on. */
  sinceMs: number | null;
  onOpen(): void;
  onEvent(event: EngineEvent): void;
  /** `null` when it ended without an error. */
  onClose(error: EngineError | null): void;
}

export interface EventStream {
  close(): void;
}

export interface ReadLogOptions {
  /** At most this many lines, the newest; `null`: all. */
  tail: number | null;
  /** Our clock, epoch ms, inclusive; `null`: from its beginning. */
  sinceMs: number | null;
  /** Our clock, epoch ms; `null`: to its end. */
  untilMs: number | null;
  /** Characters kept of each line; left out: all that was read of it. */
  maxLineChars?: number;
}

export interface OpenLogOptions {
  tail: number | null;
  sinceMs: number | null;
  /** Goes on with what the container writes, until it stops. */
  follow: boolean;
  onOpen?(): void;
  /** What came, before the lines that it completes, which may be none: a line may have no end. */
  onBytes?(bytes: number): void;
  /** In the order of the engine, as many at a time as arrived together; never none. */
  onLines(lines: LogLine[]): void;
  onClose(error: EngineError | null): void;
}

export interface LogStream {
  /** Stops reading: the engine waits (and a container's log rotates away under it). */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface EngineIdentity {
  /** `null` when the engine did not say (see `identify`). */
  hostname: string | null;
  engineVersion: string;
  /** Negotiated, e.g. `1.41`. */
  apiVersion: string;
  /** `/info` Swarm.NodeID; `null` when not in a swarm. */
  nodeId: string | null;
  localNodeState: 'inactive' | 'pending' | 'active' | 'error' | 'locked' | 'unknown';
  controlAvailable: boolean;
  /** `/info` Swarm.Error: set when there is no quorum, for example. */
  swarmError: string | null;
  swarm: SwarmInfo | null;
  /** What answers in Docker's place, by its name (`Podman Engine`); `null`: Docker itself, as far as it shows. */
  lookalike: string | null;
  /** What an agent in front of the engine says of itself (`AGENT_LEVEL`); `null`: there is none. */
  agentLevel: number | null;
  /** Engine clock minus ours; 0 when within what the round trip explains (or 1 s). */
  skewMs: number;
}

/** What `/containers/json` has: enough to know what to inspect. */
export interface ContainerSummary {
  id: string;
  taskId: string | null;
  state: string;
  /** From the structured field (API 1.52) or Docker's status text; `null`: none, or hidden by pause or exit. */
  healthStatus: HealthStatus | null;
  /** Only from API 1.52; else `null`. */
  failingStreak: number | null;
  /** From API 1.52: status and streak are as the engine counts them now, also where it says that there is no health check. */
  isHealthWhole: boolean;
  createdAtMs: number | null;
  /** How long it has run, in Docker's words; `null`: it does not, or they do not say it. */
  up: UpTime | null;
  /** The engine's clock minus ours, as known when it was listed. */
  skewMs: number;
}

/** Docker's words for a time are a range. */
export interface UpTime {
  leastMs: number;
  mostMs: number;
}

/** Of containers that were held to run. */
export interface StoppedContainers {
  /** Those that are there, and do not run. */
  stopped: string[];
  /** One or more are not there any more; which, the engine need not say. */
  isMissing: boolean;
}

/** One event, decoded. `atMs` is on our clock; `engineAtMs` on the engine's, for resuming with `sinceMs`. */
export type EngineEvent = { atMs: number; engineAtMs: number } & (
  | { kind: 'health'; containerId: string; taskId: string | null; status: HealthStatus }
  /** A command run inside a container ended; a probe's too (nothing tells them apart). Sent before the health state changes. */
  | { kind: 'exec-die'; containerId: string; taskId: string | null; exitCode: number | null }
  | {
      kind: 'container';
      containerId: string;
      taskId: string | null;
      action: ContainerAction;
      exitCode: number | null;
    }
  | { kind: 'node'; nodeId: string; action: 'create' | 'update' | 'remove' }
  | { kind: 'service'; serviceId: string; action: 'create' | 'update' | 'remove' }
);

export type EngineErrorKind =
  /** No connection: refused, no route, no such socket, name not found, reset. */
  | 'unreachable'
  /** No answer, or not the whole of it, in time. */
  | 'timeout'
  /** 401 or 403: something between us and the engine says no. */
  | 'forbidden'
  /** 503 of an engine that is not a manager (any more), or not in a swarm. */
  | 'not-manager'
  /** 500 or 503: the swarm has no leader, is locked, or its certificates expired. */
  | 'no-quorum'
  /** The engine's API is older than we can read, or newer than it lets us. */
  | 'version'
  /** It answered, but not as Docker does: HTML, cut body, wrong shape. */
  | 'garbled'
  /** It answered with more than Docker ever does: it is left alone for a while, and only pinged. */
  | 'excess'
  /** Any other HTTP error. */
  | 'http'
  /** This client was closed. */
  | 'closed'
  /** The endpoint's own configuration is wrong (missing certificate, bad URL). */
  | 'config';

const MAX_MESSAGE_CHARS = 4_096;

/**
 * Everything that can go wrong with an engine, with a sentence for people: what is wrong and what to do. The sentence may
 * quote what an engine, a proxy or ssh says: it is without secrets whoever shows it.
 */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly statusCode: number | null;
  constructor(kind: EngineErrorKind, message: string, statusCode: number | null = null) {
    super(toVisibleText(maskText(message.slice(0, MAX_MESSAGE_CHARS))));
    this.name = 'EngineError';
    this.kind = kind;
    this.statusCode = statusCode;
  }
}
