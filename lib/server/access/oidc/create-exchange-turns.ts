import { createFairQueue } from '#lib/server/http/create-fair-queue.ts';

/** Who may ask the provider about a code, and when: every stranger can make codes up. */
export interface ExchangeTurns {
  /**
   * @param party whom it counts for: one of each in turn
   * @param isGone whether nobody waits for it any more
   * @returns what `work` gives; `null`: it was not begun, because too many wait, or nobody does
   */
  take<Result>(party: string, isGone: () => boolean, work: () => Promise<Result>): Promise<Result | null>;
}

/** @param holdMs so long a place is kept after work that failed: so many made-up codes at a time, not as many as fit */
export function createExchangeTurns({
  maxAtOnce,
  maxWaiting,
  holdMs,
}: {
  maxAtOnce: number;
  maxWaiting: number;
  holdMs: number;
}): ExchangeTurns {
  const waiting = createFairQueue<() => void>(maxWaiting);
  let taken = 0;

  function run(): void {
    while (taken < maxAtOnce) {
      const next = waiting.take();
      if (next === null) return;
      next();
    }
  }

  function leave(): void {
    taken -= 1;
    run();
  }

  return {
    take(party, isGone, work) {
      return new Promise((resolve, reject) => {
        const begin = () => {
          if (isGone()) {
            resolve(null);
            return;
          }
          taken += 1;
          work().then(
            (result) => {
              leave();
              resolve(result);
            },
            (error) => {
              setTimeout(leave, holdMs).unref();
              reject(error);
            },
          );
        };
        waiting.add(begin, party, () => resolve(null));
        run();
      });
    },
  };
}
