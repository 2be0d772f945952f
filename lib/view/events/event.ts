import type { EventPlace } from '#lib/model/contract/history.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';

const MAX_SLOT = 8;

/** What an event's link is called: `shop_web.2`, or its service where the node, which stands beside it, is its place. */
export function nameEventSubject({ serviceName, replicaKey }: SwarmEvent): string | null {
  if (serviceName === null || replicaKey === null) return serviceName;
  // Keys of global services are node ids.
  return replicaKey.length <= MAX_SLOT ? `${serviceName}.${replicaKey}` : serviceName;
}

/** Where an event's service or replica is looked at; `null` for one without a service. */
export function toEventSubjectHref({ serviceName, replicaKey }: SwarmEvent): string | null {
  if (serviceName === null) return null;
  return replicaKey === null ? toServiceHref(serviceName) : toReplicaHref(serviceName, replicaKey);
}

/** By when they happened, newest first: the order of `GET /api/events`. Ids follow when they were reported, which may be later. */
export const compareEvents = (a: EventPlace, b: EventPlace): number => b.atMs - a.atMs || b.id - a.id;

/** Two lists of events as one, by when they happened, newest first, each event once; the same list as `events` when nothing is new in `more`. */
export function joinEvents(
  events: readonly SwarmEvent[],
  more: readonly SwarmEvent[],
): readonly SwarmEvent[] {
  const known = new Set(events.map(({ id }) => id));
  const fresh = more.filter(({ id }) => !known.has(id));
  return fresh.length === 0 ? events : [...events, ...fresh].sort(compareEvents);
}

/** What is shown of the events, newest first, and whether there are older ones. */
export interface EventsList {
  events: readonly SwarmEvent[];
  more: boolean;
  /** The last that was looked at, where that is not the last of `events`. */
  lookedTo?: EventPlace | undefined;
}

/** The place before which older ones are; `undefined`: there is none yet. */
export const findOlderFrom = ({ events, lookedTo }: EventsList): EventPlace | undefined =>
  lookedTo ?? events.at(-1);

/**
 * What was missed, joined to what is known, by the newest page of events. Where more was missed than one page, it is that page
 * alone: what is older would have a hole before it, and is to be asked for.
 */
export function joinMissed(list: EventsList, page: EventsList): EventsList {
  const [newest] = list.events;
  const reach = findOlderFrom(page);
  const isReached = newest !== undefined && reach !== undefined && compareEvents(reach, newest) >= 0;
  return !page.more || isReached
    ? { ...list, events: joinEvents(list.events, page.events) }
    : { events: page.events, more: true, lookedTo: page.lookedTo };
}
