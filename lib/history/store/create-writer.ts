import type { HistoryRecord, ProbeRecord, StatusRecord, TaskRecord } from '#lib/history/record.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { ServiceHead } from '#lib/model/contract/picture.ts';
import type { StoredEvent } from '#lib/model/contract/swarm-event.ts';
import { createOutputTable, type OutputTable } from './create-output-table.ts';
import { createProbeTable, type ProbeTable } from './create-probe-table.ts';
import { createRunTable, type RunTable } from './create-run-table.ts';
import { createTallyTable, type TallyTable } from './create-tally-table.ts';
import { createUsageTable, type UsageTable } from './create-usage-table.ts';
import type { Database, SqlValue } from './database.ts';

/** Puts records into the tables. Transactions are the caller's. */
export interface Writer {
  write(record: HistoryRecord, nowMs: number): void;
  /** A probe that may have come long ago, and from somebody else. */
  writeLate(probe: ProbeRecord, nowMs: number): void;
  hasProbe(probe: Pick<ProbeRecord, 'taskId' | 'startMs' | 'skewMs'>): boolean;
  /** What was written last is not in the database. */
  undo(): void;
  outputs: OutputTable;
  probes: ProbeTable;
  usage: UsageTable;
  tallies: TallyTable;
  runs: RunTable;
}

const TASKS_REMEMBERED = 50_000;

export function createWriter(db: Database): Writer {
  const outputs = createOutputTable(db);
  const probes = createProbeTable(db);
  const usage = createUsageTable(db);
  const tallies = createTallyTable(db);
  const runs = createRunTable(db);
  const sql = prepareStatements(db);
  const rows = createTaskRows(sql);
  const { rowOf } = rows;

  function toProbeRow(probe: ProbeRecord, nowMs: number) {
    const { startMs, skewMs, durationMs, exitCode } = probe;
    const output = outputs.intern(probe.output, probe.truncated, nowMs);
    return { startMs, skewMs, durationMs, exitCode, output };
  }

  return {
    writeLate(probe, nowMs) {
      probes.begin();
      probes.addLate(rowOf(probe.taskId, nowMs), toProbeRow(probe, nowMs));
    },
    hasProbe(probe) {
      const n = rows.find(probe.taskId);
      return n !== null && probes.has(n, probe);
    },
    outputs,
    probes,
    usage,
    tallies,
    runs,
    undo() {
      rows.forget();
      outputs.forget();
      probes.undo();
      usage.undo();
    },
    write(record, nowMs) {
      probes.begin();
      usage.begin();
      switch (record.kind) {
        case 'probe':
          probes.add(rowOf(record.taskId, nowMs), toProbeRow(record, nowMs));
          return;
        case 'usage':
          usage.add(rowOf(record.taskId, nowMs), record.point);
          return;
        case 'task':
          sql.putTask.run(toTaskRow(record, rowOf(record.task.id, nowMs), nowMs));
          return;
        case 'task-lost':
          sql.loseTask.run(record.atMs, record.taskId);
          return;
        case 'status':
          sql.endSpan.run(record.fromMs, record.serviceId, record.key);
          sql.addSpan.run(...toSpanRow(record));
          return;
        case 'status-end':
          return endStatus(sql, record);
        case 'availability':
          tallies.set(record.serviceId, record.atMs, record.state);
          return;
        case 'port':
          return writePort(sql, record);
        case 'port-end':
          sql.endPort.run(record.atMs, record.serviceId, record.port, record.nodeId);
          return;
        case 'lines':
          sql.putLines.run(JSON.stringify(record.lines), record.problem, rowOf(record.taskId, nowMs));
          return;
        case 'event':
          sql.addEvent.run(...toEventRow(record.event));
          return;
        case 'incident':
          sql.putIncident.run(...toIncidentRow(record.incident));
          return;
        case 'service':
          sql.putService.run(...toServiceRow(record.service));
          return;
        case 'service-gone':
          sql.endService.run(record.atMs, record.serviceId);
          return;
        case 'node':
          sql.putNode.run(record.node.id, JSON.stringify(record.node));
          return;
        case 'node-gone':
          sql.endNode.run(record.nodeId);
          return;
        case 'swarm':
          sql.putMeta.run('swarm', record.swarmId);
          return;
        case 'run':
          return runs.begin(record.atMs);
      }
    },
  };
}

/** The row of each task, as far as it is known without a look into the database. */
function createTaskRows({ findTask, addTask }: ReturnType<typeof prepareStatements>) {
  const rows = new Map<string, number>();

  function keep(taskId: string, n: number): number {
    if (rows.size >= TASKS_REMEMBERED) rows.clear();
    rows.set(taskId, n);
    return n;
  }

  function find(taskId: string): number | null {
    const known = rows.get(taskId);
    if (known !== undefined) return known;
    const found = findTask.get(taskId);
    return found === undefined ? null : keep(taskId, Number(found.n));
  }

  return {
    find,
    /** One that is not there yet is made. */
    rowOf: (taskId: string, nowMs: number) =>
      find(taskId) ?? keep(taskId, Number(addTask.get(taskId, nowMs)?.n)),
    forget: () => rows.clear(),
  };
}

/** In the order of `putService`. */
function toServiceRow(service: ServiceHead): SqlValue[] {
  return [service.id, service.name, JSON.stringify(service), service.stack ?? null];
}

/** By the names of `putTask`; `n` is its row. */
function toTaskRow(record: TaskRecord, n: number, nowMs: number) {
  const { task, key, slot, hostname, fromMs, untilMs, end, container } = record;
  return {
    serviceId: task.serviceId,
    key,
    slot,
    nodeId: task.nodeId,
    hostname,
    image: task.image,
    fromMs,
    untilMs,
    nowMs,
    cause: end?.cause ?? null,
    ending: toText(end),
    task: JSON.stringify(task),
    container: toText(container),
    n,
  };
}

function endStatus(
  sql: ReturnType<typeof prepareStatements>,
  { serviceId, key, atMs }: Extract<HistoryRecord, { kind: 'status-end' }>,
): void {
  sql.endSpan.run(atMs, serviceId, key);
  sql.cutSpan.run(atMs, serviceId, key, atMs);
}

function writePort(
  sql: ReturnType<typeof prepareStatements>,
  { serviceId, port, nodeId, fromMs, state }: Extract<HistoryRecord, { kind: 'port' }>,
): void {
  sql.endPort.run(fromMs, serviceId, port, nodeId);
  sql.addPort.run(serviceId, port, nodeId, fromMs, state);
}

/** In the order of `addSpan`. */
function toSpanRow(record: StatusRecord): (string | number | null)[] {
  const { serviceId, key, fromMs, status, taskId, reason } = record;
  return [serviceId, key, fromMs, status, taskId, toOldText(record, 'sentence'), toText(reason ?? null)];
}

/** In the order of `putIncident`. */
function toIncidentRow(incident: IncidentRecord): (string | number | null)[] {
  const { id, startedAtMs, endedAtMs, mergedInto } = incident;
  return [id, startedAtMs, endedAtMs, mergedInto, JSON.stringify(incident)];
}

/** In the order of the columns of `events`. */
function toEventRow(event: StoredEvent): (string | number | null)[] {
  const { id, atMs, kind, level, serviceId, serviceName, replicaKey, nodeId } = event;
  const { hostname, taskId, message, away } = event;
  const where = [serviceId, serviceName, replicaKey, nodeId, hostname, taskId];
  const text = toOldText(event, 'text') ?? '';
  const evidence = toText((event as { evidence?: object }).evidence ?? null);
  const facts = message === undefined ? null : JSON.stringify({ ...message, away });
  return [id, atMs, kind, level, ...where, text, evidence, facts];
}

function toText(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** A process of before, which kept texts, may have left records that the database does not have yet (`pending-file.ts`). */
function toOldText(record: object, field: string): string | null {
  const text = (record as Record<string, unknown>)[field];
  return typeof text === 'string' ? text : null;
}

function prepareStatements(db: Database) {
  const findTask = db.prepare('SELECT n FROM tasks WHERE id = ?');
  const addTask = db.prepare('INSERT INTO tasks(id, seen_ms) VALUES (?, ?) RETURNING n');
  // An end that was found while its container was there is not replaced by one that is told without it.
  const isBetter = 'ending IS NOT NULL AND container IS NOT NULL AND CAST(:container AS TEXT) IS NULL';
  const putTask =
    db.prepare(`UPDATE tasks SET service_id = :serviceId, key = :key, slot = :slot, node_id = :nodeId,
    hostname = :hostname, image = :image, from_ms = :fromMs, seen_ms = :nowMs, task = :task,
    until_ms = CASE WHEN ${isBetter} THEN until_ms ELSE :untilMs END,
    cause = CASE WHEN ${isBetter} THEN cause ELSE :cause END,
    ending = CASE WHEN ${isBetter} THEN ending ELSE :ending END,
    container = coalesce(:container, container) WHERE n = :n`);
  const loseTask = db.prepare(
    'UPDATE tasks SET until_ms = max(coalesce(from_ms, 0), ?) WHERE id = ? AND until_ms IS NULL',
  );
  const putLines = db.prepare('UPDATE tasks SET lines = ?, problem = ? WHERE n = ?');
  const endSpan = db.prepare(
    'UPDATE spans SET until_ms = max(from_ms, ?) WHERE service_id = ? AND key = ? AND until_ms IS NULL',
  );
  // One that a clock that was ahead ended: what is gone does not last until then.
  const cutSpan = db.prepare(
    'UPDATE spans SET until_ms = max(from_ms, ?) WHERE service_id = ? AND key = ? AND until_ms > ?',
  );
  const addSpan = db.prepare(
    'INSERT INTO spans(service_id, key, from_ms, status, task_id, sentence, reason) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const endPort = db.prepare(
    'UPDATE ports SET until_ms = max(from_ms, ?) WHERE service_id = ? AND port = ? AND node_id = ? AND until_ms IS NULL',
  );
  const addPort = db.prepare(
    'INSERT INTO ports(service_id, port, node_id, from_ms, state) VALUES (?, ?, ?, ?, ?)',
  );
  const addEvent = db.prepare(
    'INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const putIncident = db.prepare(
    `INSERT INTO incidents(id, from_ms, until_ms, merged, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE
    SET from_ms = excluded.from_ms, until_ms = excluded.until_ms, merged = excluded.merged, body = excluded.body`,
  );
  const putService = db.prepare(
    `INSERT INTO services(id, name, head, stack) VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE
    SET name = excluded.name, head = excluded.head, stack = excluded.stack, gone_ms = NULL`,
  );
  const endService = db.prepare('UPDATE services SET gone_ms = ? WHERE id = ?');
  const putNode = db.prepare(
    'INSERT INTO nodes(id, node) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET node = excluded.node',
  );
  const endNode = db.prepare('DELETE FROM nodes WHERE id = ?');
  const putMeta = db.prepare(
    'INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
  );
  return {
    findTask,
    addTask,
    putTask,
    loseTask,
    putLines,
    endSpan,
    cutSpan,
    addSpan,
    endPort,
    addPort,
    addEvent,
    putIncident,
    putService,
    endService,
    putNode,
    endNode,
    putMeta,
  };
}
