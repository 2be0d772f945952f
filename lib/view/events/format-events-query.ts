import type { EventsQuery } from '#lib/model/contract/history.ts';

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
