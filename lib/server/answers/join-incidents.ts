import type { IncidentRecord, IncidentsQuery } from '#lib/model/contract/incident.ts';
import { toIncidentMoment } from '#lib/model/events/create-incidents.ts';
import { isAskedFor } from '#lib/model/events/to-incident.ts';

interface Page {
  incidents: IncidentRecord[];
  more: boolean;
}

/**
 * A page of the history as it is now: what is kept may be late, or not be kept at all while the disk is full.
 *
 * @param now those that last, and those that were over or became a part of another since the start
 */
export function joinIncidents(page: Page, now: readonly IncidentRecord[], query: IncidentsQuery): Page {
  const byId = new Map(now.map((one) => [one.id, one]));
  const kept = new Set(page.incidents.map(({ id }) => id));
  const known = page.incidents.map((one) => byId.get(one.id) ?? one).filter((one) => isOf(one, query));
  // What is older than the last of a page with more behind it is on a later one.
  const last = page.more ? page.incidents.at(-1) : undefined;
  const missing = now.filter(
    (one) =>
      !kept.has(one.id) &&
      isOf(one, query) &&
      isBehind(one, query.before, byId) &&
      (last === undefined || compare(one, last) < 0),
  );
  if (missing.length === 0) return { incidents: known, more: page.more };
  const all = [...known, ...missing].sort(compare);
  return { incidents: all.slice(0, query.limit), more: page.more || all.length > query.limit };
}

/** The newest first, as the history has them. */
function compare(a: IncidentRecord, b: IncidentRecord): number {
  if (a.startedAtMs !== b.startedAtMs) return b.startedAtMs - a.startedAtMs;
  return a.id === b.id ? 0 : a.id < b.id ? 1 : -1;
}

function isOf(record: IncidentRecord, query: IncidentsQuery): boolean {
  const { state, sinceMs, untilMs } = query;
  const { startedAtMs, endedAtMs, mergedInto } = record;
  if (mergedInto !== null || (state !== null && (state === 'open') !== (endedAtMs === null))) return false;
  if (untilMs !== null && startedAtMs > untilMs) return false;
  return (sinceMs === null || endedAtMs === null || endedAtMs >= sinceMs) && isAskedFor(record, query);
}

/** Is it behind this one, which is known, or was when its id was given? */
function isBehind(
  record: IncidentRecord,
  before: string | null,
  byId: ReadonlyMap<string, IncidentRecord>,
): boolean {
  if (before === null) return true;
  const from = byId.get(before);
  return from === undefined
    ? toIncidentMoment(record.id) < toIncidentMoment(before)
    : compare(from, record) < 0;
}
