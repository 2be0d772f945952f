import type { Clock, Timer } from '#lib/watch/clock.ts';
import type { Attempts } from '#lib/watch/create-attempts.ts';

/** Lists an engine's containers at a slow pace: what no event told shows there. */
export interface Backstop {
  /** Plans the next list, by how many containers there are. */
  plan(): void;
  /** Lists now: more happened than was seen. */
  now(): void;
  stop(): void;
}

export interface BackstopOptions {
  clock: Clock;
  count(): number;
  /** Lists, and reads what differs. */
  compare(): Promise<void>;
  attempt: Attempts['attempt'];
  onCompared(): void;
  onFailed(error: unknown): void;
}

export function createBackstop(options: BackstopOptions): Backstop {
  const { clock } = options;
  let timer: Timer | null = null;

  function stop(): void {
    timer?.cancel();
    timer = null;
  }

  function plan(): void {
    stop();
    const paceMs = Math.min(180_000, 30_000 + 300 * options.count());
    timer = clock.setTimer(paceMs * (0.8 + clock.random() * 0.4), () => {
      timer = null;
      now();
    });
  }

  function now(): void {
    options.attempt(
      options.compare(),
      () => {
        options.onCompared();
        plan();
      },
      (error) => {
        plan();
        options.onFailed(error);
      },
    );
  }

  return { plan, now, stop };
}
