import type { Availability } from '#lib/model/contract/availability.ts';
import type { Ending } from '#lib/model/contract/ending.ts';
import type { LastLine } from '#lib/model/contract/history.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { NodePicture, ServiceHead } from '#lib/model/contract/picture.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { StoredEvent } from '#lib/model/contract/swarm-event.ts';
import type { UsagePoint } from '#lib/model/contract/usage.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { PortState } from '#lib/model/docker/port-check.ts';
import type { Task } from '#lib/model/docker/task.ts';

/** A probe as it is kept. */
export interface ProbeRecord {
  taskId: string;
  /** The engine's own clock: the same at each read, so that no probe is kept twice. */
  startMs: number;
  /** That clock minus ours. */
  skewMs: number;
  durationMs: number;
  exitCode: number;
  output: string;
  truncated: boolean;
}

/** A task as it is kept: its place, and how it ended. Later ones of the same task replace earlier ones. */
export interface TaskRecord {
  task: Task;
  key: string;
  slot: number | null;
  hostname: string | null;
  fromMs: number;
  untilMs: number | null;
  end: Ending | null;
  container: Container | null;
}

/** The status that a replica took at `fromMs`. */
export interface StatusRecord {
  serviceId: string;
  key: string;
  fromMs: number;
  status: ReplicaStatus;
  taskId: string | null;
  /** Why; `null` when there was nothing to say. */
  reason: Reason | null;
}

/** One thing to be kept. */
export type HistoryRecord =
  | ({ kind: 'probe' } & ProbeRecord)
  | { kind: 'usage'; taskId: string; point: UsagePoint }
  | ({ kind: 'task' } & TaskRecord)
  /** It ended while nobody looked. */
  | { kind: 'task-lost'; taskId: string; atMs: number }
  | ({ kind: 'status' } & StatusRecord)
  /** There is no such replica any more. */
  | { kind: 'status-end'; serviceId: string; key: string; atMs: number }
  /** What a service is for its uptime from then on; `null`: there is no such service any more. */
  | { kind: 'availability'; serviceId: string; atMs: number; state: Availability | null }
  /** What a published port answers on a node from then on. */
  | { kind: 'port'; serviceId: string; port: number; nodeId: string; fromMs: number; state: PortState }
  /** It is asked no longer, or nothing is known of it. */
  | { kind: 'port-end'; serviceId: string; port: number; nodeId: string; atMs: number }
  | { kind: 'lines'; taskId: string; lines: LastLine[]; problem: string | null }
  | { kind: 'event'; event: StoredEvent }
  /** Later ones of the same incident replace earlier ones. */
  | { kind: 'incident'; incident: IncidentRecord }
  | { kind: 'service'; service: ServiceHead }
  | { kind: 'service-gone'; serviceId: string; atMs: number }
  | { kind: 'node'; node: NodePicture }
  | { kind: 'node-gone'; nodeId: string }
  | { kind: 'swarm'; swarmId: string }
  /** From then on what happens is seen. */
  | { kind: 'run'; atMs: number };
