import type { SimContainer } from './world.ts';

/** One event of an engine, kept small: its JSON is made only when somebody asks for it. */
export interface SimEvent {
  atMs: number;
  type: 'container' | 'node' | 'service';
  action: string;
  actorId: string;
  /** Its labels, image and name become attributes. */
  container: SimContainer | null;
  attributes: Readonly<Record<string, string>>;
  /** For exec events: which one. */
  exec: number | null;
  /** Made JSON, with and without what API 1.52 left out. */
  text: { legacy: string | null; current: string | null };
}

export type SimEventDraft = Pick<SimEvent, 'type' | 'action' | 'actorId'> &
  Partial<Pick<SimEvent, 'container' | 'attributes' | 'exec'>>;

/** What an engine has to say: the last 256 events of all kinds, and whoever listens. */
export interface EventLog {
  emit(atMs: number, draft: SimEventDraft): void;
  /** From `sinceMs` on. As Docker: looks backwards and stops at the first older one. */
  since(sinceMs: number): SimEvent[];
  listen(onEvent: (event: SimEvent) => void): () => void;
  /** A restarted engine remembers nothing. */
  clear(): void;
}

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
