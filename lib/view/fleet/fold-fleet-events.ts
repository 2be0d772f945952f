import type { FleetEvent } from '#lib/model/contract/fleet.ts';
import { foldEvents } from '#lib/view/events/fold-events.ts';

/** Events of all swarms as they are read: what repeats in one swarm is told once, and nothing of two swarms is the same. */
export function foldFleetEvents(
  events: readonly FleetEvent[],
): { swarm: string; event: FleetEvent; others: number }[] {
  return [...Map.groupBy(events, ({ swarm }) => swarm)]
    .flatMap(([swarm, own]) =>
      foldEvents(own).map(({ event, others }) => ({
        swarm,
        event: { ...event, swarm },
        others: others.length,
      })),
    )
    .sort((a, b) => b.event.atMs - a.event.atMs);
}
