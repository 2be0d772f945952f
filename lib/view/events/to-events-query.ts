import type { EventsQuery } from '#lib/model/contract/history.ts';
import { toTimeWindow } from '#lib/view/history/to-time-window.ts';
import type { EventsFilter } from './events-filter.ts';

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
