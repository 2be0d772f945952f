import type { Clock, Timer } from './clock.ts';
import { LIMITS } from './limits.ts';

/** Spreads reads that nothing hurries for: a bounded number a minute for one engine, with a small burst. */
export interface Routine {
  /** Plans one turn for this container, unless it already waits for one. */
  add(id: string, spreadMs: number): void;
  reset(): void;
}

const BURST = 10;
/** A probe's result is in the log well after this. */
const SETTLE_MS = 150;

export function createRoutine(clock: Clock, onTurn: (id: string) => void): Routine {
  const stepMs = 60_000 / LIMITS.routinePerMinute;
  const timers = new Map<string, Timer>();
  let nextMs = 0;

  return {
    add(id, spreadMs) {
      if (timers.has(id)) return;
      const nowMs = clock.nowMs();
      nextMs = Math.max(nextMs, nowMs - BURST * stepMs) + stepMs;
      const delayMs = Math.max(SETTLE_MS + clock.random() * spreadMs, nextMs - nowMs);
      timers.set(
        id,
        clock.setTimer(delayMs, () => {
          timers.delete(id);
          onTurn(id);
        }),
      );
    },
    reset() {
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
      nextMs = 0;
    },
  };
}
