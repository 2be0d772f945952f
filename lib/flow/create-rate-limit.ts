/** How much may pass: `burst` at once, then `perSecond`. `nowMs` is monotonic. */
export interface Rate {
  perSecond: number;
  burst: number;
  nowMs(): number;
}

export interface TokenBucket {
  /** @returns whether one more may pass; it is counted when it may */
  take(): boolean;
  /** How long until one more may pass; 0: now. */
  waitMs(): number;
}

export function createTokenBucket({ perSecond, burst, nowMs }: Rate): TokenBucket {
  let left = burst;
  let atMs = nowMs();
  const fill = () => {
    const now = nowMs();
    left = Math.min(burst, left + ((now - atMs) / 1000) * perSecond);
    atMs = now;
  };
  return {
    take() {
      fill();
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    waitMs() {
      fill();
      return left >= 1 ? 0 : Math.ceil(((1 - left) / perSecond) * 1000);
    },
  };
}

/** Says whether one more may pass. */
export interface RateLimit {
  take(key: string): boolean;
}

const MAX_KEYS = 1_000;

/** A bucket for each key. The keys are bounded: beyond, the one that was quiet for longest starts anew. */
export function createRateLimit(rate: Rate): RateLimit {
  const buckets = new Map<string, TokenBucket>();
  return {
    take(key) {
      const bucket = buckets.get(key) ?? createTokenBucket(rate);
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > MAX_KEYS) buckets.delete(buckets.keys().next().value ?? '');
      return bucket.take();
    },
  };
}
