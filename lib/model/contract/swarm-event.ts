import type { Evidence } from './diagnosis.ts';
import type { EventMessage } from './event-message.ts';

/**
 * What an event is about.
 * - `health` a replica's health changed: probes fail, unhealthy, healthy again
 * - `task` a task of a replica started, ended or cannot be placed
 * - `update` a service was created, changed, scaled, updated, rolled back or removed
 * - `node` a node of the swarm changed: status, availability, role
 * - `manager` the swarm's leader or a manager's reachability changed
 * - `engine` we reach a node's engine, or no longer
 */
export const SWARM_EVENT_KINDS = ['health', 'task', 'update', 'node', 'manager', 'engine'] as const;

export type SwarmEventKind = (typeof SWARM_EVENT_KINDS)[number];

/** Worst first. `info` is what is expected: a start, a drain, an update in its limits. */
export const SWARM_EVENT_LEVELS = ['bad', 'warn', 'good', 'info'] as const;

export type SwarmEventLevel = (typeof SWARM_EVENT_LEVELS)[number];

/** When something happened, what it is about and how bad it is. */
interface SwarmEventHead {
  /** Our clock, epoch ms: when it happened, by the best evidence there is. */
  atMs: number;
  kind: SwarmEventKind;
  level: SwarmEventLevel;
  serviceId: string | null;
  serviceName: string | null;
  replicaKey: string | null;
  nodeId: string | null;
  hostname: string | null;
  taskId: string | null;
}

/** Something that happened in the swarm, without words, before it was given its place in the history. */
export interface SwarmEventDraft extends SwarmEventHead {
  message: EventMessage;
}

/** What is kept of an event. */
export interface StoredEvent extends SwarmEventDraft {
  id: number;
  /** Nobody of ours looked when it happened. */
  away: boolean;
}

/** One entry of `GET /api/events`. */
export interface SwarmEvent extends SwarmEventHead {
  /** One sentence without ticking times. Names its service or node itself. */
  text: string;
  /** What it rests on, in Docker's or the probe's own words (untrusted); `null` when there is none. */
  evidence: Evidence | null;
  /** Grows with every event, over restarts too: the place to page from. */
  id: number;
}
