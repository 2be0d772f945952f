import type { EventsQuery } from '#lib/model/contract/history.ts';

/** The history's question for all of its events. */
export const buildEventsQuestion = (more: Partial<EventsQuery> = {}) => ({
  kind: 'events' as const,
  sinceMs: null,
  untilMs: null,
  before: null,
  limit: 10,
  service: null,
  node: null,
  kinds: [],
  levels: [],
  ...more,
});
