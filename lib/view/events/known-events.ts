import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { compareEvents, type EventsList, joinEvents } from './event.ts';

/** So many wait at most: whoever wants to see them then is shown the newest page. */
export const MAX_WAITING = 500;
/** So many would push about what somebody reads: they wait until they are asked for, also once it is calm. */
export const MANY_EVENTS = 4;
/** So many are shown of those that come while somebody is at the top. */
const MAX_SHOWN = 1_000;

/** `cut`: more came than may wait, and what came after these is not there. */
export type KnownEvents = EventsList & { cut: boolean };

/** Are those that wait so few that they may come in by themselves? */
export function mayComeIn({ events }: EventsList, shownFromId: number): boolean {
  return events.filter(({ id }) => id > shownFromId).length < MANY_EVENTS;
}

/**
 * What is known once the stream has sent these. Older ones than all that is known are not joined: there would be a hole.
 *
 * @param recent those that the filter shows, newest first
 * @param isOpen what comes is shown at once; else what is newer than `shownFromId` waits
 * @param isAtEnd somebody sees the oldest, and would miss it
 */
export function takeRecent(
  before: KnownEvents,
  recent: readonly SwarmEvent[],
  { isOpen, isAtEnd, shownFromId }: { isOpen: boolean; isAtEnd: boolean; shownFromId: number },
): KnownEvents {
  const isFull = before.events.filter(({ id }) => id > shownFromId).length >= MAX_WAITING;
  if (before.cut || (isFull && !isOpen)) return before.cut ? before : { ...before, cut: true };
  const oldest = before.events.at(-1);
  const isWithin = (event: SwarmEvent) => oldest === undefined || compareEvents(event, oldest) < 0;
  const events = joinEvents(before.events, recent.filter(isWithin));
  if (events === before.events) return before;
  // Who sees the end asks for more of it.
  return isOpen && !isAtEnd && events.length > MAX_SHOWN
    ? { events: events.slice(0, MAX_SHOWN), more: true, cut: false }
    : { ...before, events };
}
