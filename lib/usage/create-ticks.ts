import type { Timers } from '#lib/flow/timers.ts';

/** When it is looked for what is due: often while there is something or somebody looks, and else hardly ever. */
export interface Ticks {
  /** Somebody looks now, and for a while. */
  beSoon(): void;
  close(): void;
}

const TICK_MS = 500;
const IDLE_TICK_MS = 2_000;

/**
 * @param tick answers whether anything was due
 * @param lookMs so long after a look there may be another one
 */
export function createTicks(
  timers: Timers & { steadyMs(): number },
  lookMs: number,
  tick: () => boolean,
): Ticks {
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let isIdle = false;
  let timer = timers.setTimer(TICK_MS, again);

  function again(): void {
    const isDue = tick();
    isIdle = !isDue && timers.steadyMs() - lookedAtMs > lookMs;
    // At the moments of other clocks of this process: each time that it wakes up costs as much as what it does then.
    timer = timers.setTimer(isIdle ? IDLE_TICK_MS - (timers.nowMs() % IDLE_TICK_MS) : TICK_MS, again);
  }

  return {
    beSoon() {
      lookedAtMs = timers.steadyMs();
      if (!isIdle) return;
      isIdle = false;
      timer.cancel();
      timer = timers.setTimer(TICK_MS, again);
    },
    close: () => timer.cancel(),
  };
}
