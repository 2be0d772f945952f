/** A source's clock that is wrong by more than this says nothing with a time. */
const AHEAD_MS = 10_000;
/** Of each source; the oldest is forgotten first. */
const MAX_KEPT = 1_000;

/**
 * Times of sources that are still to come: what has one would stand first in the list of all swarms for as long as it takes
 * to come. As with Docker's own (`facts/create-settled-times.ts`) it is the moment when it was first seen here.
 */
export interface FirstSeen {
  /** @param id of what happened, among all of its kind that this source tells of */
  settle(source: string, kind: 'event' | 'incident', id: number | string, atMs: number): number;
}

/** @param nowMs our clock */
export function createFirstSeen(nowMs: () => number): FirstSeen {
  const known = new Map<string, Map<string, number>>();
  return {
    settle(source, kind, id, atMs) {
      const ofSource = known.get(source);
      const isAhead = atMs > nowMs() + AHEAD_MS;
      if (!isAhead && ofSource === undefined) return atMs;
      const key = `${kind} ${id}`;
      const seenAtMs = ofSource?.get(key);
      // Also once that time has come: it would be new a second time.
      if (seenAtMs !== undefined) return Math.min(seenAtMs, atMs);
      if (!isAhead) return atMs;
      const all = ofSource ?? new Map<string, number>();
      known.set(source, all);
      all.set(key, nowMs());
      for (const oldest of all.keys()) if (all.size > MAX_KEPT) all.delete(oldest);
      return nowMs();
    },
  };
}
