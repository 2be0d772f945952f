import type { TokenBucket } from '#lib/flow/create-rate-limit.ts';

/** One kind of list: one at a time, and the next not before what the last one cost allows. Times are of the steady clock. */
export interface ListGate {
  isUnderWay(): boolean;
  /** None is under way, and the last one is long enough ago. */
  isOpen(nowMs: number): boolean;
  /** How long until the next one may begin, were none under way. */
  waitMs(nowMs: number): number;
  /** What the last one took. */
  tookMs(): number;
  /** When the last one that came whole did. */
  endedMs(): number;
  begin(nowMs: number): void;
  /** @param toGapMs from what it took, how long it is to be left alone */
  end(nowMs: number, toGapMs: (tookMs: number) => number): void;
  reset(): void;
}

/** @param budget how many may begin in a time, besides */
export function createListGate(budget: TokenBucket | null = null): ListGate {
  let beganMs: number | null = null;
  let notBeforeMs = 0;
  let tookMs = 0;
  let endedMs = Number.NEGATIVE_INFINITY;

  const waitMs = (nowMs: number) => Math.max(0, notBeforeMs - nowMs, budget?.waitMs() ?? 0);

  return {
    isUnderWay: () => beganMs !== null,
    isOpen: (nowMs) => beganMs === null && waitMs(nowMs) === 0,
    waitMs,
    tookMs: () => tookMs,
    endedMs: () => endedMs,
    begin(nowMs) {
      beganMs = nowMs;
      budget?.take();
    },
    end(nowMs, toGapMs) {
      if (beganMs === null) return;
      tookMs = nowMs - beganMs;
      beganMs = null;
      endedMs = nowMs;
      notBeforeMs = nowMs + toGapMs(tookMs);
    },
    reset() {
      beganMs = null;
      notBeforeMs = 0;
    },
  };
}
