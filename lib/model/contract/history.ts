import type { PortState } from '#lib/model/docker/port-check.ts';
import type { Cause, Evidence } from './diagnosis.ts';
import type { ReplicaStatus } from './replica-status.ts';
import type { SwarmEvent, SwarmEventKind, SwarmEventLevel } from './swarm-event.ts';

/**
 * Where the history is kept.
 * - `disk` in the folder `VITALS_DATA`: it outlives a restart
 * - `database` in PostgreSQL
 * - `late` PostgreSQL cannot be used now, or not all is in it yet that happened meanwhile: that waits, and comes to it
 * - `memory` no folder is set: a restart forgets it
 * - `broken` the folder cannot be used now (full, read-only, damaged): the live view goes on, the history does not
 */
export interface HistoryState {
  kind: 'disk' | 'database' | 'late' | 'memory' | 'broken';
  /** For people: what is so and what to do. */
  sentence: string;
}

/** A stretch of time; `untilMs` is `null` while it lasts. */
export interface Stretch {
  fromMs: number;
  untilMs: number | null;
}

/** A status that a replica had, clipped to nothing: it may begin before the window that was asked for. */
export interface StatusSpan extends Stretch {
  status: ReplicaStatus;
  taskId: string | null;
  /** Why, as the picture said it when the status began; `null` when there was nothing to say. */
  sentence: string | null;
}

/** How a task ended. */
export interface SegmentEnd {
  atMs: number;
  /** `null`: as expected (an update, a scale-down, a finished job). */
  cause: Cause | null;
  /** `Killed for its health: …`; for expected ends what is known of them. */
  sentence: string;
  evidence: Evidence | null;
  exitCode: number | null;
  oomKilled: boolean;
}

/** One task in its slot's ribbon. */
export interface TaskSegment extends Stretch {
  taskId: string;
  nodeId: string | null;
  hostname: string | null;
  image: string;
  /** `null` while it lives, or when its end was not seen. */
  end: SegmentEnd | null;
  /** Log lines of its end are kept: `GET /api/tasks/{id}/last-words`. */
  hasLastLines: boolean;
}

/** One probe of the history. `output` is an index into the answer's `outputs`. */
export interface ProbeMark {
  taskId: string;
  startedAtMs: number;
  durationMs: number;
  exitCode: number;
  output: number;
}

/** Probes of one stretch of equal length, when there are too many to list each. */
export interface ProbeBucket {
  fromMs: number;
  untilMs: number;
  count: number;
  failed: number;
  minMs: number;
  medianMs: number;
  maxMs: number;
}

/** Every probe when they are few, else their sums. */
export type ProbeSeries =
  /** Oldest first. `outputs` are untrusted texts, each once. */
  | { kind: 'exact'; probes: ProbeMark[]; outputs: string[] }
  /** Oldest first, without empty ones. */
  | { kind: 'buckets'; bucketMs: number; buckets: ProbeBucket[] };

/** How much of a window a replica was up (healthy, failing or running), of the time that is known. */
export interface Uptime {
  /** 0 to 100; `null` when nothing of the window is known. */
  percent: number | null;
  /** Milliseconds of the window in which its status was known to us. */
  knownMs: number;
  windowMs: number;
}

/** `GET /api/services/{name}/{key}/history`. */
export interface ReplicaHistory {
  serviceId: string;
  serviceName: string;
  key: string;
  /** The window of this answer. */
  fromMs: number;
  untilMs: number;
  /** Of the newest check that is known: the height that probe durations are held against. */
  timeoutMs: number | null;
  intervalMs: number | null;
  probes: ProbeSeries;
  /** Oldest first; between them nothing is known. */
  spans: StatusSpan[];
  /** Oldest first. */
  tasks: TaskSegment[];
  /** Windows that end now, whatever window was asked for. */
  uptime: { h1: Uptime; h24: Uptime; d7: Uptime };
  history: HistoryState;
}

/** One slot over time. */
export interface SlotRibbon {
  key: string;
  slot: number | null;
  hostname: string | null;
  /** Is it a replica of the service now? */
  current: boolean;
  /** Oldest first. */
  segments: TaskSegment[];
  /** Oldest first; between them nothing is known. */
  spans: StatusSpan[];
}

/** What a published port answered for a while. */
export interface PortSpan extends Stretch {
  state: PortState;
}

/** What a published port answered on one node, where ports are asked (`VITALS_CHECKS`). */
export interface PortHistory {
  port: number;
  nodeId: string;
  /** Oldest first; between them nothing is known. */
  spans: PortSpan[];
}

/** `GET /api/services/{name}/history`. */
export interface ServiceHistory {
  serviceId: string;
  serviceName: string;
  /** The window of this answer: later than asked for when that held too much. */
  fromMs: number;
  untilMs: number;
  /** Ordered like the service's replicas; slots that are no replicas now come last. */
  slots: SlotRibbon[];
  ports: PortHistory[];
  /** Bad ends of the last hour, most first. */
  restartsByCause: { cause: Cause; count: number; sentence: string }[];
  history: HistoryState;
}

/** Which events `GET /api/events` answers; `null` and empty lists: all. */
export interface EventsQuery {
  /** When they happened, both included. */
  sinceMs: number | null;
  untilMs: number | null;
  /** Only those with a smaller id. */
  before: number | null;
  limit: number;
  /** Name or id. */
  service: string | null;
  /** Hostname or id. */
  node: string | null;
  kinds: SwarmEventKind[];
  levels: SwarmEventLevel[];
}

/** `GET /api/events`. */
export interface EventsPage {
  /** Newest first. */
  events: SwarmEvent[];
  /** There are older ones, or may be: ask again with `before` the last one's id, or that of `lookedTo`. */
  more: boolean;
  /**
   * To whom stacks limit: the last event that was looked at, where so many were of others that the look ended before it had
   * enough of theirs. Not there: it did not.
   */
  lookedTo?: EventPlace | undefined;
  history: HistoryState;
}

/** Where an event is in the order of events. */
export type EventPlace = Pick<SwarmEvent, 'atMs' | 'id'>;

/** One line of a container's log. Untrusted text. */
export interface LastLine {
  /** Our clock; `null` when Docker gave none. */
  atMs: number | null;
  stream: 'stdout' | 'stderr';
  text: string;
}

/** `GET /api/tasks/{id}/last-words`: the end of a dead task's log. */
export interface LastLogLines {
  taskId: string;
  /** Oldest first, at most 50. */
  lines: LastLine[];
  /** Why there are no lines, or not all of them; `null` when they are whole. */
  problem: string | null;
}
