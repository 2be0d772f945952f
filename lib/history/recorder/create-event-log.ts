import type { HistoryRecord } from '#lib/history/record.ts';
import type { StoredEvent, SwarmEvent, SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';
import { english } from '#lib/words/english.ts';

const RECENT = 200;

/** Gives events their place, and the newest of them to whom it concerns. */
export interface EventLog {
  /** What was known when we began, newest first. */
  begin(events: readonly SwarmEvent[]): void;
  /** @param away it happened while no process of ours looked */
  add(drafts: readonly SwarmEventDraft[], away: boolean): void;
  /** Sends what was added. */
  flush(): void;
  /** Calls `listener` with what was sent, newest first. */
  subscribe(listener: (events: SwarmEvent[]) => void): void;
  /** Newest first. */
  recent(): readonly SwarmEvent[];
}

export function createEventLog(options: { nowMs(): number; record(record: HistoryRecord): void }): EventLog {
  const listeners: ((events: SwarmEvent[]) => void)[] = [];
  let recent: readonly SwarmEvent[] = [];
  let waiting: (SwarmEventDraft & { away: boolean })[] = [];
  let lastId = 0;

  return {
    begin(events) {
      recent = events;
      lastId = events.reduce((last, { id }) => Math.max(last, id), 0);
    },
    add(drafts, away) {
      for (const draft of drafts) waiting.push({ ...draft, away });
    },
    flush() {
      if (waiting.length === 0) return;
      // What is found out together is told in the order in which it happened.
      waiting.sort((a, b) => a.atMs - b.atMs);
      const kept = waiting.map((draft): StoredEvent => {
        // Grows over restarts too, also where no history tells how far it was.
        lastId = Math.max(lastId + 1, options.nowMs());
        return { ...draft, id: lastId };
      });
      waiting = [];
      for (const event of kept) options.record({ kind: 'event', event });
      const events = kept.map(english.event).reverse();
      recent = [...events, ...recent].slice(0, RECENT);
      for (const listener of listeners) listener(events);
    },
    subscribe: (listener) => listeners.push(listener),
    recent: () => recent,
  };
}
