import type { Answer, Apart, Window } from '#lib/history/question.ts';
import { DAY_MS, toDay } from '#lib/history/store/codec/encode-tally.ts';
import { PART_MS } from '#lib/history/store/create-probe-tally.ts';
import type { Database, SqlRow } from '#lib/history/store/database.ts';
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

/** Every service that is kept: to be read with {@link toServiceNames}. */
export const SERVICE_NAMES = 'SELECT id, name, stack, gone_ms FROM services';

/** By id. */
export function toServiceNames(rows: readonly SqlRow[]): Map<string, KeptService> {
  return new Map(
    rows.map(({ id, name, stack, gone_ms }) => [
      String(id),
      {
        name: String(name),
        stack: typeof stack === 'string' ? stack : null,
        goneMs: gone_ms === null ? null : Number(gone_ms),
      },
    ]),
  );
}

/** Below it is the number of a day or of a part of one, in two thousand years, too. */
const PLACES = 4_194_304;
/** So that the product is a number of JavaScript's: 24 days. */
const MAX_SLOWEST_MS = 2_147_483_647;

/**
 * Sums of each service, and where its slowest probe was: the slowest of each day and the number of that day are one number, of
 * which the greatest is wanted. So one pass adds numbers alone, and what is known of that probe is looked up, a row a service.
 */
const toSums = (table: string, place: string, at: string) =>
  `SELECT service_id, probes, failed, min(slowest_ms, ${MAX_SLOWEST_MS}) * ${PLACES} + ${place} AS slowest
  FROM ${table} WHERE ${at} BETWEEN ? AND ?`;
const KEPT_PROBES = `SELECT sums.service_id AS id, sums.count, sums.failed,
    coalesce(days.slowest_ms, parts.slowest_ms) AS "slowestMs",
    coalesce(days.slowest_at_ms, parts.slowest_at_ms) AS "atMs", coalesce(days.slowest_key, parts.slowest_key) AS key
  FROM (SELECT service_id, sum(probes) AS count, sum(failed) AS failed, max(slowest) % ${PLACES} AS place
    FROM (${toSums('probe_days', 'day * 2', 'day')}
      UNION ALL ${toSums('probe_parts', 'part * 2 + 1', 'part')}
      UNION ALL ${toSums('probe_parts', 'part * 2 + 1', 'part')}) AS kept GROUP BY service_id) AS sums
  LEFT JOIN probe_days AS days
    ON sums.place % 2 = 0 AND days.day = sums.place / 2 AND days.service_id = sums.service_id
  LEFT JOIN probe_parts AS parts
    ON sums.place % 2 = 1 AND parts.part = sums.place / 2 AND parts.service_id = sums.service_id`;

/** The same of what is in no block yet, by the row's own number. */
const FIRST = '(SELECT min(n) FROM journal)';
const ROWS = 4_294_967_296;
const FRESH_PROBES = `SELECT sums.id, sums.count, sums.failed, slow.duration_ms AS "slowestMs",
    slow.start_ms - slow.skew_ms AS "atMs", tasks.key
  FROM (SELECT service_id AS id, sum(count) AS count, sum(failed) AS failed, max(slowest) % ${ROWS} + ${FIRST} AS n
    FROM (SELECT task, count(*) AS count, sum(CASE WHEN exit_code <> 0 THEN 1 ELSE 0 END) AS failed,
        max(min(duration_ms, ${MAX_SLOWEST_MS}) * ${ROWS} + n - ${FIRST}) AS slowest
      FROM journal WHERE start_ms - skew_ms BETWEEN ? AND ? GROUP BY task) AS of_tasks
    JOIN tasks ON tasks.n = of_tasks.task WHERE service_id IS NOT NULL GROUP BY service_id) AS sums
  JOIN journal AS slow ON slow.n = sums.n JOIN tasks ON tasks.n = slow.task`;
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

const KEPT_ENDS = `SELECT service_id AS id, cause, count(*) AS count FROM tasks INDEXED BY tasks_by_cause
  WHERE until_ms BETWEEN ? AND ? AND cause IS NOT NULL GROUP BY service_id, cause`;
/** Those whose tasks are forgotten by now, by whole days. */
const FORGOTTEN_ENDS =
  'SELECT service_id AS id, cause, sum(count) AS count FROM end_days WHERE day BETWEEN ? AND ? GROUP BY service_id, cause';

export function readReportEnds(db: Database, { fromMs, untilMs }: Window): Answer<'report-ends'> {
  const [services = [], kept = [], forgotten = []] = db.allOfEach([
    [db.prepare(SERVICE_NAMES)],
    [db.prepare(KEPT_ENDS), fromMs, untilMs],
    [db.prepare(FORGOTTEN_ENDS), toDay(fromMs), toDay(untilMs - 1)],
  ]);
  const names = toServiceNames(services);
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
  const [services = [], kept = [], fresh = []] = db.allOfEach([
    [db.prepare(SERVICE_NAMES)],
    [db.prepare(KEPT_PROBES), ...toStretches(fromMs, untilMs).flat()],
    [db.prepare(FRESH_PROBES), Math.floor(fromMs / PART_MS) * PART_MS, untilMs],
  ]);
  const names = toServiceNames(services);
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
