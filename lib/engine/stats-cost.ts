/**
 * Engines up to 22 answer at the next tick of their collector, once a second, and spend that time asleep (moby 20.10
 * daemon/stats/collector.go; measured: 990 ms each). What takes longer than this has waited.
 */
const WAITED_MS = 300;
/** Measured on 20.10: 5 to 9 ms of dockerd, containerd and shim together. On 28 an answer takes what it costs, 3 to 5 ms. */
const TICK_COST_MS = 10;

/** What an answer to `/containers/{id}/stats` has cost its engine, by how long it took, ms: rather too much than too little. */
export function toStatsCostMs(tookMs: number): number {
  return tookMs > WAITED_MS ? TICK_COST_MS : tookMs;
}

/** So many at a time: those of an older engine share one tick. */
export const MAX_STATS_AT_ONCE = 4;
