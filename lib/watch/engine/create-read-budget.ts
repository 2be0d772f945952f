import { createSemaphore, type Semaphore } from '#lib/flow/create-semaphore.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { createSharedTurns, type SharedTurns } from './create-shared-turns.ts';

/**
 * What may be spent, on all engines together, on reads that nothing hurries for: a steady number a minute, with a small
 * burst. Whoever asks gets the next free turn, so that with more requests than turns everyone's come rarer.
 */
export interface ReadBudget {
  /** Takes the next turn. @returns how long until it comes, ms */
  reserve(): number;
}

const COUNT_MS = 1_000;

/** `containers`: how many there are, on all engines; asked once a second, since it counts them engine by engine. */
export function createReadBudget(clock: Pick<Clock, 'steadyMs'>, containers: () => number): ReadBudget {
  let nextMs = 0;
  let countedAtMs = Number.NEGATIVE_INFINITY;
  let stepMs = 0;
  return {
    reserve() {
      const nowMs = clock.steadyMs();
      if (nowMs - countedAtMs >= COUNT_MS || nowMs < countedAtMs) {
        stepMs = 60_000 / toReadsPerMinute(containers());
        countedAtMs = nowMs;
      }
      nextMs = Math.max(nextMs, nowMs - LIMITS.routineBurst * stepMs) + stepMs;
      return Math.max(0, nextMs - nowMs);
    },
  };
}

/** Grows with the swarm, so that what one container costs stays the same, within what a small one is given and a large one may take. */
export function toReadsPerMinute(containers: number): number {
  const bySize = containers * LIMITS.routinePerContainer;
  return Math.min(LIMITS.routineMax, Math.max(LIMITS.routineMin, bySize));
}

/** What the watches of all engines share, so that many engines do not cost many times as much. */
export interface SharedPace {
  budget: ReadBudget;
  turns: SharedTurns;
  syncs: Semaphore;
  openings: Semaphore;
  /** How many containers there are, on all engines. */
  containers(): number;
}

export function createSharedPace(
  clock: Pick<Clock, 'steadyMs' | 'setTimer'>,
  containers: () => number,
): SharedPace {
  return {
    budget: createReadBudget(clock, containers),
    turns: createSharedTurns(clock),
    syncs: createSemaphore(LIMITS.syncsAtOnce),
    openings: createSemaphore(LIMITS.openingsAtOnce),
    containers,
  };
}
