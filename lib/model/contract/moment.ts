import type { ReplicaStatus } from './replica-status.ts';

/** A replica as it was at a moment of the past: what is kept of it. */
export interface MomentReplica {
  serviceId: string;
  serviceName: string;
  stack: string | null;
  key: string;
  slot: number | null;
  status: ReplicaStatus;
  /** Since when, by then. */
  sinceMs: number;
  /** Why, as it was said when the status began; `null` when there was nothing to say. */
  sentence: string | null;
  taskId: string | null;
  nodeId: string | null;
  hostname: string | null;
  image: string | null;
}

/** What is kept of a moment of the past. */
export interface Moment {
  atMs: number;
  /** Did anybody look then? If not, nothing is known of it, and there are no replicas. */
  isSeen: boolean;
  /** Since when, by then, no manager was read: what Swarm wanted is as old as that. `null`: one was, as far as is known. */
  unreadSinceMs: number | null;
  /** By stack, service and slot. */
  replicas: MomentReplica[];
  /** There are more than were read. */
  isCut: boolean;
}

/** `null`: the history cannot be read; `busy`: too many ask for moments at once. */
export type MomentAnswer = Moment | 'busy' | null;
