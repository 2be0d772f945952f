import type { UsagePoint } from '#lib/model/contract/usage.ts';

/** A fall by so much of what it had is one, and so is a rise: a collector that ran, and no noise. */
const FALL = 0.1;
/** Tops that differ by no more than this are of one height. */
const SAME_HEIGHT = 0.05;
/** From here on something may have been killed for memory, which is no way to give it back. */
const KILLED = 0.95;
/** The event of a kill is dated on its way, and a reading where it is made. */
const KILL_NEAR_MS = 10_000;
const MAX_FALLS = 16;
/** So many times the time between the last two, within these bounds, it is still thought to come back from there. */
const KEPT = { times: 3, minMs: 60 * 60_000, maxMs: 6 * 60 * 60_000 };

/** Memory that a container gave back by itself: between which readings, and from how much. */
interface MemoryFall {
  afterMs: number;
  atMs: number;
  fromBytes: number;
}

/** The most and the least that a container had since its last fall, when that was read last, and its last falls. */
export interface MemoryFalls {
  peakBytes: number;
  lowBytes: number;
  readAtMs: number;
  last: readonly MemoryFall[];
}

export const NO_FALLS: MemoryFalls = { peakBytes: 0, lowBytes: 0, readAtMs: 0, last: [] };

/** Takes in one more reading. What goes down in steps without a rise between them falls once. */
export function addFall(
  falls: MemoryFalls,
  { atMs, memoryBytes, memoryMaxBytes }: Pick<UsagePoint, 'atMs' | 'memoryBytes' | 'memoryMaxBytes'>,
): MemoryFalls {
  if (memoryBytes === null) return falls;
  const { peakBytes, readAtMs, last } = falls;
  const lowBytes = Math.min(falls.lowBytes, memoryBytes);
  if (memoryBytes > peakBytes * (1 - FALL))
    return { peakBytes: Math.max(peakBytes, memoryBytes), lowBytes, readAtMs: atMs, last };
  const hadRisen = falls.lowBytes <= peakBytes * (1 - FALL);
  const isOwn = memoryMaxBytes === null || peakBytes < memoryMaxBytes * KILLED;
  const fall = { afterMs: readAtMs, atMs, fromBytes: peakBytes };
  return {
    peakBytes: memoryBytes,
    lowBytes: memoryBytes,
    readAtMs: atMs,
    last: hadRisen && isOwn ? [...last, fall].slice(-MAX_FALLS) : last,
  };
}

/** Where a process was killed for memory in between, nothing was given back. */
export function dropKilled(falls: MemoryFalls, oomAtMs: number | null): MemoryFalls {
  if (oomAtMs === null) return falls;
  const last = falls.last.filter(
    ({ afterMs, atMs }) => oomAtMs < afterMs - KILL_NEAR_MS || oomAtMs > atMs + KILL_NEAR_MS,
  );
  return last.length === falls.last.length ? falls : { ...falls, last };
}

/**
 * The height that it came down from by itself at least twice, like a saw, and not too long ago: up to there its growth is no
 * word on where it ends. One fall is no saw: what a start needed, or one job, says nothing of a leak that comes later.
 */
export function findFellFromBytes({ readAtMs, last }: MemoryFalls): number {
  const heights = last.map(({ fromBytes }) => {
    const [newest, before] = last
      .filter((fall) => fall.fromBytes >= fromBytes * (1 - SAME_HEIGHT))
      .map(({ atMs }) => atMs)
      .toReversed();
    if (newest === undefined || before === undefined) return 0;
    const keptMs = Math.min(KEPT.maxMs, Math.max(KEPT.minMs, (newest - before) * KEPT.times));
    return readAtMs - newest <= keptMs ? fromBytes : 0;
  });
  return Math.max(0, ...heights);
}
