import {
  type FleetEvent,
  type FleetEventsPage,
  type FleetPicture,
  MAX_FLEET_EVENTS,
} from '#lib/model/contract/fleet.ts';
import type { SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import { toFleetEventKey } from './apply-fleet-message.ts';

/** So many stay in a list that is open for long; what is older is asked for. */
const MAX_KEPT = 500;

type Said = Pick<FleetPicture, 'events' | 'swarms'>;

/** What a page was made with, and all that came since. */
export interface KeptFleetEvents extends Pick<FleetEventsPage, 'olderUntilMs'> {
  /** Newest first, each once. */
  events: readonly FleetEvent[];
  /** Some came that are not among them. */
  isHole: boolean;
  /** What the stream said last. */
  said: Said;
}

interface FleetListOf {
  fleet: Said;
  /** Of which levels those are shown that come; none: all. */
  levels: readonly SwarmEventLevel[];
}

/** What a page was made with, and what came while it was made. */
export function beginFleetEvents(
  { events, olderUntilMs }: Pick<FleetEventsPage, 'events' | 'olderUntilMs'>,
  { fleet, levels }: FleetListOf,
): KeptFleetEvents {
  return join({ events, olderUntilMs, isHole: false, said: fleet }, { fleet, levels });
}

/** The same, and what the stream says now: it tells of the newest of all swarms, and forgets them soon. */
export function keepFleetEvents(kept: KeptFleetEvents, { fleet, levels }: FleetListOf): KeptFleetEvents {
  const { said } = kept;
  if (said.events === fleet.events && said.swarms === fleet.swarms) return kept;
  const isHole = kept.isHole || isCut(said.events, fleet.events) || isBack(said.swarms, fleet.swarms);
  return join({ ...kept, isHole, said: fleet }, { fleet, levels });
}

function join(kept: KeptFleetEvents, { fleet, levels }: FleetListOf): KeptFleetEvents {
  const { olderUntilMs } = kept;
  const known = new Set(kept.events.map(toFleetEventKey));
  // What is older than all of the page comes with its older ones.
  const fresh = fleet.events.filter(
    (event) =>
      (olderUntilMs === null || event.atMs > olderUntilMs) &&
      !known.has(toFleetEventKey(event)) &&
      (levels.length === 0 || levels.includes(event.level)),
  );
  if (fresh.length === 0) return kept;
  const events = [...kept.events, ...fresh].sort((a, b) => b.atMs - a.atMs);
  const left = events[MAX_KEPT];
  return left === undefined
    ? { ...kept, events }
    : { ...kept, events: events.slice(0, MAX_KEPT), olderUntilMs: left.atMs };
}

/** Did so many come at once, or while nothing was heard, that none of those before is left? */
function isCut(before: readonly FleetEvent[], now: readonly FleetEvent[]): boolean {
  const known = new Set(before.map(toFleetEventKey));
  return now.length >= MAX_FLEET_EVENTS && !now.some((event) => known.has(toFleetEventKey(event)));
}

/** Is one heard again that was not? What happened there meanwhile may be older than all that the stream tells. */
function isBack(before: Said['swarms'], now: Said['swarms']): boolean {
  const live = new Set(before.filter(({ state }) => state === 'live').map(({ name }) => name));
  return now.some(({ name, state }) => state === 'live' && !live.has(name));
}
