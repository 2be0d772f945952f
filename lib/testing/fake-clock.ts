/** A clock for tests: time stands still until `advance` turns it, timers fire in their order. */
export interface FakeClock {
  nowMs(): number;
  /** Goes on with `advance` alone. */
  steadyMs(): number;
  /** As if nothing took any time to compute. */
  busyMs(): number;
  heldMs(): number;
  /** Sets the wall clock, as people and NTP do: timers and the steady clock know nothing of it. */
  step(byMs: number): void;
  setTimer(delayMs: number, run: () => void): { cancel(): void };
  random(): number;
  /** Turns time on, firing each timer at its moment and letting promises settle in between. */
  advance(byMs: number): Promise<void>;
  /** Lets promises settle without turning time. */
  settle(): Promise<void>;
  /** Timers that are set and have neither fired nor been cancelled. */
  pendingTimers(): number;
}

interface Entry {
  atMs: number;
  order: number;
  run: () => void;
}

/** `random` always gives `chance`: 0.5 makes symmetric jitter vanish. */
export function createFakeClock(startMs = 1_800_000_000_000, chance = 0.5): FakeClock {
  let nowMs = startMs;
  let steppedMs = 0;
  let order = 0;
  const entries = new Set<Entry>();

  const settle = async () => {
    // Promise chains here are short; a macrotask per round empties the microtask queue whatever their length.
    for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  const nextEntry = (untilMs: number) => {
    let next: Entry | null = null;
    for (const entry of entries) {
      if (entry.atMs > untilMs) continue;
      if (!next || entry.atMs < next.atMs || (entry.atMs === next.atMs && entry.order < next.order))
        next = entry;
    }
    return next;
  };

  return {
    nowMs: () => nowMs + steppedMs,
    steadyMs: () => nowMs,
    busyMs: () => 0,
    heldMs: () => 0,
    step(byMs) {
      steppedMs += byMs;
    },
    random: () => chance,
    setTimer(delayMs, run) {
      const entry: Entry = { atMs: nowMs + Math.max(0, delayMs), order: order++, run };
      entries.add(entry);
      return { cancel: () => entries.delete(entry) };
    },
    async advance(byMs) {
      const untilMs = nowMs + byMs;
      await settle();
      for (let entry = nextEntry(untilMs); entry; entry = nextEntry(untilMs)) {
        entries.delete(entry);
        nowMs = entry.atMs;
        entry.run();
        await settle();
      }
      nowMs = untilMs;
    },
    settle,
    pendingTimers: () => entries.size,
  };
}
