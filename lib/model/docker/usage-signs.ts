/** What a container's use says of its near future: what the rules of `lib/model/findings/near-limit.ts` speak of. */
export interface UsageSigns {
  memory: {
    /** 60, 90, 95, 97 or 99: it seldom changes. */
    percent: number;
    maxBytes: number;
    sinceMs: number;
    /** So long until it is full if it goes on so, in steps; `null`: it does not plainly grow. */
    fullInMs: number | null;
  } | null;
  throttled: { percent: number; maxCores: number | null; sinceMs: number } | null;
  pids: { percent: number; max: number; sinceMs: number } | null;
  /** Its engine, which answers all else, was asked several times and did not answer; since when. */
  silent: { sinceMs: number } | null;
}

export const NO_USAGE_SIGNS: UsageSigns = Object.freeze({
  memory: null,
  throttled: null,
  pids: null,
  silent: null,
});
