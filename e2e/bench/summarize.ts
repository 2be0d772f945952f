/** Some values of one row, and what is reported of them. */
export interface Summary {
  median: number;
  p95: number;
  values: number[];
  /** Changes that were never seen. */
  missed: number;
}

/** Median and 95th percentile, each a value that was measured (nearest rank). */
export function summarize(values: readonly number[], missed = 0): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { median: rank(0.5), p95: rank(0.95), values: [...values], missed };
}
