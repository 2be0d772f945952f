import type { Clock, Timer } from '#lib/watch/clock.ts';
import type { SharedPace } from '#lib/watch/engine/create-read-budget.ts';

/** Reads of one engine that nothing hurries for, each in its turn. */
export interface BackgroundReads {
  /** Plans one turn for this container, unless it already waits for one. */
  add(id: string, spreadMs: number): void;
  reset(): void;
}

/** A probe's result is in the log well after this. */
const SETTLE_MS = 150;

export function createBackgroundReads(
  clock: Pick<Clock, 'random'>,
  { budget, turns }: Pick<SharedPace, 'budget' | 'turns'>,
  onDue: (id: string) => void,
): BackgroundReads {
  const timers = new Map<string, Timer>();

  return {
    add(id, spreadMs) {
      if (timers.has(id)) return;
      const plannedMs = Math.max(SETTLE_MS + clock.random() * spreadMs, budget.reserve());
      timers.set(
        id,
        turns.plan(plannedMs, () => {
          timers.delete(id);
          onDue(id);
        }),
      );
    },
    reset() {
      for (const timer of timers.values()) {
        timer.cancel();
        budget.release();
      }
      timers.clear();
    },
  };
}
