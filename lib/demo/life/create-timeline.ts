/** Something that will happen. `cancel` it by setting `run` to `null`. */
export interface TimelineEntry {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | null;
}

/** One heap for everything that will ever happen in the swarm, on a clock that only moves when it is moved. */
export interface Timeline {
  nowMs(): number;
  at(atMs: number, run: () => void): TimelineEntry;
  after(delayMs: number, run: () => void): TimelineEntry;
  /** Lets everything up to then happen, in order; the clock shows each thing's own time while it happens. */
  runUntil(untilMs: number): void;
  /** When the next thing is due; `null`: never. */
  nextMs(): number | null;
}

export function createTimeline(startMs: number): Timeline {
  const heap: TimelineEntry[] = [];
  let nowMs = startMs;
  let order = 0;

  function at(atMs: number, run: () => void): TimelineEntry {
    const entry: TimelineEntry = { atMs: Math.max(atMs, nowMs), order: order++, run };
    push(heap, entry);
    return entry;
  }

  return {
    nowMs: () => nowMs,
    at,
    after: (delayMs, run) => at(nowMs + delayMs, run),
    runUntil(untilMs) {
      for (let first = heap[0]; first && first.atMs <= untilMs; first = heap[0]) {
        pop(heap);
        nowMs = Math.max(nowMs, first.atMs);
        first.run?.();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
    nextMs: () => heap[0]?.atMs ?? null,
  };
}

function isBefore(a: TimelineEntry, b: TimelineEntry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function push(heap: TimelineEntry[], entry: TimelineEntry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up] as TimelineEntry;
    if (!isBefore(entry, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = entry;
}

function pop(heap: TimelineEntry[]): void {
  const last = heap.pop() as TimelineEntry;
  const size = heap.length;
  if (size === 0) return;
  let at = 0;
  for (let down = 1; down < size; down = 2 * at + 1) {
    const right = down + 1;
    if (right < size && isBefore(heap[right] as TimelineEntry, heap[down] as TimelineEntry)) down = right;
    const child = heap[down] as TimelineEntry;
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = down;
  }
  heap[at] = last;
}
