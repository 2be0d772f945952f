import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { EventsQuery } from '#lib/model/contract/history.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { parseJson } from './parse-json.ts';

/** The events that a query asks for, newest first. */
export function readEvents(db: DatabaseSync, query: EventsQuery): { events: SwarmEvent[]; more: boolean } {
  const conditions: string[] = ['1'];
  const values: SQLInputValue[] = [];
  const add = (condition: string, ...more: SQLInputValue[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  if (query.before !== null) add('id < ?', query.before);
  if (query.sinceMs !== null) add('at_ms >= ?', query.sinceMs);
  if (query.untilMs !== null) add('at_ms <= ?', query.untilMs);
  if (query.service !== null) add('(service_id = ? OR service_name = ?)', query.service, query.service);
  if (query.node !== null) add('(node_id = ? OR hostname = ?)', query.node, query.node);
  if (query.kinds.length > 0) add(`kind IN (${query.kinds.map(() => '?').join()})`, ...query.kinds);
  if (query.levels.length > 0) add(`level IN (${query.levels.map(() => '?').join()})`, ...query.levels);
  const rows = db
    .prepare(`SELECT * FROM events WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`)
    .all(...values, query.limit + 1);
  const events = rows.slice(0, query.limit).map(
    (row) =>
      ({
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
        text: row.text,
        evidence: parseJson(row.evidence),
      }) as SwarmEvent,
  );
  return { events, more: rows.length > query.limit };
}
