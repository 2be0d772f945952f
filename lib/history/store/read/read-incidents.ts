import type { Apart } from '#lib/history/question.ts';
import type { Database, SqlValue } from '#lib/history/store/database.ts';
import { parseIncident } from '#lib/history/store/parse-incident.ts';
import type { IncidentRecord, IncidentsQuery } from '#lib/model/contract/incident.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import { toIncidentMoment } from '#lib/model/events/create-incidents.ts';
import { isNarrowed, NEAR_MS, narrowIncident } from '#lib/model/events/narrow-incident.ts';
import { isAskedFor } from '#lib/model/events/to-incident.ts';
import { english } from '#lib/words/english.ts';

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
  query: IncidentsQuery & Apart,
): { incidents: IncidentRecord[]; more: boolean } {
  if (query.scope !== undefined) return readIncidentsApart(db, query, query.scope);
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

/** To whom stacks limit: by when their services were touched, which is never before the incident began. */
function readIncidentsApart(
  db: Database,
  query: IncidentsQuery,
  scope: Scope,
): { incidents: IncidentRecord[]; more: boolean } {
  const { state, sinceMs, untilMs, before, limit } = query;
  const beforeMs = before === null ? null : toIncidentMoment(before);
  const latestMs = Math.min(untilMs ?? Number.MAX_SAFE_INTEGER, beforeMs ?? Number.MAX_SAFE_INTEGER);
  const { conditions, values } = toConditions({
    ...query,
    ...{ state: state === 'open' ? state : null, before: null, node: null, stack: null },
    untilMs: latestMs === Number.MAX_SAFE_INTEGER || Number.isNaN(latestMs) ? untilMs : latestMs + 1,
  });
  const theirs = toTheirs(scope);
  const rows = db
    .prepare(
      `SELECT body FROM incidents WHERE ${[...conditions, theirs.sql].join(' AND ')}
      ORDER BY from_ms DESC, id DESC LIMIT ?`,
    )
    .iterate(...values, ...theirs.values, SCANNED);
  const own: IncidentRecord[] = [];
  for (const { body } of rows) {
    const record = parseIncident(body);
    const narrowed = record === null ? null : narrowIncident(record, scope, english);
    if (narrowed === null || !isAskedFor(narrowed, query)) continue;
    const { startedAtMs, endedAtMs } = narrowed;
    if (state !== null && (state === 'open') !== (endedAtMs === null)) continue;
    if (untilMs !== null && startedAtMs > untilMs) continue;
    if (sinceMs !== null && endedAtMs !== null && endedAtMs < sinceMs) continue;
    own.push(narrowed);
  }
  own.sort((a, b) => b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1));
  const at = own.findIndex(({ id }) => id === before);
  const rest =
    before === null ? own : at >= 0 ? own.slice(at + 1) : own.filter(({ id }) => isEarlier(id, before));
  return { incidents: rest.slice(0, limit), more: rest.length > limit };
}

/** More names are not looked for: then each incident is. */
const MAX_NAMES = 50;

/** Those in which one of these stacks may be, as it stands in the JSON: of others' there may be any number. */
export function toTheirs({ rights }: Scope): { sql: string; values: string[] } {
  const names = [...new Set(rights.flatMap(({ stacks }) => stacks ?? []))];
  if (names.length > MAX_NAMES || rights.some(({ stacks }) => stacks === null))
    return { sql: 'TRUE', values: [] };
  const values = names.map((name) => {
    const [start = '', ...others] = name.split('*');
    const text = JSON.stringify(start);
    return `"stack":${others.length > 0 ? text.slice(0, -1) : text}`;
  });
  const conditions = values.map(() => 'instr(body, ?) > 0');
  return { sql: `(${['FALSE', ...conditions].join(' OR ')})`, values };
}

const isEarlier = (id: string, than: string) => toIncidentMoment(id) < toIncidentMoment(than);

/** One incident as those see it to whom stacks limit, by the id that it has for them. */
export function findIncidentApart(db: Database, id: string, scope: Scope): IncidentRecord | null {
  const atMs = toIncidentMoment(id);
  if (!Number.isSafeInteger(atMs)) return null;
  const found = db
    .prepare(
      `SELECT body FROM incidents WHERE merged IS NULL AND from_ms <= ? AND (until_ms IS NULL OR until_ms >= ?)
      ORDER BY from_ms DESC, id DESC LIMIT ?`,
    )
    .all(atMs + NEAR_MS, atMs - NEAR_MS, SCANNED)
    .flatMap(({ body }) => {
      const record = parseIncident(body);
      return (record && narrowIncident(record, scope, english)) ?? [];
    });
  return found.find((one) => one.id === id) ?? found.find((one) => isNarrowed(id, one)) ?? null;
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
