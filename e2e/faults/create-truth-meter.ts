/** How long the picture was untrue after each kind of fault. */
export interface TruthMeter {
  /** A fault was just injected. */
  mark(kind: string, atMs: number): void;
  /** What was found wrong with the picture of that moment; `null` when there was no truth to hold it against. */
  look(atMs: number, found: readonly string[] | null): void;
  /** By kind, for each fault: the longest stretch of untruth that began while it was the latest, milliseconds. */
  results(): Map<string, number[]>;
  /** Stretches that were too long, since the last time they were asked for. */
  takeProblems(): string[];
}

interface Mark {
  kind: string;
  atMs: number;
  maxMs: number;
  looks: number;
}

/** A stretch that is longer is printed: a frozen engine takes 3.5 s to be found. */
const REPORTED_MS = 4_000;
/** Frozen (4.5 s), then the list that shows what became of it (10 s at the latest). */
const TOO_LONG_MS = 15_000;
/** Nobody looks while a fault is being made, and an order to a manager without a leader takes 20 s. */
const UNSEEN_MS = 5_000;

/**
 * A stretch belongs to the fault after which it began, and lasts from that fault (or from the last look that was true)
 * to the first look that is true again. A fault that came into the stretch of another says nothing about itself.
 */
export function createTruthMeter(print: (text: string) => void): TruthMeter {
  const marks: Mark[] = [];
  const problems: string[] = [];
  let stretch: {
    fromMs: number;
    /** The last look that found it so. */
    wrongMs: number;
    of: Mark | undefined;
    found: readonly string[];
  } | null = null;
  let lastTrueMs = 0;

  return {
    mark: (kind, atMs) => void marks.push({ kind, atMs, maxMs: 0, looks: 0 }),
    look(atMs, found) {
      const latest = marks.at(-1);
      if (found && found.length > 0) {
        const fromMs = Math.max(lastTrueMs, latest?.atMs ?? 0);
        stretch ??= { fromMs, wrongMs: atMs, of: latest, found };
        stretch.wrongMs = atMs;
        stretch.found = found;
      }
      if (latest && found && (stretch === null || stretch.of === latest)) latest.looks += 1;
      if (found && found.length > 0) return;
      if (stretch?.of) {
        const isUnseen = atMs - stretch.wrongMs > UNSEEN_MS;
        const forMs = (isUnseen ? stretch.wrongMs : atMs) - stretch.fromMs;
        // Without a truth to end it, how long it would have been is not known.
        if (found && !isUnseen) stretch.of.maxMs = Math.max(stretch.of.maxMs, forMs);
        const text = `untrue for ${forMs} ms after ${stretch.of.kind}: ${stretch.found.join('; ')}`;
        if (forMs > REPORTED_MS) print(`  ${text}`);
        if (forMs > TOO_LONG_MS) problems.push(text);
      }
      stretch = null;
      if (found) lastTrueMs = atMs;
    },
    takeProblems: () => problems.splice(0),
    results() {
      const seen = marks.filter(({ looks }) => looks > 0);
      return new Map(
        [...new Set(seen.map(({ kind }) => kind))].sort().map((kind) => {
          return [kind, seen.filter((mark) => mark.kind === kind).map(({ maxMs }) => maxMs)];
        }),
      );
    },
  };
}
