import type { SwarmEventKind, SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import type { TimeFrame } from '#lib/view/history/time-frame.ts';

/** Which events a page shows; empty lists and `null` stand for all. */
export interface EventsFilter {
  /** Name or id. */
  service: string | null;
  /** Hostname or id. */
  node: string | null;
  kinds: SwarmEventKind[];
  levels: SwarmEventLevel[];
  frame: TimeFrame | null;
}

export const ALL_EVENTS: EventsFilter = { service: null, node: null, kinds: [], levels: [], frame: null };
