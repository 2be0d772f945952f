import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/**
 * What nobody waits for, of all engines: what is due within half a second of each other is done at one moment, since each time
 * that a process wakes up costs as much as what it does then.
 */
export interface SharedTurns {
  /** Calls `work` once, at the first such moment that is at least so far away. */
  plan(delayMs: number, work: () => void): Timer;
}

interface Turn {
  timer: Timer;
  works: Set<() => void>;
}

export function createSharedTurns(clock: Pick<Clock, 'steadyMs' | 'setTimer'>): SharedTurns {
  /** By the number of its half second on the steady clock. */
  const turns = new Map<number, Turn>();

  function open(number: number, nowMs: number): Turn {
    const run = () => {
      turns.delete(number);
      for (const work of works) work();
    };
    const works = new Set<() => void>();
    const turn = { works, timer: clock.setTimer(number * LIMITS.turnMs - nowMs, run) };
    turns.set(number, turn);
    return turn;
  }

  return {
    plan(delayMs, work) {
      const nowMs = clock.steadyMs();
      const number = Math.ceil((nowMs + delayMs) / LIMITS.turnMs);
      const own = () => work();
      const turn = turns.get(number) ?? open(number, nowMs);
      turn.works.add(own);
      return {
        cancel() {
          turn.works.delete(own);
          if (turn.works.size > 0) return;
          turn.timer.cancel();
          if (turns.get(number) === turn) turns.delete(number);
        },
      };
    },
  };
}
