import { createTokenBucket } from '#lib/flow/create-rate-limit.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { Timers } from '#lib/flow/timers.ts';

/** So many connections a second, in the order in which they ask: else one round of many would take each that comes up. */
export interface Turns {
  next(signal: AbortSignal): Promise<void>;
}

export function createTurns(options: {
  perSecond: number;
  burst: number;
  steadyMs(): number;
  setTimer: Timers['setTimer'];
}): Turns {
  const { perSecond, burst, steadyMs, setTimer } = options;
  const rate = createTokenBucket({ perSecond, burst, nowMs: steadyMs });
  const line = createSemaphore(1);
  return {
    async next(signal) {
      const turn = line.acquire();
      await turn.ready;
      while (!rate.take() && !signal.aborted)
        await new Promise<void>((resolve) => void setTimer(Math.max(1, rate.waitMs()), resolve));
      turn.release();
    },
  };
}
