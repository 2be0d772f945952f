import type { FleetEvent } from '#lib/model/contract/fleet.ts';
import type { SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';

/**
 * What a page was made with, and what came since, newest first, each once.
 *
 * @param levels of which of those that came are shown; none: all
 */
export function joinFleetEvents(
  first: readonly FleetEvent[],
  streamed: readonly FleetEvent[],
  levels: readonly SwarmEventLevel[],
): readonly FleetEvent[] {
  const known = new Set(first.map(toKey));
  // What is older than all of the page comes with its older ones, or there would be a hole between.
  const oldestMs = first.at(-1)?.atMs ?? 0;
  const fresh = streamed.filter(
    (event) =>
      event.atMs >= oldestMs &&
      !known.has(toKey(event)) &&
      (levels.length === 0 || levels.includes(event.level)),
  );
  return fresh.length === 0 ? first : [...first, ...fresh].sort((a, b) => b.atMs - a.atMs);
}

const toKey = ({ swarm, id }: FleetEvent) => `${swarm} ${id}`;
