import type { Answer, Apart, Window } from '#lib/history/question.ts';
import { DAY_MS, toDay } from '#lib/history/store/codec/encode-tally.ts';
import { PART_MS } from '#lib/history/store/create-probe-tally.ts';
import type { Database } from '#lib/history/store/database.ts';
import { parseIncident } from '#lib/history/store/parse-incident.ts';
import { CAUSES, type Cause } from '#lib/model/contract/diagnosis.ts';
import { tallyIncidents } from '#lib/model/derive/report/incidents.ts';
import { narrowIncident } from '#lib/model/events/narrow-incident.ts';
import { english } from '#lib/words/english.ts';
import { toTheirs } from './read-incidents.ts';

/** More are not looked through: some 100 ms on the history's thread. */
const MAX_INCIDENTS = 5_000;

export interface KeptService {
  name: string;
  stack: string | null;
  goneMs: number | null;
}

/** Every service that is kept, by id. */
export function readServiceNames(db: Database): Map<string, KeptService> {
  const rows = db.prepare("SELECT id, name, json_extract(head, '$.stack') AS stack, gone_ms FROM services");
  return new Map(
    rows.all().map(({ id, name, stack, gone_ms }) => [
      String(id),
      {
        name: String(name),
        stack: typeof stack === 'string' ? stack : null,
        goneMs: gone_ms === null ? null : Number(gone_ms),
      },
    ]),
  );
}

const TALLIED = 'service_id, probes, failed, slowest_ms, slowest_at_ms, slowest_key';
const PARTS_A_DAY = DAY_MS / PART_MS;

/** The whole days of a window, and its quarters of days before and after them, each from the first to the last. */
export function toStretches(fromMs: number, untilMs: number): [number, number][] {
  const first = Math.floor(fromMs / PART_MS);
  const last = Math.floor((untilMs - 1) / PART_MS);
  const firstDay = Math.ceil(first / PARTS_A_DAY);
  const endDay = Math.max(firstDay, Math.floor((last + 1) / PARTS_A_DAY));
  return [
    [firstDay, endDay - 1],
    [first, Math.min(last, firstDay * PARTS_A_DAY - 1)],
    [Math.max(first, endDay * PARTS_A_DAY), last],
  ];
}

/** Incidents that lasted at some time of the window. */
export function readReportIncidents(
  db: Database,
  { fromMs, untilMs, scope }: Window & Apart,
): Answer<'report-incidents'> {
  const theirs = scope === undefined ? { sql: 'TRUE', values: [] } : toTheirs(scope);
  const bodies = db
    .prepare(
      `SELECT body FROM incidents WHERE merged IS NULL AND from_ms <= ? AND (until_ms IS NULL OR until_ms >= ?)
      AND ${theirs.sql} ORDER BY from_ms DESC LIMIT ?`,
    )
    .all(untilMs, fromMs, ...theirs.values, MAX_INCIDENTS + 1);
  const records = bodies.slice(0, MAX_INCIDENTS).flatMap(({ body }) => parseIncident(body) ?? []);
  const own =
    scope === undefined
      ? records
      : records
          .flatMap((record) => narrowIncident(record, scope, english) ?? [])
          .filter((one) => one.startedAtMs <= untilMs && (one.endedAtMs === null || one.endedAtMs >= fromMs));
  return {
    incidents: tallyIncidents(own, untilMs),
    isCut: bodies.length > MAX_INCIDENTS,
  };
}

export function readReportEnds(db: Database, { fromMs, untilMs }: Window): Answer<'report-ends'> {
  const names = readServiceNames(db);
  const kept = db
    .prepare(
      `SELECT service_id AS id, cause, count(*) AS count FROM tasks INDEXED BY tasks_by_cause
      WHERE until_ms BETWEEN ? AND ? AND cause IS NOT NULL GROUP BY service_id, cause`,
    )
    .all(fromMs, untilMs);
  // Those whose tasks are forgotten by now, by whole days.
  const forgotten = db
    .prepare(
      'SELECT service_id AS id, cause, sum(count) AS count FROM end_days WHERE day BETWEEN ? AND ? GROUP BY service_id, cause',
    )
    .all(toDay(fromMs), toDay(untilMs - 1));
  const counts = new Map<string, { name: string; cause: Cause; count: number }>();
  for (const { id, cause: text, count } of [...kept, ...forgotten]) {
    const name = names.get(String(id))?.name;
    // A release before or after this one may know others.
    const cause = CAUSES.find((known) => known === text) ?? 'ended';
    if (name === undefined) continue;
    const known = counts.get(`${cause} ${name}`);
    if (known) known.count += Number(count);
    else counts.set(`${cause} ${name}`, { name, cause, count: Number(count) });
  }
  return [...counts.values()];
}

/** Whole quarters of days, whole days where they are, and what is in no block yet. */
export function readReportProbes(db: Database, { fromMs, untilMs }: Window): Answer<'report-probes'> {
  const names = readServiceNames(db);
  const kept = db
    .prepare(
      `SELECT service_id AS id, sum(probes) AS count, sum(failed) AS failed, max(slowest_ms) AS "slowestMs",
        ${db.ofMaximum('slowest_at_ms', 'slowest_ms')} AS "atMs", ${db.textOfMaximum('slowest_key', 'slowest_ms')} AS key
      FROM (SELECT ${TALLIED} FROM probe_days WHERE day BETWEEN ? AND ?
        UNION ALL SELECT ${TALLIED} FROM probe_parts WHERE part BETWEEN ? AND ?
        UNION ALL SELECT ${TALLIED} FROM probe_parts WHERE part BETWEEN ? AND ?) AS kept GROUP BY service_id`,
    )
    .all(...toStretches(fromMs, untilMs).flat());
  const fresh = db
    .prepare(
      `SELECT service_id AS id, count(*) AS count, sum(CASE WHEN exit_code <> 0 THEN 1 ELSE 0 END) AS failed, max(duration_ms) AS "slowestMs",
        ${db.ofMaximum('start_ms - skew_ms', 'duration_ms')} AS "atMs", ${db.textOfMaximum('key', 'duration_ms')} AS key
      FROM journal JOIN tasks ON tasks.n = journal.task
      WHERE service_id IS NOT NULL AND start_ms - skew_ms BETWEEN ? AND ? GROUP BY service_id`,
    )
    .all(Math.floor(fromMs / PART_MS) * PART_MS, untilMs);
  const found = new Map<string, Answer<'report-probes'>[number]>();
  for (const row of [...kept, ...fresh]) {
    const name = names.get(String(row.id))?.name;
    if (name === undefined) continue;
    const known = found.get(name);
    const count = Number(row.count) + (known?.count ?? 0);
    const failed = Number(row.failed) + (known?.failed ?? 0);
    const key = typeof row.key === 'string' ? row.key : null;
    const isSlowest = known === undefined || Number(row.slowestMs) > known.slowestMs;
    const slowest = isSlowest
      ? { slowestMs: Number(row.slowestMs), slowestAtMs: Number(row.atMs), slowestKey: key }
      : { slowestMs: known.slowestMs, slowestAtMs: known.slowestAtMs, slowestKey: known.slowestKey };
    found.set(name, { name, count, failed, ...slowest });
  }
  return [...found.values()];
}
