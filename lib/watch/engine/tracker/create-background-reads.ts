import type { Clock, Timer } from '#lib/watch/clock.ts';
import type { ReadBudget } from '#lib/watch/engine/create-read-budget.ts';

/** Reads of one engine that nothing hurries for, each in its turn. */
export interface BackgroundReads {
  /** Plans one turn for this container, unless it already waits for one. */
  add(id: string, spreadMs: number): void;
  reset(): void;
}

/** A probe's result is in the log well after this. */
const SETTLE_MS = 150;
/** Nobody waits for these: timers of few lengths share what Node keeps for each length. */
const STEP_MS = 50;

export function createBackgroundReads(
  clock: Clock,
  budget: ReadBudget,
  onDue: (id: string) => void,
): BackgroundReads {
  const timers = new Map<string, Timer>();

  return {
    add(id, spreadMs) {
      if (timers.has(id)) return;
      const plannedMs = Math.max(SETTLE_MS + clock.random() * spreadMs, budget.reserve());
      const delayMs = Math.ceil(plannedMs / STEP_MS) * STEP_MS;
      timers.set(
        id,
        clock.setTimer(delayMs, () => {
          timers.delete(id);
          onDue(id);
        }),
      );
    },
    reset() {
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
    },
  };
}
