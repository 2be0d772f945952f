import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import { DAY_MS, NOW, probe, status, taskRecord } from '#lib/testing/history-records.ts';
import {
  CONNECTION_FILE,
  findPostgres,
  startPostgres,
  type TestPostgres,
} from '#lib/testing/start-postgres.ts';
import { createPostgresStore } from './create-postgres-store.ts';
import type { PostgresAddress } from './message.ts';

const bin = findPostgres();
let postgres: TestPostgres;
let address: PostgresAddress;
let folder: string;
let nowMs: number;
const open: { close(): void }[] = [];

describe.skipIf(bin === null)('a history in PostgreSQL', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
  }, 180_000);
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    nowMs = NOW;
    address = await postgres.create();
    folder = mkdtempSync(join(tmpdir(), 'vitals-spool-'));
  });
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A server's: what it says of its state, and what it keeps. */
  function start(source: string, more: { folder?: string; spoolBytes?: number } = {}) {
    const states: HistoryState[] = [];
    const store = createPostgresStore({
      postgres: { address, connectionFile: CONNECTION_FILE },
      path: join(more.folder ?? folder, 'spool.db'),
      maxAgeDays: 8,
      nowMs: () => nowMs,
      onState: (state) => states.push(state),
      spoolBytes: more.spoolBytes,
    });
    open.push(store);
    let seq = 0;
    return {
      states,
      kinds: () => states.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1]),
      /** A while later. */
      write(...records: HistoryRecord[]) {
        nowMs += 6_000;
        seq += 1;
        return store.writeBatches([{ source, seq, atMs: nowMs, records: JSON.stringify(records) }], nowMs);
      },
      replica: () =>
        store.ask({
          kind: 'replica',
          ...{ serviceId: 'service-1', key: '1', fromMs: NOW - DAY_MS, untilMs: nowMs, nowMs },
        }),
      ask: store.ask,
      close: store.close,
    };
  }

  const toStarts = (past: Answer<'replica'> | null) =>
    past?.probes.kind === 'exact' ? past.probes.probes.map(({ startedAtMs }) => startedAtMs - NOW) : null;

  test('that is killed and comes back has what happened meanwhile, once and in order; what lasted goes on', async () => {
    const server = start('one');
    expect(server.write(taskRecord(), status(NOW, 'healthy'), probe(NOW + 1))).toBe(true);
    await postgres.kill();
    expect(server.write(probe(NOW + 2)), 'it waits').toBe(true);
    expect(server.write(probe(NOW + 2), probe(NOW + 3), status(NOW + 9_000, 'failing'))).toBe(true);
    expect(server.replica(), 'what cannot be read is not made up').toBeNull();
    await postgres.start();
    for (let tries = 0; tries < 3; tries += 1) server.write();
    server.write(probe(NOW + 4));
    expect(toStarts(server.replica())).toEqual([1, 2, 3, 4]);
    expect(server.replica()?.spans).toMatchObject([
      { status: 'healthy', fromMs: NOW, untilMs: NOW + 9_000 },
      { status: 'failing', fromMs: NOW + 9_000, untilMs: null },
    ]);
    expect(server.kinds()).toEqual(['database', 'late', 'database']);
    expect(server.states[1]?.sentence).toMatch(
      /late: PostgreSQL cannot be used \(.+\). What happens waits on the disk/,
    );
  });

  test('that hangs is given up, and what it may have taken is not there twice when it wakes', async () => {
    const server = start('one');
    server.write(taskRecord(), probe(NOW + 1));
    postgres.freeze();
    expect(server.write(probe(NOW + 2))).toBe(true);
    expect(server.write(probe(NOW + 3))).toBe(true);
    expect(server.states.at(-1)?.sentence).toContain('it does not answer');
    postgres.thaw();
    for (let tries = 0; tries < 20 && server.kinds().at(-1) !== 'database'; tries += 1) {
      server.write();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    server.write(probe(NOW + 4));
    expect(toStarts(server.replica())).toEqual([1, 2, 3, 4]);
  });

  test('of a server that is started anew while it is away loses nothing, and what lasted ended with it', async () => {
    await postgres.kill();
    const first = start('one');
    expect(first.kinds()).toEqual(['late']);
    first.write(taskRecord(), status(NOW, 'healthy'), probe(NOW + 1));
    first.write(probe(NOW + 2));
    first.close();
    // What the process wrote down a moment before it was killed, some of which waits already.
    const line = (seq: number, ...records: HistoryRecord[]) =>
      `["one",${seq},${NOW + seq * 6_000}] ${JSON.stringify(records)}\n`;
    writeFileSync(join(folder, 'spool.db.pending'), line(2, probe(NOW + 2)) + line(3, probe(NOW + 3)));
    const second = start('two');
    second.write(status(NOW + 20_000, 'failing'), probe(NOW + 4));
    await postgres.start();
    for (let tries = 0; tries < 3; tries += 1) second.write();
    expect(toStarts(second.replica())).toEqual([1, 2, 3, 4]);
    expect(second.replica()?.spans).toMatchObject([
      { status: 'healthy', fromMs: NOW, untilMs: NOW + 18_000 },
      { status: 'failing', fromMs: NOW + 20_000, untilMs: null },
    ]);
  });

  test('that takes what waits of two processes, and is lost before that is noted, has none of it twice', async () => {
    await postgres.kill();
    const first = start('one');
    first.write(taskRecord(), status(NOW, 'healthy'), probe(NOW + 1));
    first.close();
    const second = start('two');
    second.write(status(NOW + 20_000, 'failing'), probe(NOW + 2));
    second.close();
    copyFileSync(join(folder, 'spool.db'), join(folder, 'kept.db'));
    await postgres.start();
    start('three').close();
    // As a kill right after it was put in leaves it.
    copyFileSync(join(folder, 'kept.db'), join(folder, 'spool.db'));
    const fourth = start('four');
    fourth.write();
    fourth.close();
    expect(await postgres.query('SELECT count(*) FROM swarm_vitals.spans', address.database)).toEqual([
      { count: '2' },
    ]);
  });

  test('that another server uses says so and takes nothing; when that one ends it goes on', () => {
    const first = start('one');
    first.write(taskRecord(), probe(NOW + 1));
    const other = mkdtempSync(join(folder, 'other-'));
    const second = start('two', { folder: other });
    expect(second.write(probe(NOW + 2))).toBe(false);
    expect(second.states).toMatchObject([
      { kind: 'broken', sentence: expect.stringContaining('another Swarm Vitals keeps its history there') },
    ]);
    first.close();
    expect(second.write(probe(NOW + 3))).toBe(true);
    expect(toStarts(second.replica())).toEqual([1, 3]);
    expect(second.kinds()).toEqual(['broken', 'database']);
  });

  test('that another server wrote meanwhile does not get what this one kept of the same time', async () => {
    const first = start('one');
    first.write(taskRecord(), probe(NOW + 1));
    await postgres.kill();
    first.write(probe(NOW + 2));
    await postgres.start();
    const other = mkdtempSync(join(folder, 'other-'));
    const second = start('two', { folder: other });
    expect(second.write(probe(NOW + 2, { durationMs: 51 }), probe(NOW + 3))).toBe(true);
    second.close();
    first.write();
    first.write(probe(NOW + 4));
    expect(toStarts(first.replica())).toEqual([1, 2, 3, 4]);
    expect(first.kinds(), 'whoever hears of it records anew what lasts').toEqual([
      'database',
      'late',
      'broken',
      'database',
    ]);
  });

  test('that is away for too long loses the newest, says so, and what lasted ends where that began', async () => {
    const server = start('one', { spoolBytes: 2_000 });
    server.write(taskRecord(), status(NOW, 'healthy'));
    await postgres.kill();
    expect(server.write(probe(NOW + 1))).toBe(true);
    expect(server.write(probe(NOW + 2, { output: 'x'.repeat(3_000) }))).toBe(false);
    expect(server.states.at(-1)).toMatchObject({
      kind: 'broken',
      sentence: expect.stringContaining('what can wait for it here is full'),
    });
    await postgres.start();
    for (let tries = 0; tries < 3; tries += 1) server.write();
    server.write(probe(NOW + 4));
    expect(toStarts(server.replica())).toEqual([1, 4]);
    expect(server.replica()?.spans).toMatchObject([{ status: 'healthy', untilMs: NOW + 12_000 }]);
    expect(server.kinds().at(-1)).toBe('database');
  });

  test.each([
    ['lacks a number', { ...probe(NOW + 2), durationMs: undefined }],
    ['has a number that is none', { ...probe(NOW + 2), durationMs: 1e300 }],
    ['lacks what must be there', { kind: 'service', service: { id: 'x', name: null } }],
    ['is nothing', null],
  ])('a record that %s takes no other with it', (_title, broken) => {
    const server = start('one');
    server.write(taskRecord(), probe(NOW + 1), broken as HistoryRecord, probe(NOW + 3));
    server.write(probe(NOW + 4));
    server.write(probe(NOW + 5));
    expect(toStarts(server.replica())).toEqual([1, 3, 4, 5]);
  });

  test.each([
    ['lacks a number', { durationMs: undefined }],
    ['has a number that is none', { durationMs: 1e300 }],
    ['has an exit code that is none', { exitCode: 1e300 }],
  ])(
    'a probe that %s, and comes first of its task, takes nothing with it, though all waited for long',
    async (_title, wrong) => {
      const server = start('one');
      await postgres.kill();
      const broken = { ...probe(NOW + 2, { output: 'odd' }), ...wrong } as HistoryRecord;
      server.write(broken, taskRecord(), probe(NOW + 3, { output: 'odd' }));
      server.write(probe(NOW + 4));
      nowMs += 1_200_000;
      await postgres.start();
      for (let tries = 0; tries < 5; tries += 1) server.write();
      server.write(probe(NOW + 5));
      expect(server.kinds().at(-1)).toBe('database');
      expect(toStarts(server.replica())).toEqual([3, 4, 5]);
      expect(server.replica()?.probes).toMatchObject({ outputs: expect.arrayContaining(['odd']) });
    },
  );

  test('keeps a text with a NUL in it', () => {
    const server = start('one');
    server.write(taskRecord(), probe(NOW + 1, { output: 'a\0b' }));
    expect(server.replica()?.probes).toMatchObject({ outputs: ['a\u{fffd}b'] });
  });

  test('has a part for each day, which goes as a whole; a time that no clock should have told has none', async () => {
    const server = start('one');
    server.write(taskRecord(), probe(NOW - 3 * DAY_MS), probe(NOW), probe(NOW + 400 * DAY_MS));
    nowMs += 700_000;
    server.write();
    const list = async () =>
      (
        await postgres.query(
          "SELECT tablename FROM pg_tables WHERE tablename LIKE 'probes_2%' ORDER BY tablename",
          address.database,
        )
      ).map(({ tablename }) => tablename);
    expect(await list()).toEqual(['probes_20260529', 'probes_20260601']);
    // The history grows old no faster than a day an hour.
    server.close();
    await postgres.query(
      `UPDATE swarm_vitals.meta SET value = '${NOW + 7 * DAY_MS}' WHERE key = 'aged'`,
      address.database,
    );
    nowMs = NOW + 7 * DAY_MS;
    start('two').write();
    expect(await list()).toEqual(['probes_20260601']);
  });

  test('that somebody makes a backup of goes on meanwhile; a day that is too old goes afterwards', async () => {
    const server = start('one');
    server.write(taskRecord(), probe(NOW - 7 * DAY_MS), probe(NOW - 2 * DAY_MS));
    nowMs += 700_000;
    server.write();
    // As pg_dump has all tables until its end.
    const backup = await postgres.lock('swarm_vitals', address.database);
    server.write(probe(NOW));
    nowMs += 700_000;
    server.write(probe(NOW + 1));
    await postgres.query(
      `UPDATE swarm_vitals.meta SET value = '${NOW + 3 * DAY_MS}' WHERE key = 'aged'`,
      address.database,
    );
    server.close();
    nowMs = NOW + 3 * DAY_MS;
    const second = start('two');
    second.write(taskRecord(), probe(NOW + 2));
    expect([server.kinds(), second.kinds()]).toEqual([['database'], ['database']]);
    const list = async () =>
      (
        await postgres.query(
          "SELECT tablename FROM pg_tables WHERE tablename LIKE 'probes_2%' ORDER BY tablename",
          address.database,
        )
      ).map(({ tablename }) => tablename);
    expect(await list()).toEqual(['probes_20260525', 'probes_20260530']);
    await backup.end();
    nowMs += 60_000;
    second.write();
    expect(await list()).toEqual(['probes_20260530']);
    expect(toStarts(second.replica())).toEqual([0, 1, 2]);
  });

  test.each(['\0', '\ud83d'])('of a service whose text has %j in it has its reports', (odd) => {
    const server = start('one');
    const service = { id: 'service-1', name: 'api', stack: `shop${odd}`, sentence: `a${odd}b` };
    server.write({ kind: 'service', service } as HistoryRecord, taskRecord(), probe(NOW + 1));
    const found = server.ask({ kind: 'report-probes', fromMs: NOW - DAY_MS, untilMs: nowMs });
    expect(found).toMatchObject([{ name: 'api', count: 1 }]);
  });

  test.each([
    ['a wrong password', { password: 'wrong' }, 'it refuses the password'],
    ['a database that is not there', { database: 'nowhere' }, 'it has no such database'],
    ['nothing that listens', { port: 1 }, 'nothing listens at its address'],
    ['no TLS', { tls: { check: 'full', ca: null } }, 'it speaks no TLS'],
    ['no authority', { tls: { check: 'full', ca: '/nowhere/ca.crt' } }, 'the file of sslrootcert'],
  ] as const)('with %s is late and says why, without the password', (_title, wrong, why) => {
    address = { ...address, ...wrong };
    const server = start('one');
    expect(server.states).toMatchObject([{ kind: 'late', sentence: expect.stringContaining(why) }]);
    expect(JSON.stringify(server.states)).not.toContain(address.password);
  });
});
