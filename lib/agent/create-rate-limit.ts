/** Says whether one more may pass. */
export interface RateLimit {
  take(key: string): boolean;
}

const MAX_KEYS = 1_000;

/** A bucket of `burst` for each key, refilled by `perSecond`. The keys are bounded: beyond, the oldest starts anew. */
export function createRateLimit(options: { perSecond: number; burst: number; nowMs(): number }): RateLimit {
  const { perSecond, burst, nowMs } = options;
  const buckets = new Map<string, { left: number; atMs: number }>();
  return {
    take(key) {
      const atMs = nowMs();
      const known = buckets.get(key);
      const left = Math.min(
        burst,
        (known?.left ?? burst) + ((atMs - (known?.atMs ?? atMs)) / 1000) * perSecond,
      );
      buckets.delete(key);
      buckets.set(key, { left: left < 1 ? left : left - 1, atMs });
      if (buckets.size > MAX_KEYS) buckets.delete(buckets.keys().next().value ?? '');
      return left >= 1;
    },
  };
}
