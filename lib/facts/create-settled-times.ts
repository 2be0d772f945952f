/** A clock that was wrong by more than this when it wrote a time says nothing with it. */
const AHEAD_MS = 10_000;
/** The same time, read again over another estimate of the clock it was written by. */
const SAME_MS = 2_000;
/** Nothing is ahead in most swarms: so many are remembered, the newest. */
const MAX_TIMES = 20_000;

/**
 * Times of Docker's that are still to come: the clock that wrote them was ahead. What lasts since then would not be late
 * before that moment, and would be well once more when it comes. Such a time is the moment when it was first read.
 */
export interface SettledTimes {
  /**
   * @param key of what it is, and which of its times
   * @param noLaterMs what is known to be no earlier than it, by a better clock
   */
  settle(key: string, atMs: number | null, noLaterMs?: number | null): number | null;
  /** The same time as it was given, for what was settled. */
  rawOf(key: string, settledMs: number | null): number | null;
}

/** @param nowMs our clock */
export function createSettledTimes(nowMs: () => number): SettledTimes {
  const known = new Map<string, { atMs: number; seenAtMs: number }>();

  return {
    settle(key, atMs, noLaterMs = null) {
      if (atMs === null) return null;
      const entry = known.size === 0 ? undefined : known.get(key);
      if (entry !== undefined && Math.abs(entry.atMs - atMs) <= SAME_MS) return entry.seenAtMs;
      const isAhead = atMs > nowMs() + AHEAD_MS;
      if (entry !== undefined) known.delete(key);
      if (!isAhead) return atMs;
      const seenAtMs = Math.min(nowMs(), noLaterMs ?? Number.POSITIVE_INFINITY);
      const [oldest] = known.keys();
      if (known.size >= MAX_TIMES && oldest !== undefined) known.delete(oldest);
      known.set(key, { atMs, seenAtMs });
      return seenAtMs;
    },
    rawOf(key, settledMs) {
      const entry = known.size === 0 ? undefined : known.get(key);
      return entry !== undefined && entry.seenAtMs === settledMs ? entry.atMs : settledMs;
    },
  };
}
