/**
 * How long to wait until everything is listed again. Bounded by its cost: listing takes at most 5 % of the time, and
 * some 1.5 MB a minute (a task is 1.7 kB). `covered`: every engine is watched, so that the list only confirms; without,
 * it is the only way to see a task end.
 */
export function toListPaceMs(cost: { tookMs: number; tasks: number; covered: boolean }): number {
  const { tookMs, tasks, covered } = cost;
  const floorMs = covered ? 10_000 : 3_000;
  const bySizeMs = tasks * (covered ? 75 : 5);
  return Math.min(covered ? 120_000 : 60_000, Math.max(floorMs, 20 * tookMs, bySizeMs));
}
