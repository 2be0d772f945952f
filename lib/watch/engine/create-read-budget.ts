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
  /** Gives a turn back that is not needed any more. */
  release(): void;
  /** An engine told that a command ended in a container. */
  countEvent(): void;
}

const COUNT_MS = 1_000;
/** How fast the count of events follows what happens: two thirds of it in so long. */
const FOLLOW_MS = 30_000;

/** `containers`: how many there are, on all engines; asked once a second, since it counts them engine by engine. */
export function createReadBudget(clock: Pick<Clock, 'steadyMs'>, containers: () => number): ReadBudget {
  let nextMs = 0;
  let countedAtMs: number | null = null;
  let stepMs = 0;
  let events = 0;
  let eventsPerMinute = 0;
  /** Of what the count follows, how much was seen yet: soon after the start it is what came since then, not nearly none. */
  let seen = 0;

  function count(nowMs: number): void {
    if (countedAtMs !== null && nowMs > countedAtMs) {
      const passedMs = nowMs - countedAtMs;
      const share = 1 - Math.exp(-passedMs / FOLLOW_MS);
      eventsPerMinute += ((events * 60_000) / passedMs - eventsPerMinute) * share;
      seen += (1 - seen) * share;
    }
    events = 0;
    countedAtMs = nowMs;
    stepMs = 60_000 / toReadsPerMinute(containers(), seen === 0 ? 0 : eventsPerMinute / seen);
  }

  return {
    reserve() {
      const nowMs = clock.steadyMs();
      if (countedAtMs === null || nowMs - countedAtMs >= COUNT_MS || nowMs < countedAtMs) count(nowMs);
      nextMs = Math.max(nextMs, nowMs - LIMITS.routineBurst * stepMs) + stepMs;
      return Math.max(0, nextMs - nowMs);
    },
    release() {
      nextMs -= stepMs;
    },
    countEvent() {
      events += 1;
    },
  };
}

/** What all containers together may cost, less what their probes' events cost: within what each is read at least, and all at most. */
export function toReadsPerMinute(containers: number, eventsPerMinute: number): number {
  const bytes = LIMITS.routineBytes + LIMITS.routineBytesPerContainer * containers;
  const left = (bytes - eventsPerMinute * LIMITS.probeEventBytes) / LIMITS.routineReadBytes;
  const least = Math.max(LIMITS.routineMin, containers * LIMITS.routinePerContainer);
  return Math.min(LIMITS.routineMax, Math.max(least, left));
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
  { containers, engines }: { containers(): number; engines(): number },
): SharedPace {
  const syncsAtOnce = () =>
    Math.min(LIMITS.syncsAtMost, Math.max(LIMITS.syncsAtOnce, engines() / LIMITS.enginesASync));
  return {
    budget: createReadBudget(clock, containers),
    turns: createSharedTurns(clock),
    syncs: createSemaphore(syncsAtOnce),
    openings: createSemaphore(LIMITS.openingsAtOnce),
    containers,
  };
}
