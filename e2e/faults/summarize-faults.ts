import type { FaultResults } from './run-faults.ts';

export interface FaultSummary {
  times: number;
  medianMs: number;
  worstMs: number;
}

/** By kind of fault: how often, and how long the picture was untrue after it. */
export function summarizeFaults(results: FaultResults): Record<string, FaultSummary> {
  return Object.fromEntries(
    [...results].map(([kind, all]) => {
      const sorted = all.toSorted((a, b) => a - b);
      const medianMs = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
      return [kind, { times: sorted.length, medianMs, worstMs: sorted.at(-1) ?? 0 }];
    }),
  );
}
