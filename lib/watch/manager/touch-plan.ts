import { LIMITS } from '#lib/watch/limits.ts';

/**
 * Which services' tasks are to be read again, and when. Mutable, because at a thousand services a copy per hint would
 * cost more than the hint; without a clock, so that it is as easy to test as a value.
 */
export interface TouchPlan {
  /** Reads at these offsets from now. `spec`: the service itself too, not only its tasks. */
  touch(serviceId: string, offsetsMs: readonly number[], nowMs: number, spec: boolean): void;
  /** Reads once within this time, unless a read is planned already. */
  ensure(serviceId: string, withinMs: number, nowMs: number): void;
  /** When the next read is due; `null` when none is. */
  nextMs(): number | null;
  /** Takes what is due, and what would be within `alsoWithinMs`: one request does for all. */
  take(nowMs: number, alsoWithinMs: number): Touched[];
  clear(): void;
}

export interface Touched {
  serviceId: string;
  spec: boolean;
}

interface Entry {
  dueMs: number[];
  spec: boolean;
}

export function createTouchPlan(): TouchPlan {
  const entries = new Map<string, Entry>();

  return {
    touch(serviceId, offsetsMs, nowMs, spec) {
      const entry = entries.get(serviceId) ?? { dueMs: [], spec: false };
      const wanted = offsetsMs.map((offsetMs) => nowMs + offsetMs);
      const first = Math.min(...entry.dueMs, ...wanted);
      // The newest hint's ladder replaces an older one's, whose first step is kept if it comes sooner.
      entry.dueMs = first < (wanted[0] ?? first) ? [first, ...wanted] : wanted;
      entry.spec ||= spec;
      entries.set(serviceId, entry);
    },
    ensure(serviceId, withinMs, nowMs) {
      if (!entries.has(serviceId)) entries.set(serviceId, { dueMs: [nowMs + withinMs], spec: false });
    },
    nextMs() {
      let nextMs: number | null = null;
      for (const { dueMs } of entries.values()) {
        const first = dueMs[0];
        if (first !== undefined && (nextMs === null || first < nextMs)) nextMs = first;
      }
      return nextMs;
    },
    take(nowMs, alsoWithinMs) {
      const touched: Touched[] = [];
      for (const [serviceId, entry] of entries) {
        if ((entry.dueMs[0] ?? Number.POSITIVE_INFINITY) > nowMs + alsoWithinMs) continue;
        touched.push({ serviceId, spec: entry.spec });
        entry.dueMs = entry.dueMs.filter((dueMs) => dueMs > nowMs + alsoWithinMs);
        if (entry.dueMs.length === 0) entries.delete(serviceId);
      }
      return touched;
    },
    clear: () => entries.clear(),
  };
}

/** So many at once that one full list is cheaper than naming them. */
export function isFullListCheaper(touched: number, services: number): boolean {
  return touched > LIMITS.touchedMax || touched > Math.max(3, services * LIMITS.touchedShare);
}
