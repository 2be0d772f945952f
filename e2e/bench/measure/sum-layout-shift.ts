/** One moment at which something moved that nobody had touched. */
export interface Shift {
  /** Of the page's own clock. */
  atMs: number;
  value: number;
  /** What moved most, from where to where, for people. */
  moved: readonly string[];
}

const GAP_MS = 1_000;
const WINDOW_MS = 5_000;

/** The worst burst, as browsers report it: shifts less than 1 s apart, 5 s at most (https://web.dev/articles/cls). */
export function sumLayoutShift(shifts: readonly Shift[]): number {
  let worst = 0;
  let sum = 0;
  let fromMs = Number.NEGATIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { atMs, value } of shifts) {
    if (atMs - lastMs >= GAP_MS || atMs - fromMs >= WINDOW_MS) {
      sum = 0;
      fromMs = atMs;
    }
    lastMs = atMs;
    sum += value;
    worst = Math.max(worst, sum);
  }
  return worst;
}
