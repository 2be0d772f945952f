import { TASK_STATES, type Task, type TaskState } from '#lib/model/docker/task.ts';
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

const RUNNING = TASK_STATES.indexOf('running');

/** Will this task change again soon, without an event to say so? Waiting for a node counts: it may be found any moment. */
export function isInTransition(task: Task): boolean {
  const state = TASK_STATES.indexOf(task.state as TaskState);
  const desired = TASK_STATES.indexOf(task.desiredState as TaskState);
  if (state < 0 || desired < 0) return false;
  if (state > RUNNING) return false;
  // On its way up, or running and told to stop (`complete` is what a job's running task is meant to reach).
  return state < RUNNING || (desired > RUNNING && task.desiredState !== 'complete');
}

/**
 * How long to wait until everything is listed again. Bounded by its cost: listing takes at most 5 % of the time, and
 * some 1.5 MB a minute (a task is 1.7 kB). `covered`: every engine is watched, so that the list only confirms; without,
 * it is the only way to see a task end.
 */
export function toListPaceMs(cost: { tookMs: number; tasks: number; covered: boolean }): number {
  const { tookMs, tasks, covered } = cost;
  const floorMs = covered ? 10_000 : 3_000;
  const bySizeMs = tasks * (covered ? 75 : 5);
  return Math.min(covered ? 120_000 : 60_000, Math.max(floorMs, 20 * tookMs, bySizeMs));
}
