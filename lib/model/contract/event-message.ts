import type { NodeAvailability, NodeRole, NodeStatus } from '#lib/model/docker/node.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import type { Ending } from './ending.ts';
import type { Reason } from './reason.ts';
import type { ReplicaStatus } from './replica-status.ts';

/** A replica by its service and its place. */
export interface ReplicaPlace {
  service: string;
  key: string;
  slot: number | null;
  host: string | null;
}

/** What is known of each kind of news: all that its text is made of, in any language (`lib/words`). */
export interface EventFacts {
  'node-joined': { host: string; role: NodeRole };
  'node-removed': { host: string };
  'node-status': { host: string; status: NodeStatus; message: string | null };
  'node-availability': { host: string; availability: NodeAvailability };
  'node-role': { host: string; role: NodeRole };
  'engine-version': { host: string; before: string; after: string };
  'node-leads': { host: string };
  'manager-unreachable': { host: string };
  'manager-reachable': { host: string };
  'engine-unreachable': { host: string; error: string | null };
  'engine-reachable': { host: string };
  'service-created': { service: string; image: string };
  'service-removed': { service: string };
  'service-scaled': { service: string; before: number; after: number };
  'service-image': { service: string; before: string; after: string };
  /** `failed`: because a new task failed. */
  'service-update': { service: string; state: UpdateState; failed: boolean };
  /** Something is wrong with it; `reason` is `null` where nobody knows why. */
  'replica-problem': { replica: ReplicaPlace; status: ReplicaStatus; reason: Reason | null };
  'replica-starts': { replica: ReplicaPlace; again: boolean };
  'replica-healthy': { replica: ReplicaPlace; after: 'start' | 'failing' | 'unhealthy'; streak: number };
  'replica-runs-again': { replica: ReplicaPlace };
  'replica-up': { replica: ReplicaPlace };
  'task-ended': { replica: ReplicaPlace; ending: Ending };
}

export type EventAbout = keyof EventFacts;

export interface EventMessageOf<A extends EventAbout> {
  about: A;
  facts: EventFacts[A];
}

/** What happened, without words. */
export type EventMessage = { [A in EventAbout]: EventMessageOf<A> }[EventAbout];
