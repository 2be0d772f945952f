import type { Task } from '#lib/model/docker/task.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { isInTransition } from './touch-plan.ts';

/** Services with tasks that will change again soon, without an event to say so, and since when. */
export interface Transitions {
  /** @returns within which time to look again, ms; `null`: nothing is on its way */
  see(serviceId: string, tasks: readonly Task[], nowMs: number): number | null;
  /** Forgets all that have no tasks any more. */
  keep(has: (serviceId: string) => boolean): void;
}

export function createTransitions(): Transitions {
  const sinceMs = new Map<string, number>();

  return {
    see(serviceId, tasks, nowMs) {
      if (!tasks.some(isInTransition)) {
        sinceMs.delete(serviceId);
        return null;
      }
      const beganMs = sinceMs.get(serviceId) ?? nowMs;
      sinceMs.set(serviceId, beganMs);
      return nowMs - beganMs < LIMITS.transitionFastForMs ? LIMITS.transitionMs : LIMITS.transitionSlowMs;
    },
    keep(has) {
      for (const serviceId of sinceMs.keys()) if (!has(serviceId)) sinceMs.delete(serviceId);
    },
  };
}
