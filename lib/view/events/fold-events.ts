import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';

/** The same, told once: its newest, and when the others were. */
export interface FoldedEvent {
  event: SwarmEvent;
  /** Those folded into it, newest first. */
  others: readonly SwarmEvent[];
}

/** What comes again later than this is told again. */
const SAME_WITHIN_MS = 15 * 60_000;

const NO_OTHERS: readonly SwarmEvent[] = [];

/**
 * Events as they are read: newest first, and what says the same of the same thing again and again is one, at the place of
 * its newest, as long as no two of them are further than 15 min apart. `events` are in order of time, newest first.
 */
export function foldEvents(events: readonly SwarmEvent[]): FoldedEvent[] {
  const folded: { event: SwarmEvent; others: SwarmEvent[]; oldestMs: number }[] = [];
  const open = new Map<string, (typeof folded)[number]>();
  for (const event of events) {
    const key = toKey(event);
    const known = open.get(key);
    if (known !== undefined && known.oldestMs - event.atMs <= SAME_WITHIN_MS) {
      known.others.push(event);
      known.oldestMs = event.atMs;
      continue;
    }
    const fresh = { event, others: [], oldestMs: event.atMs };
    open.set(key, fresh);
    folded.push(fresh);
  }
  return folded.map(({ event, others }) => ({ event, others: others.length === 0 ? NO_OTHERS : others }));
}

function toKey({ kind, level, serviceId, replicaKey, nodeId, text }: SwarmEvent): string {
  return JSON.stringify([kind, level, serviceId, replicaKey, nodeId, text]);
}
