import type { Database, SqlValue } from '#lib/history/store/database.ts';
import { toDate } from '#lib/history/store/to-date.ts';
import type { EventsQuery } from '#lib/model/contract/history.ts';
import {
  type StoredEvent,
  SWARM_EVENT_KINDS,
  SWARM_EVENT_LEVELS,
  type SwarmEvent,
} from '#lib/model/contract/swarm-event.ts';
import { readEvent } from './read-kept.ts';

/** Part of a `WHERE`. */
interface Condition {
  sql: string;
  values: SqlValue[];
}

/** One walk through an index, from the newest on. */
interface Walk extends Condition {
  index: string;
}

type Row = Record<string, unknown> & { id: number; at_ms: number };

/** The events that a query asks for, by when they happened, the newest first; of one moment the one that was reported last. */
export function readEvents(db: Database, query: EventsQuery): { events: SwarmEvent[]; more: boolean } {
  const filter = toFilter(query, query.before === null ? null : findPlace(db, query.before));
  const found = new Map<number, Row>();
  for (const walk of toWalks(query)) {
    const rows = db
      .prepare(
        `SELECT * FROM events INDEXED BY ${walk.index} WHERE ${walk.sql} AND ${filter.sql} ORDER BY at_ms DESC, id DESC LIMIT ?`,
      )
      .all(...walk.values, ...filter.values, query.limit + 1);
    for (const row of rows as Row[]) found.set(row.id, row);
  }
  const rows = [...found.values()].sort((a, b) => b.at_ms - a.at_ms || b.id - a.id);
  return { events: rows.slice(0, query.limit).map(toEvent), more: rows.length > query.limit };
}

/** Where a page ends: the event of this id and its moment. One that is gone was reported about when its id says. */
function findPlace(db: Database, id: number): { atMs: number; id: number } {
  const row = db.prepare('SELECT at_ms FROM events WHERE id = ?').get(id);
  return { atMs: row === undefined ? id : Number(row.at_ms), id };
}

/** Where to look: what is asked for most narrowly decides the index, each of its values is a walk. */
function toWalks({ service, node, kinds, levels }: EventsQuery): Walk[] {
  const of = (index: string, column: string, value: string): Walk => ({
    index,
    sql: `${column} = ?`,
    values: [value],
  });
  if (service !== null)
    return [
      of('events_by_service', 'service_id', service),
      of('events_by_service_name', 'service_name', service),
    ];
  if (node !== null)
    return [of('events_by_node', 'node_id', node), of('events_by_hostname', 'hostname', node)];
  if (levels.length > 0) return levels.map((level) => of('events_by_level', 'level', level));
  if (kinds.length > 0) return kinds.map((kind) => of('events_by_kind', 'kind', kind));
  return [{ index: 'events_by_time', sql: 'TRUE', values: [] }];
}

function toFilter(query: EventsQuery, before: { atMs: number; id: number } | null): Condition {
  const { sinceMs, untilMs, service, node, kinds, levels } = query;
  const conditions: Condition[] = [];
  const add = (sql: string, ...values: SqlValue[]) => conditions.push({ sql, values });
  if (before !== null) add('(at_ms, id) < (?, ?)', before.atMs, before.id);
  if (sinceMs !== null) add('at_ms >= ?', sinceMs);
  if (untilMs !== null) add('at_ms <= ?', untilMs);
  if (service !== null) add('(service_id = ? OR service_name = ?)', service, service);
  if (node !== null) add('(node_id = ? OR hostname = ?)', node, node);
  if (kinds.length > 0) add(`kind IN (${kinds.map(() => '?').join()})`, ...kinds);
  if (levels.length > 0) add(`level IN (${levels.map(() => '?').join()})`, ...levels);
  return {
    sql: ['TRUE', ...conditions.map(({ sql }) => sql)].join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

/** One of a kind or a level that nobody knows is told all the same, and as no good news. */
export function toEvent(row: Row): SwarmEvent {
  const head = {
    id: row.id,
    atMs: toDate(row.at_ms),
    kind: SWARM_EVENT_KINDS.find((kind) => kind === row.kind) ?? 'task',
    level: SWARM_EVENT_LEVELS.find((level) => level === row.level) ?? 'warn',
    serviceId: row.service_id,
    serviceName: row.service_name,
    replicaKey: row.replica_key,
    nodeId: row.node_id,
    hostname: row.hostname,
    taskId: row.task_id,
  } as Omit<StoredEvent, 'message' | 'away'>;
  return readEvent(head, { text: row.text, evidence: row.evidence, message: row.message });
}
