import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createStore } from './create-store.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Records numbered events at a pace beyond a swarm of ten thousand replicas, and says what it has recorded. */
const HEAVY = (path: string) => `
  const { createHistory } = await import(${JSON.stringify(join(HERE, 'create-history.ts'))});
  const { writeSync } = await import('node:fs');
  const history = createHistory({
    path: ${JSON.stringify(path)}, maxAgeDays: 8, maxBytes: 1e9,
    threadFile: ${JSON.stringify(join(HERE, 'thread.ts'))},
    nowMs: Date.now, onResumed() {}, log() {},
  });
  let id = 0;
  setInterval(() => {
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

test('kill -9 in the middle of heavy writes loses at most the last second', { timeout: 30_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-history-'));
  folders.push(folder);
  const path = join(folder, 'history.db');
  const child = spawn(process.execPath, ['--input-type=module', '-e', HEAVY(path)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let killedAtMs = 0;
  child.stdout.on('data', (data) => {
    said += String(data);
    // Well into it, whatever the machine's speed.
    if (killedAtMs > 0 || said.split('\n').length < 400) return;
    killedAtMs = Date.now();
    child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));

  const recorded = said
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number) as [id: number, atMs: number]);
  const due = recorded.findLast(([, atMs]) => atMs < killedAtMs - 1_000)?.[0] ?? 0;
  expect(due).toBeGreaterThan(1_000);
  const store = createStore({ path, maxAgeDays: 8, maxBytes: 1e9, nowMs: Date.now() });
  expect(store.setAside).toBeNull();
  const query = {
    sinceMs: null,
    untilMs: null,
    before: null,
    service: null,
    node: null,
    kinds: [],
    levels: [],
  };
  const newest = store.ask({ kind: 'events', ...query, limit: 1 }).events[0]?.id ?? 0;
  expect(newest).toBeGreaterThanOrEqual(due);
  // And none before it is missing.
  expect(store.ask({ kind: 'events', ...query, limit: newest }).events).toHaveLength(newest);
  store.close();
});
