import type { Answer, Ask, Baseline, QuestionKind } from '#lib/history/question.ts';
import type { LastLine } from '#lib/model/contract/history.ts';
import type { ServiceHead } from '#lib/model/contract/picture.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { parseJson } from './codec/parse-json.ts';
import { createSilenceTable } from './create-silence-table.ts';
import type { Writer } from './create-writer.ts';
import type { Database } from './database.ts';
import { findOldest } from './prune.ts';
import { readComparison } from './read/read-comparison.ts';
import { readEvents } from './read/read-events.ts';
import { readIncident } from './read/read-incident.ts';
import { readIncidents } from './read/read-incidents.ts';
import { createMarkReader } from './read/read-marks.ts';
import { createMomentReader } from './read/read-moment.ts';
import { readReplica } from './read/read-replica.ts';
import { readReportEnds, readReportIncidents, readReportProbes } from './read/read-report.ts';
import { readService } from './read/read-service.ts';
import { readTallies } from './read/read-tallies.ts';
import { readUsage } from './read/read-usage.ts';

/** How each kind of question is answered from the database. */
export function createAnswers(
  db: Database,
  writer: Writer,
  baseline: () => Baseline,
): { [K in QuestionKind]: (ask: Ask<K>) => Answer<K> } {
  const findService = db.prepare(
    'SELECT head FROM services WHERE name = ? OR id = ? ORDER BY coalesce(gone_ms, 9e15) DESC LIMIT 1',
  );
  const findServiceAt = db.prepare(
    `SELECT head FROM services WHERE (name = ? OR id = ?) AND coalesce(gone_ms, 9e15) > ?
    ORDER BY coalesce(gone_ms, 9e15) LIMIT 1`,
  );
  const findLines = db.prepare('SELECT lines, problem FROM tasks WHERE id = ?');
  const findTask = db.prepare('SELECT n FROM tasks WHERE id = ?');
  const readMarks = createMarkReader(db);
  const readMoment = createMomentReader(db);
  const silences = createSilenceTable(db);

  function readProbes(taskId: string, limit: number): Probe[] {
    const row = findTask.get(taskId);
    if (!row) return [];
    return writer.probes.readLast(Number(row.n), limit).map((probe) => ({
      startedAtMs: probe.startMs - probe.skewMs,
      endedAtMs: probe.startMs - probe.skewMs + probe.durationMs,
      durationMs: probe.durationMs,
      exitCode: probe.exitCode,
      output: writer.outputs.text(probe.output),
      truncated: writer.outputs.isTruncated(probe.output),
    }));
  }

  return {
    baseline,
    events: (ask) => readEvents(db, ask),
    replica: (ask) => readReplica(db, writer, ask),
    incidents: (ask) => readIncidents(db, ask),
    incident: (ask) => readIncident(db, ask) ?? 'none',
    usage: (ask) => readUsage(db, writer.usage, ask),
    service: (ask) => readService(db, ask),
    'report-tallies': (ask) => readTallies(db, ask),
    'report-incidents': (ask) => readReportIncidents(db, ask),
    'report-ends': (ask) => readReportEnds(db, ask),
    'report-probes': (ask) => readReportProbes(db, ask),
    comparison: (ask) => readComparison(db, writer, ask),
    marks: readMarks,
    moment: readMoment,
    runs: (ask) => ({ runs: writer.runs.read(ask), oldestMs: writer.runs.oldestMs() }),
    'find-service': ({ name, atMs }) => {
      const row = atMs === null ? findService.get(name, name) : findServiceAt.get(name, name, atMs);
      return parseJson<ServiceHead>(row?.head);
    },
    'last-log-lines': ({ taskId }) => {
      const row = findLines.get(taskId);
      if (!row) return null;
      const lines = parseJson<LastLine[]>(row.lines) ?? [];
      const problem = row.lines === null ? 'No log was kept of this task.' : (row.problem as string | null);
      return { taskId, lines, problem };
    },
    probes: ({ taskIds, limit }) => Object.fromEntries(taskIds.map((id) => [id, readProbes(id, limit)])),
    silences: ({ nowMs }) => silences.list(nowMs),
    'put-silence': ({ silence, nowMs }) => silences.put(silence, nowMs),
    'end-silence': ({ silence, nowMs }) => silences.end(silence, nowMs),
    'told-silences': ({ untilMs }) => ({ untilMs: silences.told(untilMs) }),
    size: () => ({ bytes: db.bytes(), oldestMs: findOldest(db) }),
  };
}
