import { TASK_STATES, type Task, type TaskState } from '#lib/model/docker/task.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/**
 * Which services' tasks are to be read again, and when. Mutable, because at a thousand services a copy per hint would
 * cost more than the hint; without a clock, so that it is as easy to test as a value.
 */
export interface TouchPlan {
  /**
   * Reads at these offsets from now.
   *
   * - `spec`: the service itself too, not only its tasks
   * - `slots`: the tasks of these alone; left out, of all
   */
  touch(
    serviceId: string,
    offsetsMs: readonly number[],
    nowMs: number,
    what: { spec: boolean; slots?: Slots },
  ): void;
  /** Reads once within this time, unless a read is planned already; that reads these slots, too. */
  ensure(serviceId: string, withinMs: number, nowMs: number, slots: Slots): void;
  /** When the next read is due; `null` when none is. */
  nextMs(): number | null;
  /** Takes what is due, and what would be within `alsoWithinMs`: one request does for all. Who has waited longest comes first. */
  take(nowMs: number, alsoWithinMs: number): Due[];
  /** What was taken and could not be read yet stays due, before what else is planned for it. */
  postpone(due: Due): void;
  clear(): void;
}

/** Of a service the tasks in these slots; `null`: all of them. */
export type Slots = ReadonlySet<number> | null;

export interface Touched {
  serviceId: string;
  spec: boolean;
  slots: Slots;
}

export interface Due extends Touched {
  /** Since when. */
  dueMs: number;
}

interface Entry {
  dueMs: number[];
  spec: boolean;
  slots: Slots;
}

export const NOWHERE: Slots = new Set();

export const joinSlots = (one: Slots, other: Slots): Slots =>
  one && other ? new Set([...one, ...other]) : null;

export function createTouchPlan(): TouchPlan {
  const entries = new Map<string, Entry>();

  return {
    touch(serviceId, offsetsMs, nowMs, { spec, slots = null }) {
      const entry = entries.get(serviceId) ?? { dueMs: [], spec: false, slots: NOWHERE };
      const wanted = offsetsMs.map((offsetMs) => nowMs + offsetMs);
      const first = Math.min(...entry.dueMs, ...wanted);
      // The newest hint's ladder replaces an older one's, whose first step is kept if it comes sooner.
      entry.dueMs = first < (wanted[0] ?? first) ? [first, ...wanted] : wanted;
      entry.spec ||= spec;
      entry.slots = joinSlots(entry.slots, slots);
      entries.set(serviceId, entry);
    },
    ensure(serviceId, withinMs, nowMs, slots) {
      const entry = entries.get(serviceId);
      if (entry) entry.slots = joinSlots(entry.slots, slots);
      else entries.set(serviceId, { dueMs: [nowMs + withinMs], spec: false, slots });
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
      const due: Due[] = [];
      for (const [serviceId, entry] of entries) {
        const dueMs = entry.dueMs[0] ?? Number.POSITIVE_INFINITY;
        if (dueMs > nowMs + alsoWithinMs) continue;
        due.push({ serviceId, spec: entry.spec, slots: entry.slots, dueMs });
        entry.dueMs = entry.dueMs.filter((dueMs) => dueMs > nowMs + alsoWithinMs);
        if (entry.dueMs.length === 0) entries.delete(serviceId);
      }
      return due.sort((a, b) => a.dueMs - b.dueMs);
    },
    postpone({ serviceId, spec, slots, dueMs }) {
      const entry = entries.get(serviceId) ?? { dueMs: [], spec: false, slots: NOWHERE };
      const later = entry.dueMs.filter((atMs) => atMs > dueMs);
      const joined = joinSlots(entry.slots, slots);
      entries.set(serviceId, { dueMs: [dueMs, ...later], spec: entry.spec || spec, slots: joined });
    },
    clear: () => entries.clear(),
  };
}

/**
 * Is one full list cheaper than to ask for what was touched? By what each brings: at ten thousand tasks a full list is 17 MB, and
 * twenty-one slots of as many services are 40 kB.
 */
export function isFullListCheaper(touched: { services: number; tasks: number }, allTasks: number): boolean {
  const { services, tasks } = touched;
  if (services > LIMITS.touchedMany) return true;
  const share = services > LIMITS.touchedMax ? LIMITS.touchedManyShare : LIMITS.touchedShare;
  return services > LIMITS.touchedFew && tasks > allTasks * share;
}

const READY = TASK_STATES.indexOf('ready');
const STARTING = TASK_STATES.indexOf('starting');
const RUNNING = TASK_STATES.indexOf('running');

/**
 * Will this task change again soon? `unseen`: without an event to say so, as one that waits for a node, which may be found
 * any moment. `seen`: its engine says so, of a container that starts, becomes healthy or ends.
 */
export function findTransition(task: Task): 'unseen' | 'seen' | null {
  const state = TASK_STATES.indexOf(task.state as TaskState);
  const desired = TASK_STATES.indexOf(task.desiredState as TaskState);
  if (state < 0 || desired < 0 || state > RUNNING) return null;
  // `complete` is what a job's running task is meant to reach.
  if (state === RUNNING) return desired > RUNNING && task.desiredState !== 'complete' ? 'seen' : null;
  // A slot that waits for its restart delay has a container already.
  return state === STARTING || (state === READY && desired === READY) ? 'seen' : 'unseen';
}

/**
 * How long to wait until everything is listed again. Bounded by its cost: listing takes at most 5 % of the time, and
 * some 0.9 MB a minute (a task is 1.7 kB), of ten thousand tasks 6 MB, of a hundred thousand 35. `covered`: every engine is watched,
 * so that the list only confirms; without, it is the only way to see a task end.
 */
export function toListPaceMs(cost: { tookMs: number; tasks: number; covered: boolean }): number {
  const { tookMs, tasks, covered } = cost;
  const floorMs = covered ? 10_000 : 3_000;
  const bySizeMs = tasks * (covered ? 120 : 5);
  return Math.min(covered ? Math.max(180_000, 3 * tasks) : 60_000, Math.max(floorMs, 20 * tookMs, bySizeMs));
}
