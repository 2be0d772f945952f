/** A clock that was wrong by more than this when it wrote a time says nothing with it. */
const AHEAD_MS = 10_000;
/** The same time, read again over another estimate of the clock it was written by. */
const SAME_MS = 2_000;

/** Which time of a task, a service or a node it is. */
export type TimeKind = 'updated' | 'state' | 'update' | 'made';

/**
 * Times of Docker's that are still to come: the clock that wrote them was ahead. What lasts since then would not be late
 * before that moment, and would be well once more when it comes. Such a time is the moment when it was first read, for as
 * long as what it is of is listed: in most swarms there is none.
 */
export interface SettledTimes {
  /**
   * @param id of the task, service or node
   * @param noLaterMs what is known to be no earlier than it, by a better clock
   */
  settle(id: string, kind: TimeKind, atMs: number | null, noLaterMs?: number | null): number | null;
  /** The same for a time that did not change, and is read by a better estimate of its clock: `byMs` earlier. */
  move(id: string, kind: TimeKind, settledMs: number, byMs: number, noLaterMs: number | null): number;
  /** The time as it was read, where it was settled; `null`: it was not. */
  rawOf(id: string, kind: TimeKind): number | null;
  /** One that was settled is known to be no later than this. */
  limit(id: string, kind: TimeKind, noLaterMs: number): void;
  /** It is listed no longer. */
  forget(id: string): void;
}

interface Settled {
  atMs: number;
  seenAtMs: number;
}

/** @param nowMs our clock */
export function createSettledTimes(nowMs: () => number): SettledTimes {
  const known = new Map<string, Partial<Record<TimeKind, Settled>>>();

  function settle(id: string, kind: TimeKind, atMs: number | null, noLaterMs: number | null = null) {
    if (atMs === null) return null;
    const ofId = known.size === 0 ? undefined : known.get(id);
    const entry = ofId?.[kind];
    if (entry !== undefined && Math.abs(entry.atMs - atMs) <= SAME_MS) return entry.seenAtMs;
    if (ofId !== undefined) delete ofId[kind];
    if (atMs <= nowMs() + AHEAD_MS) return atMs;
    const seenAtMs = Math.min(nowMs(), noLaterMs ?? Number.POSITIVE_INFINITY);
    known.set(id, { ...ofId, [kind]: { atMs, seenAtMs } });
    return seenAtMs;
  }

  return {
    settle,
    move(id, kind, settledMs, byMs, noLaterMs) {
      const entry = known.get(id)?.[kind];
      if (entry === undefined) return settle(id, kind, settledMs - byMs, noLaterMs) ?? settledMs;
      const atMs = entry.atMs - byMs;
      if (atMs <= entry.seenAtMs + AHEAD_MS) return settle(id, kind, atMs) ?? settledMs;
      entry.atMs = atMs;
      return entry.seenAtMs;
    },
    rawOf: (id, kind) => (known.size === 0 ? null : (known.get(id)?.[kind]?.atMs ?? null)),
    limit(id, kind, noLaterMs) {
      const entry = known.get(id)?.[kind];
      if (entry !== undefined) entry.seenAtMs = Math.min(entry.seenAtMs, noLaterMs);
    },
    forget: (id) => void known.delete(id),
  };
}
