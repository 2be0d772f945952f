/** Slows down whoever guesses. */
export interface Throttle {
  /** Milliseconds until one more try is let through; 0: now. */
  waitMs(from: string): number;
  failed(from: string): void;
  succeeded(from: string): void;
}

const FREE_TRIES = 5;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
const FORGET_MS = 900_000;
const MAX_KEYS = 10_000;
/** Whatever the addresses: so many wrong passwords a minute altogether, then everyone waits their turn. */
const WRONG_PER_MINUTE = 60;

/**
 * After five wrong passwords from an address, each further one doubles the wait, up to five minutes; a quarter of an
 * hour of silence, or the right one, forgets them.
 */
export function createThrottle(nowMs: () => number): Throttle {
  const known = new Map<string, { failures: number; atMs: number }>();
  let minute = { startedAtMs: 0, wrong: 0 };

  const find = (from: string) => {
    const entry = known.get(from);
    if (entry && nowMs() - entry.atMs < FORGET_MS) return entry;
    known.delete(from);
    return null;
  };

  return {
    waitMs(from) {
      const entry = find(from);
      const own = entry === null ? 0 : entry.atMs + toWaitMs(entry.failures) - nowMs();
      const isCrowded = nowMs() - minute.startedAtMs < 60_000 && minute.wrong >= WRONG_PER_MINUTE;
      return Math.max(0, own, isCrowded ? minute.startedAtMs + 60_000 - nowMs() : 0);
    },
    failed(from) {
      const failures = (find(from)?.failures ?? 0) + 1;
      known.delete(from);
      known.set(from, { failures, atMs: nowMs() });
      if (known.size > MAX_KEYS) known.delete(known.keys().next().value ?? '');
      if (nowMs() - minute.startedAtMs >= 60_000) minute = { startedAtMs: nowMs(), wrong: 0 };
      minute.wrong += 1;
    },
    succeeded: (from) => void known.delete(from),
  };
}

function toWaitMs(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES));
}
