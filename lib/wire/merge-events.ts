import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';

/** As many as a page shows before it asks for older ones. */
const KEPT = 200;

/**
 * The events that are known with those of a message, each once, newest first. Where some were missed in between, what
 * came before the gap is dropped: a list with a hole would hide them.
 */
export function mergeEvents(
  known: readonly SwarmEvent[],
  message: { before: number | null; events: readonly SwarmEvent[] },
): SwarmEvent[] {
  const { before, events } = message;
  const newestKnown = known[0]?.id ?? 0;
  const oldest = events.at(-1)?.id ?? 0;
  const hasGap = newestKnown < oldest && before !== null && newestKnown < before;
  const byId = new Map((hasGap ? events : [...known, ...events]).map((event) => [event.id, event]));
  return [...byId.values()].sort((a, b) => b.id - a.id).slice(0, KEPT);
}
