import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { EventsQuery } from '#lib/model/contract/history.ts';
import type { StoredEvent, SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { readEvent } from './read-kept.ts';

/** An event's id is the time when it was told, which is later than when it happened; later than this, seldom. */
const REPORTED_WITHIN_MS = 60_000;
/** Clocks of engines are measured, and may have been ahead by less than this. */
const AHEAD_MS = 86_400_000;

/** Part of a `WHERE`. */
interface Condition {
  sql: string;
  values: SQLInputValue[];
}

/** One walk through an index, from the newest id on. */
interface Walk extends Condition {
  index: string | null;
}

type Row = Record<string, unknown> & { id: number };

/** The events that a query asks for, newest first. */
export function readEvents(db: DatabaseSync, query: EventsQuery): { events: SwarmEvent[]; more: boolean } {
  const filter = toFilter(query);
  const found = new Map<number, Row>();
  for (const walk of toWalks(query)) {
    const from = walk.index === null ? 'events' : `events INDEXED BY ${walk.index}`;
    const rows = db
      .prepare(`SELECT * FROM ${from} WHERE ${walk.sql} AND ${filter.sql} ORDER BY id DESC LIMIT ?`)
      .all(...walk.values, ...filter.values, query.limit + 1);
    for (const row of rows as Row[]) found.set(row.id, row);
  }
  const rows = [...found.values()].sort((a, b) => b.id - a.id);
  return { events: rows.slice(0, query.limit).map(toEvent), more: rows.length > query.limit };
}

/**
 * Where to look: what is asked for most narrowly decides the index, each of its values is a walk. Of a time in the past
 * the walk begins there, and what was told of it much later is looked up apart.
 */
function toWalks(query: EventsQuery): Walk[] {
  const { service, node, kinds, levels, untilMs } = query;
  const of = (index: string, column: string, value: string): Walk => ({
    index,
    sql: `${column} = ?`,
    values: [value],
  });
  const walks =
    service !== null
      ? [
          of('events_by_service', 'service_id', service),
          of('events_by_service_name', 'service_name', service),
        ]
      : node !== null
        ? [of('events_by_node', 'node_id', node), of('events_by_hostname', 'hostname', node)]
        : levels.length > 0
          ? levels.map((level) => of('events_by_level', 'level', level))
          : kinds.length > 0
            ? kinds.map((kind) => of('events_by_kind', 'kind', kind))
            : [{ index: null, sql: '1', values: [] }];
  if (untilMs === null) return walks;
  return [
    ...walks.map((walk) => ({
      ...walk,
      sql: `${walk.sql} AND id <= ?`,
      values: [...walk.values, untilMs + REPORTED_WITHIN_MS],
    })),
    { index: 'events_told_late', sql: `id > at_ms + ${REPORTED_WITHIN_MS}`, values: [] },
  ];
}

function toFilter(query: EventsQuery): Condition {
  const { before, sinceMs, untilMs, service, node, kinds, levels } = query;
  const conditions: Condition[] = [];
  const add = (sql: string, ...values: SQLInputValue[]) => conditions.push({ sql, values });
  if (before !== null) add('id < ?', before);
  if (sinceMs !== null) add('at_ms >= ? AND id >= ?', sinceMs, sinceMs - AHEAD_MS);
  if (untilMs !== null) add('at_ms <= ?', untilMs);
  if (service !== null) add('(service_id = ? OR service_name = ?)', service, service);
  if (node !== null) add('(node_id = ? OR hostname = ?)', node, node);
  if (kinds.length > 0) add(`kind IN (${kinds.map(() => '?').join()})`, ...kinds);
  if (levels.length > 0) add(`level IN (${levels.map(() => '?').join()})`, ...levels);
  return {
    sql: ['1', ...conditions.map(({ sql }) => sql)].join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

export function toEvent(row: Row): SwarmEvent {
  const head = {
    id: row.id,
    atMs: row.at_ms,
    kind: row.kind,
    level: row.level,
    serviceId: row.service_id,
    serviceName: row.service_name,
    replicaKey: row.replica_key,
    nodeId: row.node_id,
    hostname: row.hostname,
    taskId: row.task_id,
  } as Omit<StoredEvent, 'message' | 'away'>;
  return readEvent(head, { text: row.text, evidence: row.evidence, message: row.message });
}
