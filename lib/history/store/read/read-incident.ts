import type { Apart, IncidentPast } from '#lib/history/question.ts';
import type { Database, SqlRow, SqlValue } from '#lib/history/store/database.ts';
import { parseIncident } from '#lib/history/store/parse-incident.ts';
import type { IncidentRecord, IncidentService } from '#lib/model/contract/incident.ts';
import { findRole, type Scope } from '#lib/model/contract/scope.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { toIncidentMoment } from '#lib/model/events/create-incidents.ts';
import { isUp } from '#lib/model/status/severity.ts';
import { toEvent } from './read-events.ts';
import { findIncidentApart } from './read-incidents.ts';
import { readSpans } from './read-slots.ts';
import { createStackReader } from './read-stack.ts';

/** First signs are seen before it is one, and last words come after it. */
const BEFORE_MS = 60_000;
const AFTER_MS = 5_000;
/** Of each service and node. */
const EVENTS_OF_ONE = 200;
const EVENTS = 300;
const CHANGED_MS = 900_000;
const CHANGES = 30;
const LANES = 48;
const SPANS_OF_ONE = 100;
/** Parts of parts; a chain that is longer is a circle. */
const MERGES = 8;
/** Two servers find the same so far apart. */
const OTHERS_MS = 30_000;

/** One incident with its course; `null`: it was never kept, or is too old. */
export function readIncident(
  db: Database,
  { id, nowMs, scope }: { id: string; nowMs: number } & Apart,
): IncidentPast | null {
  const record = scope === undefined ? findRecord(db, id) : findIncidentApart(db, id, scope);
  if (record === null) return null;
  const found = readCourse(db, record);
  const isCut = found.length > EVENTS;
  const events = isCut ? [...found.slice(0, EVENTS / 2), ...found.slice(-EVENTS / 2)] : found;
  return {
    record,
    events,
    isCut,
    before: readChanges(db, record, found, scope),
    lanes: readLanes(db, record, nowMs),
  };
}

function findRecord(db: Database, id: string): IncidentRecord | null {
  const find = db.prepare('SELECT body, merged FROM incidents WHERE id = ?');
  let row = find.get(id) ?? findOthers(db, id);
  for (let i = 0; i < MERGES && row?.merged; i++) row = find.get(String(row.merged));
  return row === undefined || row.merged !== null ? null : parseIncident(row.body);
}

/** Another server that looks at the same swarm calls it by the moment when that one found it. */
function findOthers(db: Database, id: string): SqlRow | undefined {
  const atMs = toIncidentMoment(id);
  if (!Number.isSafeInteger(atMs)) return undefined;
  const toStart = (ms: number) => Math.max(0, ms).toString(36);
  const near = db
    .prepare('SELECT id, body, merged FROM incidents WHERE id >= ? AND id <= ? ORDER BY id LIMIT 100')
    .all(toStart(atMs - OTHERS_MS), `${toStart(atMs + OTHERS_MS)}~`)
    .filter((row) => toName(String(row.id)) === toName(id));
  const offMs = (row: SqlRow) => Math.abs(toIncidentMoment(String(row.id)) - atMs);
  return near.sort((a, b) => offMs(a) - offMs(b))[0];
}

/** Without its moment. */
const toName = (id: string) => id.slice(id.indexOf('-') + 1);

/** What happened to whom it touches, while it did, oldest first. */
function readCourse(db: Database, record: IncidentRecord): SwarmEvent[] {
  const { kind, startedAtMs, endedAtMs, nodes, services } = record;
  const found = new Map<number, SwarmEvent>();
  const add = (events: SwarmEvent[]) => {
    for (const event of events) found.set(event.id, event);
  };
  const isOfService = nodes.length === 0 && kind !== 'swarm';
  for (const service of services) {
    const fromMs = Math.min(service.fromMs, isOfService ? startedAtMs : service.fromMs);
    const events = readEventsOf(db, 'service', service.id, fromMs, service.untilMs);
    add(events.filter((event) => isOfTouched(event, service)));
  }
  for (const { id, fromMs, untilMs } of nodes)
    add(readEventsOf(db, 'node', id, fromMs, untilMs).filter(({ serviceId }) => serviceId === null));
  if (kind === 'swarm')
    add(readBetween(db, startedAtMs - BEFORE_MS, toEndMs(endedAtMs), ['manager', 'node']));
  return [...found.values()].sort((a, b) => a.atMs - b.atMs || a.id - b.id);
}

/** Of a service of which some replicas are touched, the others are no part of it. */
function isOfTouched({ replicaKey }: SwarmEvent, { keys, replicas }: IncidentService): boolean {
  return replicaKey === null || replicas > keys.length || replicas === 0 || keys.includes(replicaKey);
}

function readEventsOf(
  db: Database,
  what: 'service' | 'node',
  id: string,
  fromMs: number,
  untilMs: number | null,
): SwarmEvent[] {
  const values = [id, fromMs - BEFORE_MS, toEndMs(untilMs)];
  const read = (order: 'ASC' | 'DESC') =>
    select(
      db,
      `events INDEXED BY events_by_${what} WHERE ${what}_id = ? AND at_ms >= ? AND at_ms <= ?
      ORDER BY at_ms ${order}, id ${order} LIMIT ${EVENTS_OF_ONE}`,
      values,
    );
  const first = read('ASC');
  return first.length < EVENTS_OF_ONE ? first : [...first, ...read('DESC')];
}

function readBetween(db: Database, fromMs: number, untilMs: number, kinds: readonly string[]): SwarmEvent[] {
  const places = kinds.map(() => '?').join();
  return select(
    db,
    `events INDEXED BY events_by_time WHERE at_ms BETWEEN ? AND ? AND kind IN (${places})
    ORDER BY at_ms DESC, id DESC LIMIT ${EVENTS_OF_ONE}`,
    [fromMs, untilMs, ...kinds],
  );
}

/** Deploys, and what happened to nodes and managers, before it began. */
function readChanges(
  db: Database,
  record: IncidentRecord,
  course: readonly SwarmEvent[],
  scope: Scope | undefined,
): SwarmEvent[] {
  const { startedAtMs } = record;
  const told = new Set(course.map(({ id }) => id));
  const stackOf = createStackReader(db);
  const isSeen = ({ serviceId }: SwarmEvent) =>
    scope === undefined || (serviceId !== null && findRole(scope, stackOf(serviceId)) !== null);
  const kinds = scope === undefined ? ['update', 'node', 'manager'] : ['update'];
  return readBetween(db, startedAtMs - CHANGED_MS, startedAtMs, kinds)
    .filter((event) => !told.has(event.id) && isSeen(event))
    .slice(0, CHANGES);
}

/** The replicas that it touched, the first to come back first. */
function readLanes(db: Database, record: IncidentRecord, nowMs: number): IncidentPast['lanes'] {
  const untilMs = Math.min(record.recoveredAtMs ?? record.endedAtMs ?? nowMs, nowMs) + 30_000;
  const lanes: IncidentPast['lanes'] = [];
  for (const { id, name, keys } of record.services)
    for (const key of keys) {
      if (lanes.length >= LANES) break;
      const slice = { serviceId: id, key, fromMs: record.startedAtMs - 30_000, untilMs, limit: SPANS_OF_ONE };
      const spans = readSpans(db, slice).map(({ key: _, ...span }) => span);
      const slot = /^\d{1,8}$/.test(key) ? Number(key) : null;
      lanes.push({ serviceId: id, serviceName: name, key, slot, spans });
    }
  return lanes.sort((a, b) => findBack(a.spans, record) - findBack(b.spans, record));
}

/** When it was up again for good. */
function findBack(spans: IncidentPast['lanes'][number]['spans'], { startedAtMs }: IncidentRecord): number {
  const last = spans.at(-1);
  if (last === undefined || !isUp(last.status)) return Number.POSITIVE_INFINITY;
  let at = last.fromMs;
  for (const span of [...spans].reverse()) {
    if (!isUp(span.status)) break;
    at = span.fromMs;
  }
  return Math.max(at, startedAtMs);
}

function toEndMs(untilMs: number | null): number {
  return untilMs === null ? Number.MAX_SAFE_INTEGER : untilMs + AFTER_MS;
}

function select(db: Database, from: string, values: SqlValue[]): SwarmEvent[] {
  return (db.prepare(`SELECT * FROM ${from}`).all(...values) as Parameters<typeof toEvent>[0][]).map(toEvent);
}
