export interface Ticker {
  subscribe(onTick: () => void): () => void;
}

/**
 * One timer for everything on a page that ages: ticks once a second, on the second of `nowMs`'s clock, and rests while
 * nobody listens.
 */
export function createTicker(nowMs: () => number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    timer = setTimeout(tick, 1000 - (nowMs() % 1000) + 2);
  };
  const tick = () => {
    wait();
    for (const listener of listeners) listener();
  };
  return {
    subscribe(onTick) {
      if (listeners.size === 0) wait();
      listeners.add(onTick);
      return () => {
        listeners.delete(onTick);
        if (listeners.size === 0) clearTimeout(timer);
      };
    },
  };
}
