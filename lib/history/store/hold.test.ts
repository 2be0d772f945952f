import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toPendingPath } from '#lib/history/pending-file.ts';
import type { Batch } from '#lib/history/thread-message.ts';
import { createStore, type FileStore } from './create-store.ts';
import { hasHistory } from './hold.ts';

const NOW = Date.UTC(2026, 10, 29);
const DAY_MS = 24 * 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'vitals-hold-'));
const path = join(folder, 'history.db');
let opened: FileStore | null = null;

beforeEach(() => mkdirSync(folder, { recursive: true }));
afterEach(() => {
  opened?.close();
  opened = null;
  rmSync(folder, { recursive: true, force: true });
});

/** As a process opens it, which says at once that it is alive. */
function open(holds: boolean, pastFile?: string): FileStore {
  opened?.close();
  opened = createStore({
    path,
    maxAgeDays: 8,
    maxBytes: 1e9,
    nowMs: NOW,
    holds,
    ...(pastFile ? { pastFile } : {}),
  });
  opened.write([], NOW);
  return opened;
}
const aliveMs = (store: FileStore) => store.ask({ kind: 'baseline' }).aliveMs;
const batch = (seq: number): Batch => ({
  source: 'a process',
  seq,
  atMs: NOW,
  records: JSON.stringify([{ kind: 'run', atMs: NOW }]),
});

function writePast(): string {
  const file = join(folder, 'past.db');
  const past = createStore({ path: null, maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW - DAY_MS });
  past.write([{ kind: 'run', atMs: NOW - DAY_MS }], NOW - DAY_MS);
  past.copyTo(file);
  past.close();
  return file;
}

test('who is killed while its past is written begins anew at the next start, and gets it then', () => {
  expect(hasHistory(path)).toBe(false);
  open(true).close();
  opened = null;
  expect(hasHistory(path), 'nothing is in it yet').toBe(false);
  expect(aliveMs(open(true)), 'nor when it was left so').toBeNull();
  const past = writePast();
  expect(aliveMs(open(true, past))).toBe(NOW - DAY_MS);
  expect(aliveMs(open(true)), 'and goes on from there').toBe(NOW);
});

test('what it had seen when it was killed is of a swarm that is no more, and is not written', () => {
  open(true);
  writeFileSync(toPendingPath(path), `["them",1,${NOW}] ${batch(1).records}\n`);
  const runs = (store: FileStore) => store.ask({ kind: 'runs', fromMs: 0, untilMs: 2 * NOW })?.runs.length;
  expect(runs(open(true))).toBe(0);
  expect(runs(open(false)), 'but by who waits for no past').toBe(1);
});

test('one that has no past goes on with its first records, and is somebody’s from then on', () => {
  open(true).writeBatches([batch(1)], NOW);
  expect(hasHistory(path)).toBe(true);
  expect(aliveMs(open(true))).toBe(NOW);
});

test('a server that waits for no past goes on with whatever is there', () => {
  open(true);
  open(false);
  expect(hasHistory(path)).toBe(true);
});

test('a file that is no history is not taken for an empty one', () => {
  writeFileSync(path, 'a letter to my aunt');
  expect(hasHistory(path)).toBe(true);
});
