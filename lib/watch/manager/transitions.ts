import type { Task } from '#lib/model/docker/task.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { findTransition } from './touch-plan.ts';

/** Services with tasks that will change again soon, without an event to say so, and since when. */
export interface Transitions {
  /**
   * @param covered every engine is watched: what its events show is looked for less often, should an event have come too early
   * @returns within which time to look again, ms; `null`: nothing is on its way
   */
  see(serviceId: string, tasks: readonly Task[], nowMs: number, covered: boolean): number | null;
  /** Forgets all that have no tasks any more. */
  keep(has: (serviceId: string) => boolean): void;
}

export function createTransitions(): Transitions {
  const sinceMs = new Map<string, number>();

  return {
    see(serviceId, tasks, nowMs, covered) {
      const kinds = new Set(tasks.map(findTransition));
      if (!kinds.has('unseen') && !kinds.has('seen')) {
        sinceMs.delete(serviceId);
        return null;
      }
      const beganMs = sinceMs.get(serviceId) ?? nowMs;
      sinceMs.set(serviceId, beganMs);
      if (nowMs - beganMs >= LIMITS.transitionFastForMs) return LIMITS.transitionSlowMs;
      return covered && !kinds.has('unseen') ? LIMITS.transitionSeenMs : LIMITS.transitionMs;
    },
    keep(has) {
      for (const serviceId of sinceMs.keys()) if (!has(serviceId)) sinceMs.delete(serviceId);
    },
  };
}
