import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';

/** Two lists of events as one, newest first, each event once; the same list as `events` when nothing is new in `more`. */
export function joinEvents(
  events: readonly SwarmEvent[],
  more: readonly SwarmEvent[],
): readonly SwarmEvent[] {
  const known = new Set(events.map(({ id }) => id));
  const fresh = more.filter(({ id }) => !known.has(id));
  return fresh.length === 0 ? events : [...events, ...fresh].sort((a, b) => b.id - a.id);
}
