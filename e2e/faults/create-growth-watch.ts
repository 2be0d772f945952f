import { setTimeout as sleep } from 'node:timers/promises';

/** Memory and what keeps a process alive (sockets, timers, …): must not grow, and be gone at the end. */
export interface GrowthWatch {
  /** After each schedule. */
  note(): void;
  describe(): string;
  /** @throws when memory, sockets or timers are more at the end than after the first schedules */
  check(): void;
  /** @throws when something is left that was not there at the start */
  checkNothingLeft(): void;
}

/** Caches fill and code is compiled: after that nothing has a reason to grow. */
const WARM_RUNS = 5;
const MAX_GROWTH_BYTES = 60_000_000;
const MAX_GROWTH_COUNT = 10;

export function createGrowthWatch(): GrowthWatch {
  const before = countResources();
  const heaps: number[] = [];
  const counts: Record<string, number>[] = [];
  const toMb = (bytes: number | undefined) => Math.round((bytes ?? 0) / 1e6);
  const min = (of: typeof counts, kind: string) => Math.min(...of.map((count) => count[kind] ?? 0));

  return {
    note() {
      globalThis.gc?.();
      heaps.push(process.memoryUsage().heapUsed);
      counts.push(countResources());
    },
    describe: () =>
      `Heap ${toMb(heaps[WARM_RUNS])} → ${toMb(heaps.at(-1))} MB, at most ${toMb(Math.max(...heaps))}; open: ${JSON.stringify(counts[WARM_RUNS])} → ${JSON.stringify(counts.at(-1))}`,
    check() {
      if (heaps.length <= 2 * WARM_RUNS) return;
      const [first = 0, last = 0] = [heaps[WARM_RUNS], heaps.at(-1)];
      if (globalThis.gc !== undefined && last - first > MAX_GROWTH_BYTES)
        throw new Error(`Memory grew from ${toMb(first)} to ${toMb(last)} MB.`);
      // How many are open differs from one moment to the next: what leaks is there at each of the last.
      for (const kind of Object.keys(counts.at(-1) ?? {})) {
        const [early, late] = [counts.slice(0, WARM_RUNS), counts.slice(-WARM_RUNS)];
        if (min(late, kind) > min(early, kind) + MAX_GROWTH_COUNT)
          throw new Error(`${kind} grew from ${min(early, kind)} to ${min(late, kind)}.`);
      }
    },
    checkNothingLeft() {
      for (const [kind, count] of Object.entries(countResources())) {
        const more = count - (before[kind] ?? 0);
        if (more > 0) throw new Error(`${more} more ${kind} than before are left.`);
      }
    },
  };
}

/** Sockets end a moment after they are closed. */
export async function settleProcess(): Promise<void> {
  await sleep(500);
  globalThis.gc?.();
}

/** What keeps a process alive, by kind. */
function countResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
