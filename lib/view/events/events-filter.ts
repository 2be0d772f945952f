import type { EventsQuery } from '#lib/model/contract/history.ts';
import {
  SWARM_EVENT_KINDS,
  SWARM_EVENT_LEVELS,
  type SwarmEvent,
  type SwarmEventKind,
  type SwarmEventLevel,
} from '#lib/model/contract/swarm-event.ts';
import {
  formatTimeFrame,
  parseTimeFrame,
  type TimeFrame,
  toTimeWindow,
} from '#lib/view/history/time-frame.ts';

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

const NO_FRAME: TimeFrame = { kind: 'newest', lengthMs: 0 };

/** Reads a filter from an address; `readAll` gives every value of a name. Words that are not known are left out. */
export function parseEventsFilter(readAll: (name: string) => string[], nowMs: number): EventsFilter {
  const readWords = <T extends string>(name: string, known: readonly T[]): T[] => {
    const words = new Set(readAll(name).flatMap((text) => text.split(',')));
    const chosen = known.filter((word) => words.has(word));
    // All of them is no filter.
    return chosen.length === known.length ? [] : chosen;
  };
  const readText = (name: string) => readAll(name)[0]?.trim() || null;
  const frame = parseTimeFrame(readText, NO_FRAME, nowMs);
  return {
    service: readText('service'),
    node: readText('node'),
    kinds: readWords('kind', SWARM_EVENT_KINDS),
    levels: readWords('level', SWARM_EVENT_LEVELS),
    frame: frame === NO_FRAME ? null : frame,
  };
}

/** A filter as the address of the events page has it: `service=web&kind=health,task&range=1h`. */
export function formatEventsFilter(filter: EventsFilter): string {
  const query = new URLSearchParams();
  if (filter.service !== null) query.set('service', filter.service);
  if (filter.node !== null) query.set('node', filter.node);
  if (filter.kinds.length > 0) query.set('kind', filter.kinds.join(','));
  if (filter.levels.length > 0) query.set('level', filter.levels.join(','));
  if (filter.frame !== null)
    for (const [name, value] of Object.entries(formatTimeFrame(filter.frame))) query.set(name, value);
  return query.toString().replaceAll('%2C', ',');
}

/** Does a filter show this event at `nowMs`? The same rule as `GET /api/events` has, for what comes in live. */
export function matchesEventsFilter(event: SwarmEvent, filter: EventsFilter, nowMs: number): boolean {
  const { service, node, kinds, levels, frame } = filter;
  if (service !== null && event.serviceName !== service && event.serviceId !== service) return false;
  if (node !== null && event.hostname !== node && event.nodeId !== node) return false;
  if (kinds.length > 0 && !kinds.includes(event.kind)) return false;
  if (levels.length > 0 && !levels.includes(event.level)) return false;
  if (frame === null) return true;
  const { fromMs, untilMs } = toTimeWindow(frame, nowMs);
  return event.atMs >= fromMs && (frame.kind === 'newest' || event.atMs <= untilMs);
}

/** The query of `GET /api/events`. */
export function formatEventsQuery(query: EventsQuery): string {
  const params = new URLSearchParams();
  for (const name of ['sinceMs', 'untilMs', 'before', 'limit', 'service', 'node'] as const) {
    const value = query[name];
    if (value !== null) params.set(name, String(value));
  }
  for (const kind of query.kinds) params.append('kind', kind);
  for (const level of query.levels) params.append('level', level);
  return params.toString();
}

/** What to ask the history for, to show a filter at `nowMs`; `before` is an event's id, `null` for the newest. */
export function toEventsQuery(
  { service, node, kinds, levels, frame }: EventsFilter,
  nowMs: number,
  before: number | null,
  limit: number,
): EventsQuery {
  const window = frame === null ? null : toTimeWindow(frame, nowMs);
  return {
    sinceMs: window === null ? null : Math.round(window.fromMs),
    // The newest stretch has no end: what happens now belongs to it.
    untilMs: frame?.kind === 'fixed' ? frame.untilMs : null,
    before,
    limit,
    service,
    node,
    kinds,
    levels,
  };
}
