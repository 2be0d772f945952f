import type { EventLog, SimEvent } from './world.ts';

const CAPACITY = 256;
const NONE: Readonly<Record<string, string>> = Object.freeze({});

export function createEventLog(): EventLog {
  const ring: SimEvent[] = [];
  const listeners = new Set<(event: SimEvent) => void>();
  let next = 0;
  return {
    emit(atMs, { type, action, actorId, container = null, attributes = NONE, exec = null }) {
      const text = { legacy: null, current: null };
      const event: SimEvent = { atMs, type, action, actorId, container, attributes, exec, text };
      ring[next % CAPACITY] = event;
      next += 1;
      for (const listener of listeners) listener(event);
    },
    since(sinceMs) {
      const found: SimEvent[] = [];
      for (let index = next - 1; index >= Math.max(0, next - CAPACITY); index -= 1) {
        const event = ring[index % CAPACITY];
        if (!event || event.atMs < sinceMs) break;
        found.push(event);
      }
      return found.reverse();
    },
    listen(onEvent) {
      listeners.add(onEvent);
      return () => listeners.delete(onEvent);
    },
    clear() {
      ring.length = 0;
      next = 0;
    },
  };
}
