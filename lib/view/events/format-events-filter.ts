import { formatTimeFrame } from '#lib/view/history/format-time-frame.ts';
import type { EventsFilter } from './events-filter.ts';

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
