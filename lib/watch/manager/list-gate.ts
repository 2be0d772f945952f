/** One kind of list: one at a time, and the next not before what the last one cost allows. Times are of the steady clock. */
export interface ListGate {
  isUnderWay(): boolean;
  /** None is under way, and the last one is long enough ago. */
  isOpen(nowMs: number): boolean;
  notBeforeMs(): number;
  /** What the last one took. */
  tookMs(): number;
  /** When the last one that came whole did. */
  endedMs(): number;
  begin(nowMs: number): void;
  /** @param toGapMs from what it took, how long it is to be left alone */
  end(nowMs: number, toGapMs: (tookMs: number) => number): void;
  reset(): void;
}

export function createListGate(): ListGate {
  let beganMs: number | null = null;
  let notBeforeMs = 0;
  let tookMs = 0;
  let endedMs = Number.NEGATIVE_INFINITY;

  return {
    isUnderWay: () => beganMs !== null,
    isOpen: (nowMs) => beganMs === null && nowMs >= notBeforeMs,
    notBeforeMs: () => notBeforeMs,
    tookMs: () => tookMs,
    endedMs: () => endedMs,
    begin(nowMs) {
      beganMs = nowMs;
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
