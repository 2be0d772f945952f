import type { ServiceComparison } from '#lib/model/contract/comparison.ts';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type {
  EventsQuery,
  LastLogLines,
  PortHistory,
  ProbeSeries,
  StatusSpan,
  TaskSegment,
  Uptime,
} from '#lib/model/contract/history.ts';
import type { IncidentLane, IncidentRecord, IncidentsQuery } from '#lib/model/contract/incident.ts';
import type { MomentReplica } from '#lib/model/contract/moment.ts';
import type { NodePicture, ServiceHead } from '#lib/model/contract/picture.ts';
import type { ReportProbes } from '#lib/model/contract/report.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import type { TimelineMark } from '#lib/model/contract/timeline.ts';
import type { UsageSeries } from '#lib/model/contract/usage.ts';
import type { ServicePastTally } from '#lib/model/derive/report/derive-report.ts';
import type { IncidentTally } from '#lib/model/derive/report/incidents.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { StatusRecord } from './record.ts';

/** A stretch of time in a question, on our clock, both ends included. */
export interface Window {
  fromMs: number;
  untilMs: number;
}

/** Who asks is limited to some stacks: the answer is as if these were all that there is. */
export interface Apart {
  scope?: Scope;
}

/** What the database held when it was opened: what was so when the process before us ended. */
export interface Baseline {
  /** When it last wrote; `null`: there was none. */
  aliveMs: number | null;
  swarmId: string | null;
  services: ServiceHead[];
  nodes: NodePicture[];
  statuses: Omit<StatusRecord, 'reason'>[];
  /** Tasks whose end was not seen. */
  openTasks: { taskId: string; serviceId: string; key: string }[];
  /** The newest tasks that ended, oldest first, each with its container as it was last seen. */
  endedTasks: { task: Task; container: Container | null }[];
  /** Newest first. */
  events: SwarmEvent[];
  /** Those that lasted, and the newest that had ended a moment before. */
  incidents: IncidentRecord[];
  /** Published ports from which something came within the last week, be it a refusal. */
  reachedPorts: PortPlace[];
}

/** A published port on one node. */
export interface PortPlace {
  serviceId: string;
  port: number;
  nodeId: string;
}

/** What a slot was, in a window. */
export interface SlotPast {
  key: string;
  slot: number | null;
  hostname: string | null;
  segments: TaskSegment[];
  spans: StatusSpan[];
}

export interface ReplicaPast {
  probes: ProbeSeries;
  spans: StatusSpan[];
  tasks: TaskSegment[];
  uptime: { h1: Uptime; h24: Uptime; d7: Uptime };
  timeoutMs: number | null;
  intervalMs: number | null;
}

/** One incident, with what happened in it and before it. */
export interface IncidentPast {
  record: IncidentRecord;
  /** Oldest first. */
  events: SwarmEvent[];
  isCut: boolean;
  /** Newest first. */
  before: SwarmEvent[];
  /** Their nodes are the picture's to say. */
  lanes: Omit<IncidentLane, 'hostname'>[];
}

export interface ServicePast {
  /** Later than asked for when that held too much. */
  fromMs: number;
  slots: SlotPast[];
  /** By port and node; the newest when there are too many. */
  ports: PortHistory[];
  badEnds: TaskSegment[];
}

export interface ComparisonPast extends Pick<ServiceComparison, 'stretchMs' | 'left'> {
  slots: Omit<ServiceComparison['slots'][number], 'current'>[];
}

/** A part of what happened in a window, counted by slots. */
export interface MarksPiece {
  /** By slot, lane and stack. */
  marks: TimelineMark[];
  /** What happened until then is not counted yet, and is to be asked for next; `null`: all is. */
  restUntilMs: number | null;
}

/** A slot of a service. */
export interface SlotPlace {
  serviceId: string;
  key: string;
}

/** A part of what the replicas were at a moment. */
export interface MomentPiece {
  replicas: MomentReplica[];
  /** The last slot that was looked at, after which to ask on; `null`: it was the last of all. */
  rest: SlotPlace | null;
}

/** What the database can be asked, each with its answer. */
export interface Questions {
  baseline: { ask: Record<never, never>; answer: Baseline };
  events: { ask: EventsQuery; answer: { events: SwarmEvent[]; more: boolean } };
  replica: { ask: Window & { serviceId: string; key: string; nowMs: number }; answer: ReplicaPast };
  incidents: { ask: IncidentsQuery & Apart; answer: { incidents: IncidentRecord[]; more: boolean } };
  /** By id; `null`: it was never kept, or is too old. One that became a part of another is answered as that. */
  incident: { ask: { id: string; nowMs: number } & Apart; answer: IncidentPast | 'none' };
  /** `seen`: the slot had a task at some time. */
  usage: { ask: Window & { serviceId: string; key: string }; answer: { series: UsageSeries; seen: boolean } };
  service: { ask: Window & { serviceId: string; nowMs: number }; answer: ServicePast };
  /** How long each service was up, in so many pieces of time; `sinceMs`: it was not kept before. */
  'report-tallies': {
    ask: Window & { pieces: number };
    answer: { services: ServicePastTally[]; sinceMs: number | null };
  };
  /** `isCut`: there were more, and the newest are counted. */
  'report-incidents': { ask: Window & Apart; answer: { incidents: IncidentTally; isCut: boolean } };
  /** Tasks that ended badly, by the name of their service. */
  'report-ends': { ask: Window; answer: { name: string; cause: Cause; count: number }[] };
  /** By the name of the service. */
  'report-probes': { ask: Window; answer: ({ name: string } & ReportProbes)[] };
  /** All slots of a service beside each other; which of them are replicas now is the picture's to say. */
  comparison: { ask: Window & { serviceId: string }; answer: ComparisonPast };
  /** From the end of the window back. */
  marks: { ask: Window & { slotMs: number } & Apart; answer: MarksPiece };
  /** Of one service, or of all. */
  moment: { ask: { atMs: number; serviceId: string | null; after: SlotPlace | null }; answer: MomentPiece };
  /** When somebody looked, oldest first, and since when at all. */
  runs: { ask: Window; answer: { runs: Window[]; oldestMs: number | null } };
  /** By name or id, also one that is gone; the newest of that name. */
  /** By name or id; of those that had this name one after the other that of a moment, or the newest (`null`). */
  'find-service': { ask: { name: string; atMs: number | null }; answer: ServiceHead | null };
  'last-log-lines': { ask: { taskId: string }; answer: LastLogLines | null };
  /** The newest probes of each task, oldest first. */
  probes: { ask: { taskIds: string[]; limit: number }; answer: Record<string, Probe[]> };
  /** Of a history that no other server has: those of several are asked for by another way (`lib/history/silences`). */
  silences: { ask: { nowMs: number }; answer: Silence[] };
  /** `false`: there are too many. */
  'put-silence': { ask: { silence: Silence; nowMs: number }; answer: boolean };
  /** `false`: it was over before, or is not kept. */
  'end-silence': { ask: { silence: Silence; nowMs: number }; answer: boolean };
  /** Until when their ends were told; with a time it is that from now on. `null`: that was never noted. */
  'told-silences': { ask: { untilMs: number | null }; answer: { untilMs: number | null } };
  size: { ask: Record<never, never>; answer: { bytes: number; oldestMs: number | null } };
}

export type QuestionKind = keyof Questions;
export type Ask<K extends QuestionKind = QuestionKind> = {
  [Q in K]: { kind: Q } & Questions[Q]['ask'];
}[K];
export type Answer<K extends QuestionKind> = Questions[K]['answer'];
