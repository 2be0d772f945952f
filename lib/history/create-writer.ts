import type { DatabaseSync } from 'node:sqlite';
import { createOutputTable, type OutputTable } from './create-output-table.ts';
import { createProbeTable, type ProbeTable } from './create-probe-table.ts';
import type { HistoryRecord, ProbeRecord, TaskRecord } from './record.ts';

/** Puts records into the tables. Transactions are the caller's. */
export interface Writer {
  write(record: HistoryRecord, nowMs: number): void;
  outputs: OutputTable;
  probes: ProbeTable;
}

const TASKS_REMEMBERED = 50_000;

export function createWriter(db: DatabaseSync): Writer {
  const outputs = createOutputTable(db);
  const probes = createProbeTable(db);
  const rows = new Map<string, number>();

  const findTask = db.prepare('SELECT n FROM tasks WHERE id = ?');
  const addTask = db.prepare('INSERT INTO tasks(id, seen_ms) VALUES (?, ?)');
  const putTask = db.prepare(`UPDATE tasks SET service_id = ?, key = ?, slot = ?, node_id = ?, hostname = ?,
    image = ?, from_ms = ?, until_ms = ?, seen_ms = ?, cause = ?, ending = ?, task = ?,
    container = coalesce(?, container) WHERE n = ?`);
  const loseTask = db.prepare(
    'UPDATE tasks SET until_ms = max(coalesce(from_ms, 0), ?) WHERE id = ? AND until_ms IS NULL',
  );
  const putLines = db.prepare('UPDATE tasks SET lines = ?, problem = ? WHERE n = ?');
  const endSpan = db.prepare(
    'UPDATE spans SET until_ms = max(from_ms, ?) WHERE service_id = ? AND key = ? AND until_ms IS NULL',
  );
  const addSpan = db.prepare(
    'INSERT INTO spans(service_id, key, from_ms, status, task_id, sentence) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addEvent = db.prepare('INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const putService = db.prepare('INSERT OR REPLACE INTO services(id, name, head) VALUES (?, ?, ?)');
  const endService = db.prepare('UPDATE services SET gone_ms = ? WHERE id = ?');
  const putNode = db.prepare('INSERT OR REPLACE INTO nodes(id, node) VALUES (?, ?)');
  const endNode = db.prepare('DELETE FROM nodes WHERE id = ?');
  const putMeta = db.prepare('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)');

  function rowOf(taskId: string, nowMs: number): number {
    const known = rows.get(taskId);
    if (known !== undefined) return known;
    const found = findTask.get(taskId) as { n: number } | undefined;
    const n = found?.n ?? Number(addTask.run(taskId, nowMs).lastInsertRowid);
    if (rows.size >= TASKS_REMEMBERED) rows.clear();
    rows.set(taskId, n);
    return n;
  }

  function writeProbe(probe: ProbeRecord, nowMs: number): void {
    const { startMs, skewMs, durationMs, exitCode } = probe;
    const output = outputs.intern(probe.output, probe.truncated, nowMs);
    probes.add(rowOf(probe.taskId, nowMs), { startMs, skewMs, durationMs, exitCode, output });
  }

  function writeTask(record: TaskRecord, nowMs: number): void {
    const { task, key, slot, hostname, fromMs, untilMs, end, container } = record;
    putTask.run(
      task.serviceId,
      key,
      slot,
      task.nodeId,
      hostname,
      task.image,
      fromMs,
      untilMs,
      nowMs,
      end?.cause ?? null,
      toText(end),
      JSON.stringify(task),
      toText(container),
      rowOf(task.id, nowMs),
    );
  }

  return {
    outputs,
    probes,
    write(record, nowMs) {
      switch (record.kind) {
        case 'probe':
          return writeProbe(record, nowMs);
        case 'task':
          return writeTask(record, nowMs);
        case 'task-lost':
          loseTask.run(record.atMs, record.taskId);
          return;
        case 'status':
          endSpan.run(record.fromMs, record.serviceId, record.key);
          addSpan.run(
            record.serviceId,
            record.key,
            record.fromMs,
            record.status,
            record.taskId,
            record.sentence,
          );
          return;
        case 'status-end':
          endSpan.run(record.atMs, record.serviceId, record.key);
          return;
        case 'lines':
          putLines.run(JSON.stringify(record.lines), record.problem, rowOf(record.taskId, nowMs));
          return;
        case 'event': {
          const { id, atMs, kind, level, serviceId, serviceName, replicaKey, nodeId } = record.event;
          const { hostname, taskId, text, evidence } = record.event;
          const where = [serviceId, serviceName, replicaKey, nodeId, hostname, taskId] as const;
          addEvent.run(id, atMs, kind, level, ...where, text, toText(evidence));
          return;
        }
        case 'service':
          putService.run(record.service.id, record.service.name, JSON.stringify(record.service));
          return;
        case 'service-gone':
          endService.run(record.atMs, record.serviceId);
          return;
        case 'node':
          putNode.run(record.node.id, JSON.stringify(record.node));
          return;
        case 'node-gone':
          endNode.run(record.nodeId);
          return;
        case 'swarm':
          putMeta.run('swarm', record.swarmId);
          return;
      }
    },
  };
}

function toText(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
