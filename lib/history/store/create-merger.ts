import type { HistoryRecord, StatusRecord } from '#lib/history/record.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { StoredEvent } from '#lib/model/contract/swarm-event.ts';
import type { Writer } from './create-writer.ts';
import type { Database } from './database.ts';
import { parseIncident } from './parse-incident.ts';

/** The same thing, told by two servers: so far apart are their clocks, and when each of them came to know of it. */
const SAME_MS = 15_000;

/** Puts in what another server saw, where it is not there already: both looked at the same swarm. */
export interface Merger {
  /** @param isAll false: of a time that is there already; what can be told apart is put in alone (probes, tasks) */
  merge(record: HistoryRecord, nowMs: number, isAll: boolean): void;
  /** An incident under the name that another server gave it. */
  rename(record: HistoryRecord): HistoryRecord;
}

export function createMerger(db: Database, writer: Writer): Merger {
  const openSpan = db.prepare(
    'SELECT from_ms, status, task_id FROM spans WHERE service_id = ? AND key = ? AND until_ms IS NULL',
  );
  const openPort = db.prepare(
    'SELECT state FROM ports WHERE service_id = ? AND port = ? AND node_id = ? AND until_ms IS NULL',
  );
  const isNamed = db.prepare('SELECT 1 FROM tasks WHERE id = ? AND service_id IS NOT NULL');
  const nearEvents = db.prepare(
    `SELECT id FROM events WHERE at_ms >= ? AND at_ms <= ? AND kind = ? AND level = ? AND coalesce(service_id, '') = ?
    AND coalesce(replica_key, '') = ? AND coalesce(node_id, '') = ? AND coalesce(task_id, '') = ? ORDER BY at_ms, id`,
  );
  const lastEvent = db.prepare('SELECT max(id) AS id FROM events');
  const hasEvent = db.prepare('SELECT 1 FROM events WHERE id = ?');
  const stateOf = db.prepare('SELECT from_ms, state FROM tally_now WHERE service_id = ?');
  const hasIncident = db.prepare('SELECT 1 FROM incidents WHERE id = ?');
  const nearIncidents = db.prepare(
    'SELECT id, body FROM incidents WHERE merged IS NULL AND (until_ms IS NULL OR until_ms >= ?) AND from_ms <= ?',
  );
  /** Of these events each is the same as one that was merged. */
  const matched = new Set<number>();
  const names = new Map<string, string>();
  const taken = new Set<string>();

  function isStatusKnown({ serviceId, key, status, taskId, fromMs }: StatusRecord): boolean {
    const open = openSpan.get(serviceId, key);
    if (open === undefined) return false;
    return (open.status === status && open.task_id === taskId) || Number(open.from_ms) > fromMs;
  }

  function isEventKnown(event: StoredEvent): boolean {
    const { atMs, kind, level, serviceId, replicaKey, nodeId, taskId } = event;
    const place = [serviceId ?? '', replicaKey ?? '', nodeId ?? '', taskId ?? ''];
    const near = nearEvents.all(atMs - SAME_MS, atMs + SAME_MS, kind, level, ...place);
    const same = near.find(({ id }) => !matched.has(Number(id)));
    if (same !== undefined) matched.add(Number(same.id));
    return same !== undefined;
  }

  function writeEvent(event: StoredEvent, nowMs: number): void {
    if (isEventKnown(event)) return;
    const isTaken = hasEvent.get(event.id) !== undefined;
    const id = isTaken ? Number(lastEvent.get()?.id) + 1 : event.id;
    matched.add(id);
    writer.write({ kind: 'event', event: { ...event, id } }, nowMs);
  }

  function nameOf({ id, rootKey, startedAtMs, endedAtMs }: IncidentRecord): string {
    const known = names.get(id);
    if (known !== undefined) return known;
    const isThere = hasIncident.get(id) !== undefined;
    const untilMs = (endedAtMs ?? Number.MAX_SAFE_INTEGER - SAME_MS) + SAME_MS;
    const same = (isThere ? [] : nearIncidents.all(startedAtMs - SAME_MS, untilMs)).find(
      (row) => !taken.has(String(row.id)) && parseIncident(row.body)?.rootKey === rootKey,
    );
    const name = same === undefined ? id : String(same.id);
    names.set(id, name);
    taken.add(name);
    return name;
  }

  function rename(record: HistoryRecord): HistoryRecord {
    if (record.kind !== 'incident') return record;
    const { incident } = record;
    const mergedInto = incident.mergedInto && (names.get(incident.mergedInto) ?? incident.mergedInto);
    return { kind: 'incident', incident: { ...incident, id: nameOf(incident), mergedInto } };
  }

  function mergeAll(record: HistoryRecord, nowMs: number): void {
    switch (record.kind) {
      case 'status':
        if (!isStatusKnown(record)) writer.write(record, nowMs);
        return;
      case 'port':
        if (openPort.get(record.serviceId, record.port, record.nodeId)?.state !== record.state)
          writer.write(record, nowMs);
        return;
      case 'availability': {
        const now = stateOf.get(record.serviceId);
        const isKnown =
          now !== undefined && (now.state === record.state || Number(now.from_ms) > record.atMs);
        if (!isKnown) writer.write(record, nowMs);
        return;
      }
      case 'event':
        writeEvent(record.event, nowMs);
        return;
      case 'incident':
        writer.write(rename(record), nowMs);
        return;
      // Somebody looked all the while.
      case 'run':
        return;
      default:
        writer.write(record, nowMs);
    }
  }

  return {
    rename,
    merge(record, nowMs, isAll) {
      if (record.kind === 'probe') writer.writeLate(record, nowMs);
      else if (isAll) mergeAll(record, nowMs);
      else if (record.kind === 'task' && isNamed.get(record.task.id) === undefined)
        writer.write(record, nowMs);
    },
  };
}
