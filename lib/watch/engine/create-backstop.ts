import type { Clock, Timer } from '#lib/watch/clock.ts';

/** Lists an engine's containers at a slow pace: what no event told shows there. */
export interface Backstop {
  /** Plans the next list, by how many containers there are. */
  plan(): void;
  stop(): void;
}

export function createBackstop(clock: Clock, count: () => number, onDue: () => void): Backstop {
  let timer: Timer | null = null;

  function stop(): void {
    timer?.cancel();
    timer = null;
  }

  return {
    plan() {
      stop();
      const paceMs = Math.min(180_000, 30_000 + 300 * count());
      timer = clock.setTimer(paceMs * (0.8 + clock.random() * 0.4), () => {
        timer = null;
        onDue();
      });
    },
    stop,
  };
}
