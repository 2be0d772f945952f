import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** Containers that a manager tells of and that are not known yet: their events come in a moment, or got lost. */
export interface Expected {
  /** From now on; before, a full read is under way, or the engine cannot be read. */
  begin(): void;
  add(id: string): void;
  reset(): void;
}

/** @param onDue so long after it was told of; once for each, also where it is told of again and again */
export function createExpected(clock: Pick<Clock, 'setTimer'>, onDue: (id: string) => void): Expected {
  const waiting = new Map<string, Timer>();
  let isOn = false;

  return {
    begin() {
      isOn = true;
    },
    add(id) {
      if (!isOn || waiting.has(id)) return;
      const timer = clock.setTimer(LIMITS.expectedMs, () => {
        waiting.delete(id);
        onDue(id);
      });
      waiting.set(id, timer);
    },
    reset() {
      isOn = false;
      for (const timer of waiting.values()) timer.cancel();
      waiting.clear();
    },
  };
}
