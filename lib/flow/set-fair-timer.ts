import { performance } from 'node:perf_hooks';

/** How long this thread was held so far, ms: at work, or in the line of others for the processor. Not while it waits. */
export const readHeldMs = (): number => performance.eventLoopUtilization().active;

/** So many times its own length at most what we compute ourselves is added to a limit: something must end it. */
const MAX_TIMES = 4;
/** Less than this share of the time at work is no excuse. */
const BUSY_SHARE = 0.25;

/**
 * How much longer to wait for an answer, ms.
 * - `heldMs` how long this thread was held of the `forMs` that were waited
 * - `lateMs` how much later than that our own timer came: so long nobody woke us, which no count of our own work has
 * - `leftMs` what may be added at most, see {@link toMostExcusedMs}
 */
export function toExcusedMs(waited: {
  heldMs: number;
  lateMs: number;
  forMs: number;
  leftMs: number;
}): number {
  const { forMs, leftMs } = waited;
  const oursMs = Math.max(waited.heldMs, waited.lateMs);
  const moreMs = oursMs < forMs * BUSY_SHARE ? 0 : Math.min(oursMs, forMs, leftMs);
  return moreMs > 1 ? moreMs : 0;
}

export const toMostExcusedMs = (limitMs: number): number => limitMs * MAX_TIMES;

/**
 * A limit for somebody else's answer, in which our own work does not count: while this thread computes, or stands in the line
 * of others for the processor, it reads no answer. Then as much is added, and nobody is called late for our sake; whoever
 * does not answer a thread that waits for it is found after `limitMs`. Thread time as Node's event loop counts it
 * (`performance.eventLoopUtilization`).
 */
export function setFairTimer(limitMs: number, run: () => void): { cancel(): void } {
  let leftMs = toMostExcusedMs(limitMs);
  let handle: NodeJS.Timeout | NodeJS.Immediate;
  let cancelled = false;

  function wait(forMs: number) {
    const from = readHeldMs();
    const dueMs = performance.now() + forMs;
    handle = setTimeout(() => {
      const heldMs = readHeldMs() - from;
      const moreMs = toExcusedMs({ heldMs, lateMs: performance.now() - dueMs, forMs, leftMs });
      leftMs -= moreMs;
      if (moreMs > 0) wait(moreMs);
      // The answer may be here, unread: it is looked for before anybody is called late.
      else handle = setImmediate(() => cancelled || run());
    }, forMs);
  }

  wait(limitMs);
  return {
    cancel() {
      cancelled = true;
      clearTimeout(handle as NodeJS.Timeout);
    },
  };
}
