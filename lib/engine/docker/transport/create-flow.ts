/** A token bucket: how much may come, at a steady pace with a burst. */
export interface Flow {
  /** Takes this much. `false`: more came than may. */
  take(amount: number): boolean;
}

/** `steadyMs`: a clock that nobody sets, ms. */
export function createFlow(
  { perSecond, burst }: { perSecond: number; burst: number },
  steadyMs: () => number,
): Flow {
  let left = burst;
  let atMs = steadyMs();
  return {
    take(amount) {
      const nowMs = steadyMs();
      left = Math.min(burst, left + ((nowMs - atMs) / 1_000) * perSecond);
      atMs = nowMs;
      left -= amount;
      return left >= 0;
    },
  };
}
