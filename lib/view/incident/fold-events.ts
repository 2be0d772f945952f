import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';

/** An event, and how often the same was told after it without anything between. */
export interface FoldedEvent {
  event: SwarmEvent;
  times: number;
}

/** In order of time; what repeats is one. */
export function foldEvents(events: readonly SwarmEvent[]): FoldedEvent[] {
  const folded: FoldedEvent[] = [];
  for (const event of events) {
    const last = folded.at(-1);
    if (last !== undefined && last.event.text === event.text) last.times += 1;
    else folded.push({ event, times: 1 });
  }
  return folded;
}
