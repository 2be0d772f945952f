import type { IncidentRecord, IncidentsQuery } from '#lib/model/contract/incident.ts';
import { isAskedFor } from '#lib/model/events/to-incident.ts';
import type { Database, SqlValue } from './database.ts';
import { parseIncident } from './parse-incident.ts';

/** So long after its end one may go on (create-incident-index.ts), and one that lasted may be known to be over. */
const RECENT_MS = 120_000;
/** Of an earlier process that lasted: more are not opened at a time. */
const LASTING = 1_000;
/** Looked through for a filter, of those that have its name somewhere; a page of fewer says that there are more. */
const SCANNED = 5_000;

/** What lasted when the process before us ended, or had ended a moment before, oldest first. */
export function readLastingIncidents(db: Database, aliveMs: number): IncidentRecord[] {
  return db
    .prepare(
      `SELECT body FROM incidents WHERE (until_ms IS NULL OR until_ms >= ?) AND merged IS NULL
      ORDER BY from_ms DESC, id DESC LIMIT ?`,
    )
    .all(aliveMs - RECENT_MS, LASTING)
    .flatMap(({ body }) => parseIncident(body) ?? [])
    .reverse();
}

/** The incidents that a query asks for, the newest first. */
export function readIncidents(
  db: Database,
  query: IncidentsQuery,
): { incidents: IncidentRecord[]; more: boolean } {
  const { conditions, values } = toConditions(query);
  const rows = db
    .prepare(
      `SELECT body FROM incidents WHERE ${conditions.join(' AND ')} ORDER BY from_ms DESC, id DESC LIMIT ?`,
    )
    .iterate(...values, SCANNED);
  const incidents: IncidentRecord[] = [];
  let scanned = 0;
  for (const { body } of rows) {
    scanned += 1;
    const record = parseIncident(body);
    if (record === null || !isAskedFor(record, query)) continue;
    if (incidents.length === query.limit) return { incidents, more: true };
    incidents.push(record);
  }
  return { incidents, more: scanned === SCANNED && incidents.length > 0 };
}

function toConditions({ state, sinceMs, untilMs, before, service, node, stack }: IncidentsQuery) {
  const conditions = ['merged IS NULL'];
  const values: SqlValue[] = [];
  if (state !== null) conditions.push(state === 'open' ? 'until_ms IS NULL' : 'until_ms IS NOT NULL');
  if (untilMs !== null) {
    conditions.push('from_ms <= ?');
    values.push(untilMs);
  }
  if (sinceMs !== null) {
    conditions.push('(until_ms IS NULL OR until_ms >= ?)');
    values.push(sinceMs);
  }
  if (before !== null) {
    conditions.push('(from_ms, id) < (SELECT from_ms, id FROM incidents WHERE id = ?)');
    values.push(before);
  }
  // As it stands in the JSON: a name that is not in it at all need not be looked for in its parts.
  for (const name of [service, node, stack])
    if (name !== null) {
      conditions.push('instr(body, ?) > 0');
      values.push(JSON.stringify(name));
    }
  return { conditions, values };
}
