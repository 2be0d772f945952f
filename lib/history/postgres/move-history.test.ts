import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createStore, createStoreIn, type Store } from '#lib/history/store/create-store.ts';
import { buildEventsQuestion } from '#lib/testing/build-events-question.ts';
import { buildStoredEvent } from '#lib/testing/build-stored-event.ts';
import { NOW, probe, readReplica, status, taskRecord } from '#lib/testing/history-records.ts';
import {
  CONNECTION_FILE,
  findPostgres,
  startPostgres,
  type TestPostgres,
} from '#lib/testing/start-postgres.ts';
import { createPostgresDatabase } from './create-postgres-database.ts';
import type { PostgresAddress } from './message.ts';
import { moveHistory } from './move-history.ts';

const KEPT = { maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW };
const bin = findPostgres();
let postgres: TestPostgres;
let address: PostgresAddress;
let path: string;
const folder = mkdtempSync(join(tmpdir(), 'vitals-move-'));
let count = 0;

const move = (more: { path?: string } = {}, said: string[] = []) =>
  moveHistory({
    path,
    postgres: { address, connectionFile: CONNECTION_FILE },
    maxAgeDays: 8,
    nowMs: NOW,
    say: (text) => said.push(text),
    ...more,
  });

function openPostgres(): Store {
  const how = { address, connectionFile: CONNECTION_FILE, maxAgeDays: 8, connectWithinMs: 10_000 };
  return createStoreIn(createPostgresDatabase({ ...how, nowMs: () => NOW }), [], KEPT);
}

/** What pages would show. */
function readAll(store: Store) {
  return {
    replica: readReplica(store, NOW - 3_600_000, NOW + 3_600_000),
    events: store.ask(buildEventsQuestion({ limit: 500 })),
    probes: store.ask({ kind: 'probes', taskIds: ['task-1'], limit: 1_000 }),
    runs: store.ask({ kind: 'runs', fromMs: 0, untilMs: NOW + 3_600_000 }),
  };
}

describe.skipIf(bin === null)('a history in a file that is moved to PostgreSQL', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
  }, 180_000);
  afterAll(async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    address = await postgres.create();
    count += 1;
    path = join(folder, `${count}.db`);
    const store = createStore({ ...KEPT, path });
    store.write([{ kind: 'run', atMs: NOW }, taskRecord(), status(NOW - 60_000, 'healthy')], NOW);
    const probes = Array.from({ length: 450 }, (_, n) =>
      probe(NOW - 900_000 + n * 1_000, { output: `${n}` }),
    );
    const events = Array.from({ length: 450 }, (_, n) => buildStoredEvent({ id: NOW + n, atMs: NOW + n }));
    store.write([...probes, ...events.map((event) => ({ kind: 'event', event }) as const)], NOW + 1);
    // Some are in blocks, some are not yet.
    store.write([], NOW + 700_000);
    store.write([probe(NOW + 699_000)], NOW + 701_000);
    store.close();
  });

  test('answers as before, and goes on; a second time there is nothing to do', () => {
    const said: string[] = [];
    expect(move({}, said)).toMatch(/^The history was moved: \d+ rows\./);
    expect(said).toContain('events: 450, all');
    expect(move()).toBe('The history was moved before: nothing is left to do.');
    const [file, there] = [createStore({ ...KEPT, path }), openPostgres()];
    expect(readAll(there)).toEqual(readAll(file));
    for (const store of [file, there])
      store.write(
        [probe(NOW + 705_000, { taskId: 'task-2', output: 'new' }), probe(NOW + 705_000)],
        NOW + 706_000,
      );
    expect(readAll(there)).toEqual(readAll(file));
    file.close();
    there.close();
  });

  test('is refused where PostgreSQL has one, where a server uses either, and where there is none', () => {
    const used = createStore({ ...KEPT, path });
    expect(() => move()).toThrow('is used by a Swarm Vitals that runs. End that first.');
    used.close();
    const there = openPostgres();
    expect(() => move()).toThrow('another Swarm Vitals keeps its history there');
    there.write([taskRecord()], NOW);
    there.close();
    expect(() => move()).toThrow('PostgreSQL has one already. Name an empty database');
    expect(() => move({ path: join(folder, 'none.db') })).toThrow('There is no history at');
  });

  test('that is cut short is there not at all, and is moved the next time', async () => {
    const killed = () =>
      moveHistory({
        path,
        postgres: { address, connectionFile: CONNECTION_FILE },
        maxAgeDays: 8,
        nowMs: NOW,
        say(text) {
          if (text.startsWith('events')) throw new Error('killed');
        },
      });
    expect(killed).toThrow('PostgreSQL is as it was');
    const rows = await postgres.query('SELECT count(*)::int AS n FROM swarm_vitals.tasks', address.database);
    expect(rows).toEqual([{ n: 0 }]);
    expect(move()).toMatch(/^The history was moved/);
  });
});
