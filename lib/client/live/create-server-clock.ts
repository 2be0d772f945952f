/** The server's time on a machine whose own clock may be wrong. */
export interface ServerClock {
  /** The server said `atMs` just now. */
  observe(atMs: number): void;
  /** The server's time, in ms. */
  nowMs(): number;
}

const KEPT = 8;

/**
 * The offset to the server's clock, from the newest messages: the one that travelled fastest is nearest to the truth.
 * `readMs` is this machine's clock.
 */
export function createServerClock(readMs: () => number, startAtMs: number): ServerClock {
  let offsets = [startAtMs - readMs()];
  let hasObserved = false;
  return {
    observe(atMs) {
      // What the page was rendered with may have been on its way for long: any message is better.
      if (!hasObserved) offsets = [];
      hasObserved = true;
      offsets.push(atMs - readMs());
      if (offsets.length > KEPT) offsets.shift();
    },
    nowMs: () => readMs() + Math.max(...offsets),
  };
}
