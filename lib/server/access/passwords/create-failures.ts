/** Wrong passwords, each counted against a browser that signed in before, or against an address. */
export interface Failures {
  /** How long the next try of it has to wait. */
  waitMs(kind: 'browser' | 'address', key: string): number;
  /** One more; of too many the oldest are forgotten. */
  add(kind: 'browser' | 'address', key: string): void;
  forget(kind: 'browser' | 'address', key: string): void;
}

const FREE_TRIES = 5;
const FORGET_MS = 900_000;
/** So many of each kind are known. */
export const MAX_ACCOUNTS = 10_000;

/** Of a browser that signed in before: each further one doubles its wait. */
export const FIRST_WAIT_MS = 2_000;
const MAX_BACKOFF_MS = 300_000;

/** Of one address: so many an hour (1,200), whoever they are from. */
export const ADDRESS_EVERY_MS = 3_000;

interface Entry {
  failures: number;
  atMs: number;
}

/** @param nowMs monotonic */
export function createFailures(nowMs: () => number): Failures {
  const known = { browser: new Map<string, Entry>(), address: new Map<string, Entry>() };

  function find(kind: 'browser' | 'address', key: string): Entry | null {
    const entry = known[kind].get(key);
    if (entry && nowMs() - entry.atMs < FORGET_MS) return entry;
    known[kind].delete(key);
    return null;
  }

  return {
    waitMs(kind, key) {
      const entry = find(kind, key);
      return entry === null ? 0 : Math.max(0, entry.atMs + toWaitMs(kind, entry.failures) - nowMs());
    },
    add(kind, key) {
      const failures = (find(kind, key)?.failures ?? 0) + 1;
      const entries = known[kind];
      entries.delete(key);
      entries.set(key, { failures, atMs: nowMs() });
      if (entries.size > MAX_ACCOUNTS) entries.delete(entries.keys().next().value ?? '');
    },
    forget(kind, key) {
      known[kind].delete(key);
    },
  };
}

function toWaitMs(kind: 'browser' | 'address', failures: number): number {
  if (failures < FREE_TRIES) return 0;
  if (kind === 'address') return ADDRESS_EVERY_MS;
  return Math.min(MAX_BACKOFF_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES));
}
