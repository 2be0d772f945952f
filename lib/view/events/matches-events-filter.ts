import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { toTimeWindow } from '#lib/view/history/to-time-window.ts';
import type { EventsFilter } from './events-filter.ts';

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
