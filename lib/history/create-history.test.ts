import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { buildEventsQuestion } from '#lib/testing/build-events-question.ts';
import { createHistory } from './create-history.ts';
import { createStore } from './store/create-store.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/**
 * Records numbered events at a pace beyond a swarm of ten thousand replicas, and says what it has recorded. From the
 * two hundredth time on somebody asks so much that the thread is busy for seconds.
 */
const HEAVY = (path: string) => `
  const { createHistory } = await import(${JSON.stringify(join(HERE, 'create-history.ts'))});
  const { writeSync } = await import('node:fs');
  const history = createHistory({
    path: ${JSON.stringify(path)}, postgres: null, maxAgeDays: 8, maxBytes: 1e9,
    threadFile: ${JSON.stringify(join(HERE, 'thread.ts'))},
    nowMs: Date.now, log() {},
  });
  let id = 0;
  let round = 0;
  const question = { kind: 'events', sinceMs: null, untilMs: null, before: null, limit: 1, service: null, kinds: [],
    levels: [], node: 'nowhere' };
  setInterval(() => {
    round += 1;
    if (round === 200) for (let n = 0; n < 100; n++) void history.ask(question);
    for (let n = 0; n < 20; n++) {
      id += 1;
      const event = { id, atMs: Date.now(), kind: 'task', level: 'info', serviceId: null, serviceName: null,
        replicaKey: null, nodeId: null, hostname: null, taskId: null, text: 'x'.repeat(200), evidence: null };
      history.record({ kind: 'event', event });
      history.record({ kind: 'probe', taskId: 't' + (id % 500), startMs: Date.now(), skewMs: 0, durationMs: 5,
        exitCode: 0, output: 'took ' + id, truncated: false });
    }
    writeSync(1, id + ' ' + Date.now() + '\\n');
  }, 5);`;

/** A history that a question takes long to look through. */
function fill(path: string): void {
  createStore({ path, maxAgeDays: 8, maxBytes: 1e9, nowMs: Date.now() }).close();
  const db = new DatabaseSync(path);
  db.prepare(
    `WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 100000)
    INSERT INTO events(id, at_ms, kind, level, text) SELECT -n, ?, 'task', 'info', 'before' FROM count`,
  ).run(Date.now());
  db.close();
}

test('kill -9 loses at most the last half second, however busy the thread is', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-history-'));
  folders.push(folder);
  const path = join(folder, 'history.db');
  fill(path);
  const child = spawn(process.execPath, ['--input-type=module', '-e', HEAVY(path)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let killedAtMs = 0;
  child.stdout.on('data', (data) => {
    output += String(data);
    // Well into it, whatever the machine's speed.
    if (killedAtMs > 0 || output.split('\n').length < 400) return;
    killedAtMs = Date.now();
    child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));

  const recorded = output
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number) as [id: number, atMs: number]);
  const due = recorded.findLast(([, atMs]) => atMs < killedAtMs - 500)?.[0] ?? 0;
  expect(due).toBeGreaterThan(1_000);
  const store = createStore({ path, maxAgeDays: 8, maxBytes: 1e9, nowMs: Date.now() });
  expect(store.setAside).toBeNull();
  const newest = store.ask(buildEventsQuestion({ limit: 1 })).events[0]?.id ?? 0;
  expect(newest).toBeGreaterThanOrEqual(due);
  // And none before it is missing.
  const { events } = store.ask(buildEventsQuestion({ limit: newest }));
  expect(events.filter(({ id }) => id > 0)).toHaveLength(newest);
  store.close();
});

test('a disk that hangs gathers neither records nor questions without end, and what was lost is said', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-hang-'));
  folders.push(folder);
  const threadFile = join(folder, 'thread.mjs');
  // A thread whose first write takes until it is asked something.
  writeFileSync(
    threadFile,
    `import { parentPort } from 'node:worker_threads';
    let writes = 0;
    const wrote = () => { for (; writes > 0; writes--) parentPort.postMessage({ kind: 'wrote', kept: true }); };
    let isHanging = true;
    parentPort.on('message', ({ kind, id }) => {
      if (kind === 'write') { writes += 1; if (!isHanging) wrote(); }
      if (kind === 'ask') { isHanging = false; wrote(); }
      if (kind === 'close') parentPort.close();
    });`,
  );
  const said: string[] = [];
  const history = createHistory({
    ...{ path: null, postgres: null, maxAgeDays: 8, maxBytes: 1e9, threadFile, nowMs: Date.now },
    log: (_, text) => void said.push(text),
  });
  const event = { id: 1, atMs: 1, kind: 'task', level: 'info', text: 'x'.repeat(100_000) };
  // 100 MB, where 64 wait.
  for (let round = 0; round < 50; round++) {
    for (let n = 0; n < 20; n++) history.record({ kind: 'event', event } as never);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  let unasked = 0;
  for (let n = 0; n < 300; n++)
    void history.ask({ kind: 'size' }, 30_000).then((answer) => {
      if (answer === null) unasked += 1;
    });
  await expect.poll(() => unasked).toBe(300 - 256);
  await expect
    .poll(() => said.join(), { timeout: 20_000 })
    .toMatch(/too slow for the history: \d+ records were lost/);
  await history.close();
});
