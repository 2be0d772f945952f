import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createPostgresDatabase } from '#lib/history/postgres/create-postgres-database.ts';
import { moveHistory } from '#lib/history/postgres/move-history.ts';
import type { Ask } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import { encodeProbes, type ProbeRow } from '#lib/history/store/codec/encode-probes.ts';
import {
  createWeekTally,
  DAY_MS,
  encodeTally,
  HOUR_MS,
  toDay,
  toWeek,
} from '#lib/history/store/codec/encode-tally.ts';
import { createStore, createStoreIn, type Store } from '#lib/history/store/create-store.ts';
import { buildEventsQuestion } from '#lib/testing/build-events-question.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { CONNECTION_FILE, findPostgres, startPostgres } from '#lib/testing/start-postgres.ts';

/**
 * `npx node e2e/bench/history-databases.ts [days] [services] [reports]`: the same history in SQLite and in PostgreSQL, of as many services
 * of a replica each, probed every 30 s: its size, how long it takes to be moved, what each question of a page takes, and what a
 * second of probes does. By hand, not in CI. Both are asked in turns, so that other work on the machine is the same for both. With `reports`
 * only what reports are made of is there and asked for, of a swarm in which one service in five had a bad day in five.
 */
const days = Number(process.argv[2] ?? 30);
const services = Number(process.argv[3] ?? 1_000);
const isOfReports = process.argv[4] === 'reports';
const INTERVAL_MS = 30_000;
const EVENTS_A_DAY = 20_000;
const SPANS_A_DAY = 4;
const TASKS_A_DAY = 0.4;
const OUTPUTS = 100_000;
const ROUNDS = 15;
const SECONDS = 30;
const nowMs = Date.now();
const fromMs = nowMs - days * DAY_MS;
const kept = { maxAgeDays: days + 2, maxBytes: Number.POSITIVE_INFINITY, nowMs };

let seed = 7;
function next(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed % below;
}

const nameOf = (n: number) => `service-${n % services}`;

function begin(path: string): void {
  const store = createStore({ ...kept, path });
  const records = Array.from({ length: services }, (_, n): HistoryRecord[] => [
    {
      kind: 'service',
      service: buildServicePicture({ id: nameOf(n), name: nameOf(n), stack: `stack-${n % 50}` }),
    },
    {
      kind: 'task',
      task: buildTask({ id: `task-${n}`, serviceId: nameOf(n) }),
      ...{
        key: '1',
        slot: 1,
        hostname: `docker${n % 20}`,
        fromMs,
        untilMs: null,
        end: null,
        container: null,
      },
    },
    {
      kind: 'status',
      serviceId: nameOf(n),
      key: '1',
      fromMs: nowMs - 1_000,
      status: 'healthy',
      taskId: `task-${n}`,
      reason: null,
    },
    { kind: 'availability', serviceId: nameOf(n), atMs: nowMs - 1_000, state: 'up' },
  ]);
  store.write([{ kind: 'run', atMs: fromMs }, ...records.flat()], nowMs);
  store.close();
}

function fill(path: string): void {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA synchronous = OFF; BEGIN');
  const addOutput = db.prepare(
    'INSERT INTO outputs(n, hash, text, truncated, used_ms) VALUES (?, ?, ?, 0, ?)',
  );
  for (let n = 1; n <= OUTPUTS; n += 1)
    addOutput.run(1_000_000 + n, Buffer.from(`made up ${n}`), `HTTP/1.1 200 OK, took ${n} us`, nowMs);
  const tasks = db.prepare('SELECT n, id, service_id FROM tasks').all();
  const addBlock = db.prepare(
    'INSERT INTO probes(task, from_ms, until_ms, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  const addSpan = db.prepare(
    "INSERT INTO spans(service_id, key, from_ms, until_ms, status, task_id) VALUES (?, '1', ?, ?, ?, ?)",
  );
  const addTask = db.prepare(
    `INSERT INTO tasks(id, service_id, key, slot, node_id, hostname, image, from_ms, until_ms, seen_ms, cause, ending, lines)
    VALUES (?, ?, '1', 1, 'node', 'docker', 'image', ?, ?, ?, 'exit-code', ?, '[]')`,
  );
  const addTally = db.prepare('INSERT OR IGNORE INTO tally_weeks(week, service_id, data) VALUES (?, ?, ?)');
  const addPart = db.prepare("INSERT OR IGNORE INTO probe_parts VALUES (?, ?, 720, 2, ?, ?, '1')");
  const addDay = db.prepare("INSERT OR IGNORE INTO probe_days VALUES (?, ?, 2880, 8, ?, ?, '1')");
  const tally = encodeTally(createWeekTally().map(() => [HOUR_MS, 0, 0, 0, 0]));
  /** Of each service that had them its own. */
  const toBadTally = (n: number) =>
    encodeTally(
      createWeekTally().map((_, hour) => {
        const downMs = Math.floor(hour / 24) % 5 === 1 ? hour * 1_000 + n : 0;
        return [HOUR_MS - downMs, 0, downMs, 0, 0];
      }),
    );
  const ending = JSON.stringify({
    atMs: 0,
    cause: null,
    sentence: 'Ended.',
    evidence: null,
    exitCode: 1,
    oomKilled: false,
  });
  for (const { n, id, service_id: serviceId } of tasks) {
    for (let hourMs = fromMs; !isOfReports && hourMs < nowMs - HOUR_MS; hourMs += HOUR_MS) {
      const rows: ProbeRow[] = Array.from({ length: HOUR_MS / INTERVAL_MS }, (_, i) => ({
        startMs: hourMs + i * INTERVAL_MS + next(500),
        ...{ skewMs: 0, durationMs: 20 + next(60), exitCode: next(500) === 0 ? 1 : 0 },
        output: 1_000_001 + next(OUTPUTS),
      }));
      addBlock.run(
        Number(n),
        rows[0]?.startMs ?? 0,
        rows.at(-1)?.startMs ?? 0,
        rows.length,
        encodeProbes(rows, 0),
      );
    }
    for (let i = 0; i < days * SPANS_A_DAY; i += 1) {
      const atMs = Math.floor(fromMs + (i * DAY_MS) / SPANS_A_DAY);
      addSpan.run(
        serviceId ?? '',
        atMs,
        atMs + Math.floor(DAY_MS / SPANS_A_DAY),
        i % 2 ? 'failing' : 'healthy',
        id ?? '',
      );
    }
    for (let i = 0; i < Math.ceil(days * TASKS_A_DAY); i += 1) {
      const atMs = Math.floor(fromMs + (i * DAY_MS) / TASKS_A_DAY);
      addTask.run(`old-${n}-${i}`, serviceId ?? '', atMs, atMs + DAY_MS, atMs, ending);
    }
    for (let atMs = fromMs; atMs < nowMs; atMs += DAY_MS / 4) {
      addTally.run(
        toWeek(atMs),
        serviceId ?? '',
        isOfReports && Number(n) % 5 === 0 ? toBadTally(Number(n)) : tally,
      );
      const slowestMs = 80 + next(20);
      addPart.run(Math.floor(atMs / (DAY_MS / 4)), serviceId ?? '', slowestMs, Math.floor(atMs));
      addDay.run(toDay(atMs), serviceId ?? '', slowestMs, Math.floor(atMs));
    }
  }
  const addEvent = db.prepare(
    `INSERT OR IGNORE INTO events(id, at_ms, kind, level, service_id, service_name, replica_key, node_id, hostname, text)
    VALUES (?, ?, ?, ?, ?, ?, '1', 'node', ?, 'A replica of a service failed 1 of 3 probes (exit 1).')`,
  );
  const events = isOfReports ? 0 : days * EVENTS_A_DAY;
  for (let n = 0; n < events; n += 1) {
    const atMs = Math.floor(fromMs + ((nowMs - fromMs) * n) / events);
    const name = nameOf(next(services));
    addEvent.run(
      atMs,
      atMs,
      n % 3 ? 'task' : 'health',
      n % 2_000 ? 'info' : 'bad',
      name,
      name,
      `docker${n % 20}`,
    );
  }
  db.exec("UPDATE meta SET value = 0 WHERE key = 'tallied'; COMMIT");
  db.close();
}

const back = (hours: number) => ({ fromMs: nowMs - hours * HOUR_MS, untilMs: nowMs });
const QUESTIONS: [string, (i: number) => Ask][] = [
  ...[1, 24, 168].flatMap((hours): [string, (i: number) => Ask][] => [
    [
      `a replica, ${hours} h`,
      (i) => ({ kind: 'replica', serviceId: nameOf(i), key: '1', ...back(hours), nowMs }),
    ],
    [`a service, ${hours} h`, (i) => ({ kind: 'service', serviceId: nameOf(i), ...back(hours), nowMs })],
  ]),
  ['events, the newest 100', () => buildEventsQuestion({ limit: 100 })],
  ['events of a service', (i) => buildEventsQuestion({ limit: 100, service: nameOf(i) })],
  ['events of a node that is unknown', () => buildEventsQuestion({ limit: 100, node: 'none' })],
  ['events that are bad', () => buildEventsQuestion({ limit: 100, levels: ['bad'] })],
  [
    'a moment a week ago, 60 replicas',
    () => ({ kind: 'moment', atMs: nowMs - 7 * DAY_MS, serviceId: null, after: null }),
  ],
  ['marks of a day', () => ({ kind: 'marks', ...back(24), slotMs: 300_000 })],
  ['a report: uptime of all', () => ({ kind: 'report-tallies', ...back(days * 24), pieces: 30 })],
  ['a report: probes of all', () => ({ kind: 'report-probes', ...back(days * 24) })],
  ['a report: bad ends of all', () => ({ kind: 'report-ends', ...back(days * 24) })],
];

const median = (took: number[]) => took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;

function time(act: () => unknown): number {
  const startedAtMs = performance.now();
  act();
  return performance.now() - startedAtMs;
}

function row(title: string, sqlite: number, postgres: number): void {
  console.log(`| ${title} | ${sqlite.toFixed(1)} | ${postgres.toFixed(1)} |`);
}

function measureQuestions(sqlite: Store, postgres: Store): void {
  for (const [title, toAsk] of QUESTIONS.filter(([title]) => !isOfReports || title.startsWith('a report'))) {
    const took: [number[], number[]] = [[], []];
    for (let i = 0; i < ROUNDS; i += 1) {
      took[0].push(time(() => sqlite.ask(toAsk(i * 7))));
      took[1].push(time(() => postgres.ask(toAsk(i * 7))));
    }
    row(title, median(took[0]), median(took[1]));
    if (isOfReports) row('· the least', Math.min(...took[0]), Math.min(...took[1]));
  }
}

/** The probes of the last ten minutes, which are in no block yet. */
function fillJournal(store: Store): void {
  for (let atMs = nowMs - 600_000; atMs < nowMs; atMs += INTERVAL_MS)
    store.write(
      Array.from({ length: services }, (_, n): HistoryRecord => {
        const taken = { startMs: atMs + n, skewMs: 0, durationMs: 20 + ((n * 7 + atMs) % 60), exitCode: 0 };
        return { kind: 'probe', taskId: `task-${n}`, ...taken, output: 'HTTP/1.1 200 OK', truncated: false };
      }),
      nowMs,
    );
}

/** A probe of each service, in one write; and when they go into blocks. */
function measureWrites(sqlite: Store, postgres: Store): void {
  const took: [number[], number[]] = [[], []];
  for (let second = 1; second <= SECONDS; second += 1) {
    const records = Array.from(
      { length: services },
      (_, n): HistoryRecord => ({
        kind: 'probe',
        ...{
          taskId: `task-${n}`,
          startMs: nowMs + second * 1_000 + next(900),
          skewMs: 0,
          durationMs: 20 + next(60),
        },
        ...{ exitCode: 0, output: `HTTP/1.1 200 OK, took ${next(50)} us`, truncated: false },
      }),
    );
    took[0].push(time(() => sqlite.write(records, nowMs + second * 1_000)));
    took[1].push(time(() => postgres.write(records, nowMs + second * 1_000)));
  }
  row(`${services} probes in a write`, median(took[0]), median(took[1]));
  const laterMs = nowMs + 700_000;
  row(
    `${services * SECONDS} of ${services} tasks go into blocks`,
    time(() => sqlite.write([], laterMs)),
    time(() => postgres.write([], laterMs)),
  );
}

const bin = findPostgres();
if (bin === null) throw new Error('Install PostgreSQL: apt-get install postgresql.');
const folder = mkdtempSync(join(tmpdir(), 'vitals-databases-'));
const path = join(folder, 'history.db');
const server = await startPostgres(bin, ['max_wal_size=4GB']);
try {
  begin(path);
  console.log(`filled in ${(time(() => fill(path)) / 1_000).toFixed(0)} s`);
  const address = await server.create();
  const postgres = { address, connectionFile: CONNECTION_FILE };
  const movedMs = time(() =>
    console.log(moveHistory({ path, postgres, maxAgeDays: kept.maxAgeDays, nowMs, say: () => {} })),
  );
  await server.query('VACUUM ANALYZE', address.database);
  const db = createPostgresDatabase({ ...postgres, ...kept, nowMs: () => nowMs, connectWithinMs: 20_000 });
  const probes = Number(db.prepare('SELECT sum(count) AS n FROM probes').get()?.n ?? 0);
  console.log(`${(probes / 1e6).toFixed(1)} million probes of ${services} services in ${days} days`);
  console.log(`moved in ${(movedMs / 1_000).toFixed(0)} s\n\n| | SQLite | PostgreSQL |\n|---|---|---|`);
  row('size, MB', statSync(path).size / 1e6, db.bytes() / 1e6);
  const stores = [createStore({ ...kept, path }), createStoreIn(db, [], kept)] as const;
  if (isOfReports) for (const store of stores) fillJournal(store);
  measureQuestions(...stores);
  if (!isOfReports) measureWrites(...stores);
  for (const store of stores) store.close();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
