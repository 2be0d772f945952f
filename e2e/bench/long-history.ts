import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { readHealth, readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { encodeProbes, type ProbeRow } from '#lib/history/store/codec/encode-probes.ts';
import { createStore } from '#lib/history/store/create-store.ts';
import { SIZES } from './sizes.ts';
import { startDemoSwarm } from './start-demo-swarm.ts';

/**
 * `npx node e2e/bench/long-history.ts [million probes]`: a history of fifty million probes of a thousand replicas, with a
 * million events; how long a start takes with it, each question of a page, and to prune it, and what else waits
 * meanwhile. By hand, not in CI. Needs a build and 2 GB of disk.
 */
const millions = Number(process.argv[2] ?? 50);
const INTERVAL_MS = 10_000;
const BLOCK = 240;
const OUTPUTS = 100_000;
const EVENTS = 20_000 * millions;
const PER_SLOT = { spans: 4 * millions, tasks: Math.ceil(0.4 * millions) };
const ROUNDS = 15;
/** A round of pruning that is not done by then is said to be not. */
const PRUNE_WITHIN_MS = 180_000;

/** Fills the past of every task that a server wrote of. */
function fill(path: string): void {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; BEGIN');
  const tasks = db
    .prepare(
      'SELECT n, id, service_id AS serviceId, key, node_id AS nodeId, hostname, image, slot FROM tasks WHERE until_ms IS NULL',
    )
    .all();
  const nowMs = Date.now();
  const each = Math.floor((millions * 1_000_000) / tasks.length);
  const fromMs = nowMs - each * INTERVAL_MS;
  const addOutput = db.prepare(
    'INSERT INTO outputs(n, hash, text, truncated, used_ms) VALUES (?, ?, ?, 0, ?)',
  );
  for (let n = 0; n < OUTPUTS; n++)
    addOutput.run(1_000_000 + n, Buffer.from(`made up ${n}`), `HTTP/1.1 200 OK, took ${n} us`, nowMs);
  const addBlock = db.prepare(
    'INSERT OR IGNORE INTO probes(task, from_ms, until_ms, count, data) VALUES (?, ?, ?, ?, ?)',
  );
  const addSpan = db.prepare(
    'INSERT INTO spans(service_id, key, from_ms, until_ms, status, task_id, sentence) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const addTask = db.prepare(
    `INSERT INTO tasks(id, service_id, key, slot, node_id, hostname, image, from_ms, until_ms, seen_ms, cause, ending, lines)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'exit', ?, '[]')`,
  );
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (const { n, id, serviceId, key, nodeId, hostname, image, slot } of tasks) {
    for (let first = 0; first < each; first += BLOCK) {
      const rows: ProbeRow[] = [];
      for (let i = first; i < Math.min(each, first + BLOCK); i++)
        rows.push({
          startMs: fromMs + i * INTERVAL_MS + next(500),
          skewMs: 0,
          durationMs: 20 + next(60),
          exitCode: next(500) === 0 ? 1 : 0,
          output: 1_000_000 + next(OUTPUTS),
        });
      const [oldest, newest] = [rows[0]?.startMs ?? 0, rows.at(-1)?.startMs ?? 0];
      addBlock.run(Number(n), oldest, newest, rows.length, encodeProbes(rows, 0));
    }
    const spanMs = (nowMs - fromMs) / PER_SLOT.spans;
    for (let i = 0; i < PER_SLOT.spans; i++)
      addSpan.run(
        ...[
          serviceId ?? null,
          key ?? null,
          Math.floor(fromMs + i * spanMs),
          Math.floor(fromMs + (i + 1) * spanMs),
        ],
        ...[i % 2 === 0 ? 'healthy' : 'failing', id ?? null, null],
      );
    const taskMs = (nowMs - fromMs) / PER_SLOT.tasks;
    for (let i = 0; i < PER_SLOT.tasks; i++) {
      const untilMs = Math.floor(fromMs + (i + 1) * taskMs);
      const ending = {
        atMs: untilMs,
        cause: null,
        sentence: 'Ended with exit 1.',
        evidence: null,
        exitCode: 1,
        oomKilled: false,
      };
      addTask.run(
        ...[`old-${n}-${i}`, serviceId ?? null, key ?? null, slot ?? null, nodeId ?? null, hostname ?? null],
        ...[image ?? null, Math.floor(fromMs + i * taskMs), untilMs, untilMs, JSON.stringify(ending)],
      );
    }
  }
  db.prepare('UPDATE tasks SET from_ms = ? WHERE until_ms IS NULL').run(fromMs);
  const addEvent = db.prepare(
    `INSERT OR IGNORE INTO events(id, at_ms, kind, level, service_id, service_name, replica_key, node_id, hostname, text)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const names = new Map(
    db
      .prepare('SELECT id, name FROM services')
      .all()
      .map(({ id, name }) => [id, name]),
  );
  for (let n = 0; n < EVENTS; n++) {
    const task = tasks[next(tasks.length)];
    const atMs = Math.floor(fromMs + ((nowMs - fromMs) * n) / EVENTS);
    const serviceId = task?.serviceId ?? null;
    addEvent.run(
      ...[atMs, atMs, n % 3 === 0 ? 'health' : 'task', n % 20_000 === 0 ? 'bad' : 'info', serviceId],
      ...[names.get(serviceId) ?? null, task?.key ?? null, task?.nodeId ?? null, task?.hostname ?? null],
      `A replica of a service: failed 1 of 3 probes (exit ${next(200)})`,
    );
  }
  db.exec('COMMIT');
  const { n } = db.prepare('SELECT sum(count) AS n FROM probes').get() ?? {};
  console.log(`${(Number(n) / 1e6).toFixed(1)} million probes, ${EVENTS / 1e6} million events`);
  db.close();
}

async function time(what: () => Promise<unknown> | unknown): Promise<number> {
  const startedAtMs = performance.now();
  await what();
  return performance.now() - startedAtMs;
}

async function measureQuestions(vitals: VitalsServer): Promise<void> {
  const { services, nodes } = await readSwarm(vitals);
  const hours = (n: number) => `fromMs=${Date.now() - n * 3_600_000}`;
  const questions: [string, (i: number) => string][] = [
    ...[1, 24, 168].flatMap((n): [string, (i: number) => string][] => [
      [`a replica, ${n} h`, (i) => `/api/services/${nameOf(i)}/${keyOf(i)}/history?${hours(n)}`],
      [`a service, ${n} h`, (i) => `/api/services/${nameOf(i)}/history?${hours(n)}`],
    ]),
    ['events, the newest 100', () => '/api/events?limit=100'],
    ['events of a service', (i) => `/api/events?limit=100&service=${nameOf(i)}`],
    ['events of a node', (i) => `/api/events?limit=100&node=${nodes[i % nodes.length]?.hostname}`],
    ['events of a node that is unknown', () => '/api/events?limit=100&node=nowhere'],
    ['events that are bad', () => '/api/events?limit=100&level=bad'],
    ['events of a service that are bad', (i) => `/api/events?limit=100&level=bad&service=${nameOf(i)}`],
    ['events of a kind that there is none of', () => '/api/events?limit=100&kind=update'],
    [
      'events of a day a week ago',
      () =>
        `/api/events?limit=100&sinceMs=${Date.now() - 5 * 86_400_000}&untilMs=${Date.now() - 4 * 86_400_000}`,
    ],
    ['the page of a replica', (i) => `/services/${nameOf(i)}/${keyOf(i)}`],
    ['the page of a service', (i) => `/services/${nameOf(i)}`],
    ['the page of events', () => '/events'],
    ['the overview', () => '/'],
  ];
  const nameOf = (i: number) => services[(i * 7) % services.length]?.name ?? '';
  const keyOf = (i: number) => services[(i * 7) % services.length]?.replicas[0]?.key ?? '';
  for (const [title, toPath] of questions) {
    const took: number[] = [];
    for (let i = 0; i < ROUNDS; i++)
      took.push(
        await time(async () => {
          const response = await fetch(`${vitals.url}${toPath(i)}`);
          await response.arrayBuffer();
          if (!response.ok) throw new Error(`${toPath(i)}: ${response.status}`);
        }),
      );
    took.sort((a, b) => a - b);
    console.log(
      `${title}: ${took[Math.floor(ROUNDS / 2)]?.toFixed(0)} ms, at most ${took.at(-1)?.toFixed(0)} ms`,
    );
  }
}

/** What a write waits for while the oldest tenth goes, and then half. */
function measurePruning(path: string): void {
  for (const share of [0.9, 0.5]) {
    const { size } = statSync(path);
    const store = createStore({ path, maxAgeDays: 365, maxBytes: size * share, nowMs: Date.now() });
    const took: number[] = [];
    const startedAtMs = performance.now();
    let nowMs = Date.now();
    let bytes = Number.POSITIVE_INFINITY;
    while (bytes > size * share && performance.now() - startedAtMs < PRUNE_WITHIN_MS) {
      nowMs += 250;
      const atMs = performance.now();
      store.write([], nowMs);
      took.push(performance.now() - atMs);
      bytes = store.ask({ kind: 'size' }).bytes;
    }
    took.sort((a, b) => a - b);
    console.log(
      `pruned to ${((bytes / size) * 100).toFixed(0)} % (wanted: ${share * 100}): ${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s in ${took.length} writes; ` +
        `one waited ${took[Math.floor(took.length / 2)]?.toFixed(0)} ms (median), ${took.at(-1)?.toFixed(0)} ms at most`,
    );
    store.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'vitals-long-'));
const path = join(folder, 'history.db');
const abort = new AbortController();
const demo = await startDemoSwarm(SIZES.M, abort.signal);
const settings = {
  ...demo.settings,
  VITALS_DATA: folder,
  VITALS_HISTORY_MB: '8000',
  VITALS_HISTORY_DAYS: '365',
};
let vitals: VitalsServer | null = null;
try {
  const fresh = await startVitals(settings);
  vitals = fresh;
  await waitFor(
    async () => (await readSwarm(fresh)).services.length === SIZES.M.services,
    60_000,
    'the demo swarm',
  );
  await sleep(5_000);
  await fresh.stop();
  const filling = await time(() => fill(path));
  console.log(`${(statSync(path).size / 1e6).toFixed(0)} MB, made in ${(filling / 1_000).toFixed(0)} s`);
  await fresh.start();
  const upMs = Date.now() - fresh.spawnedAtMs;
  await waitFor(async () => (await readHealth(fresh)).history.kind === 'disk', 120_000, 'the history');
  const keptMs = Date.now() - fresh.spawnedAtMs;
  console.log(`started: answers after ${upMs} ms, the history is open after ${keptMs} ms`);
  await sleep(10_000);
  console.log(`resident ${(fresh.readMemoryBytes() / 1e6).toFixed(0)} MB before questions`);
  await measureQuestions(fresh);
  console.log(`resident ${(fresh.readMemoryBytes() / 1e6).toFixed(0)} MB after them`);
  await fresh.stop();
  measurePruning(path);
} finally {
  await vitals?.kill();
  await demo.close();
  rmSync(folder, { recursive: true, force: true });
}
