import type { Clock, Timer } from './clock.ts';

/** Calls who reads a part of the picture when that part changed, a portion at a time. */
export interface PartPublisher<Key> {
  subscribe(key: Key, onChange: () => void): () => void;
  /** Does anybody read it? */
  isRead(key: Key): boolean;
  /** These changed. Who is called once for a change is called once for several that come meanwhile. */
  publish(keys: Iterable<Key>): void;
  close(): void;
}

/** So many readers are called at a time: in between a browser can answer its user, also after a large snapshot. */
const PORTION = 40;
/**
 * After readers were called, what comes next waits this long: a burst is one rendering. In two steps, since a rendering
 * that took longer has its own follow-up tasks due, which must come first: React gives up (error 185) after fifty
 * renderings of which none was followed up.
 */
const REST_MS = 16;

export function createPartPublisher<Key>(clock: Pick<Clock, 'setTimer'>): PartPublisher<Key> {
  const listeners = new Map<Key, Set<() => void>>();
  const waiting = new Set<Key>();
  let timer: Timer | null = null;

  function callPortion(): void {
    timer = null;
    let left = PORTION;
    for (const key of waiting) {
      if (left === 0) break;
      left -= 1;
      waiting.delete(key);
      for (const listener of listeners.get(key) ?? []) listener();
    }
    timer = waiting.size > 0 ? clock.setTimer(0, callPortion) : clock.setTimer(REST_MS / 2, rest);
  }

  function rest(): void {
    timer = clock.setTimer(REST_MS / 2, () => {
      timer = null;
      if (waiting.size > 0) callPortion();
    });
  }

  return {
    subscribe(key, onChange) {
      const known = listeners.get(key) ?? new Set<() => void>();
      listeners.set(key, known.add(onChange));
      return () => {
        known.delete(onChange);
        if (known.size === 0) listeners.delete(key);
      };
    },
    isRead: (key) => listeners.has(key),
    publish(keys) {
      for (const key of keys) if (listeners.has(key)) waiting.add(key);
      if (timer === null) callPortion();
    },
    close() {
      timer?.cancel();
      timer = null;
      waiting.clear();
    },
  };
}
