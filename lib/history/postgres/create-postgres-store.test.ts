import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import { buildEventsQuestion } from '#lib/testing/build-events-question.ts';
import { buildStoredEvent } from '#lib/testing/build-stored-event.ts';
import { DAY_MS, NOW, probe, status, taskRecord } from '#lib/testing/history-records.ts';
import {
  CONNECTION_FILE,
  findPostgres,
  startPostgres,
  type TestPostgres,
} from '#lib/testing/start-postgres.ts';
import { createPostgresDatabase } from './create-postgres-database.ts';
import { createPostgresStore } from './create-postgres-store.ts';
import type { Lead } from './lead.ts';
import type { PostgresAddress } from './message.ts';
import { FENCED, FIND_VERSION_TABLE, toMigration } from './schema.ts';

const bin = findPostgres();
let postgres: TestPostgres;
let address: PostgresAddress;
let folder: string;
let nowMs: number;
let fence = 0;
const open: { close(): void }[] = [];

describe.skipIf(bin === null)('a history in PostgreSQL', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
  }, 180_000);
  afterAll(() => postgres?.stop(), 60_000);
  beforeEach(async () => {
    nowMs = NOW;
    address = await postgres.create();
    await elect();
    folder = mkdtempSync(join(tmpdir(), 'vitals-spool-'));
  });
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A server's: what it says of its state, and what it keeps. */
  async function start(source: string, more: { folder?: string; spoolBytes?: number; lead?: Lead } = {}) {
    const lead = more.lead ?? { kind: 'leads', fence: await elect() };
    const states: HistoryState[] = [];
    let resumed = 0;
    const store = createPostgresStore({
      postgres: { address, connectionFile: CONNECTION_FILE },
      path: join(more.folder ?? folder, 'spool.db'),
      maxAgeDays: 8,
      nowMs: () => nowMs,
      onState: (state) => states.push(state),
      onResume: () => {
        resumed += 1;
      },
      spoolBytes: more.spoolBytes,
    });
    open.push(store);
    store.lead(lead);
    let seq = 0;
    return {
      states,
      resumed: () => resumed,
      lead: store.lead,
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

  /** As a server does that gets the lock; the last one's number while nobody can be asked. */
  async function elect(): Promise<number> {
    const ask = (sql: string) => postgres.query(sql, address.database);
    const raise = () => ask('UPDATE swarm_vitals.lead SET fence = fence + 1 RETURNING fence');
    const [found] = await ask(FIND_VERSION_TABLE).catch(() => []);
    if (found === undefined) return fence;
    if (found.is_there !== true) await ask(toMigration(0));
    fence = Number((await raise())[0]?.fence);
    return fence;
  }

  const toStarts = (past: Answer<'replica'> | null) =>
    past?.probes.kind === 'exact' ? past.probes.probes.map(({ startedAtMs }) => startedAtMs - NOW) : null;

  test('that is killed and comes back has what happened meanwhile, once and in order; what lasted goes on', async () => {
    const server = await start('one');
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
    const server = await start('one');
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
    const first = await start('one');
    expect(first.kinds()).toEqual(['late']);
    first.write(taskRecord(), status(NOW, 'healthy'), probe(NOW + 1));
    first.write(probe(NOW + 2));
    first.close();
    // What the process wrote down a moment before it was killed, some of which waits already.
    const line = (seq: number, ...records: HistoryRecord[]) =>
      `["one",${seq},${NOW + seq * 6_000}] ${JSON.stringify(records)}\n`;
    writeFileSync(join(folder, 'spool.db.pending'), line(2, probe(NOW + 2)) + line(3, probe(NOW + 3)));
    const second = await start('two');
    second.write(status(NOW + 20_000, 'failing'), probe(NOW + 4));
    await postgres.start();
    for (let tries = 0; tries < 3; tries += 1) second.write();
    expect(toStarts(second.replica())).toEqual([1, 2, 3, 4]);
    expect(second.replica()?.spans).toMatchObject([
      { status: 'healthy', fromMs: NOW, untilMs: NOW + 18_000 },
      { status: 'failing', fromMs: NOW + 20_000, untilMs: null },
    ]);
  });

  test('of a server that was killed tells nothing of before until what waits is in it, unless another one is seen to lead', async () => {
    const first = await start('one');
    first.write(taskRecord(), status(NOW, 'healthy'));
    await postgres.kill();
    first.write(status(nowMs, 'failing'));
    first.close();
    await postgres.start();
    const follows = { kind: 'follows', isLed: true } as const;
    const second = await start('two', { lead: follows });
    expect(second.replica()?.spans, 'what is there is shown').toHaveLength(1);
    expect(second.ask({ kind: 'baseline' }), 'an end that waits would be told again').toBeNull();
    copyFileSync(join(folder, 'spool.db'), join(folder, 'kept.db'));
    second.lead({ kind: 'leads', fence: await elect() });
    for (let tries = 0; tries < 3; tries += 1) second.write();
    expect(second.ask({ kind: 'baseline' })).toMatchObject({ statuses: [{ status: 'failing' }] });

    const folderOfThird = other();
    copyFileSync(join(folder, 'kept.db'), join(folderOfThird, 'spool.db'));
    const third = await start('three', { folder: folderOfThird, lead: follows });
    expect(third.ask({ kind: 'baseline' })).toBeNull();
    second.write();
    third.write();
    expect(third.ask({ kind: 'baseline' }), 'what waits is of before, and there').not.toBeNull();
  });

  test('of a server that ends while it is away loses nothing of what waits, whatever was written down of before', async () => {
    const first = await start('one');
    first.write(taskRecord(), probe(NOW + 1));
    first.write(probe(NOW + 2));
    await postgres.kill();
    first.write(probe(NOW + 3));
    first.write(probe(NOW + 4));
    first.close();
    // As it is beside the database until it is big: what is in PostgreSQL already, and what waits.
    const line = (seq: number, ...records: HistoryRecord[]) =>
      `["one",${seq},${NOW + seq * 6_000}] ${JSON.stringify(records)}\n`;
    const lines = [line(1, taskRecord(), probe(NOW + 1)), line(2, probe(NOW + 2)), line(3, probe(NOW + 3))];
    writeFileSync(join(folder, 'spool.db.pending'), lines.join('') + line(4, probe(NOW + 4)));
    await postgres.start();
    const second = await start('two');
    for (let tries = 0; tries < 3; tries += 1) second.write(probe(NOW + 5));
    expect(toStarts(second.replica())).toEqual([1, 2, 3, 4, 5]);
  });

  test('is written by one session of a leader at a time: one that opens it anew ends the one of before, and of no other leader', async () => {
    const older = await elect();
    const role = await elect();
    const open = (one: number) =>
      createPostgresDatabase({
        ...{ address, connectionFile: CONNECTION_FILE, maxAgeDays: 8, connectWithinMs: 20_000, role: one },
        nowMs: () => nowMs,
      });
    const put = (db: ReturnType<typeof open>, key: string) =>
      db.transact(() => db.prepare('INSERT INTO meta(key, value) VALUES (?, 1)').run(key));
    const first = open(role);
    put(first, 'first');
    const second = open(role);
    expect(() => put(first, 'late')).toThrow();
    const third = open(older);
    expect(() => put(third, 'old')).toThrow(expect.objectContaining({ code: FENCED }));
    put(second, 'second');
    expect(second.prepare('SELECT key FROM meta ORDER BY key').all()).toEqual([
      { key: 'first' },
      { key: 'second' },
    ]);
    for (const one of [first, second, third]) one.close();
  });

  test('that takes what waits of two processes, and is lost before that is noted, has none of it twice', async () => {
    await postgres.kill();
    const first = await start('one');
    first.write(taskRecord(), status(NOW, 'healthy'), probe(NOW + 1));
    first.close();
    const second = await start('two');
    second.write(status(NOW + 20_000, 'failing'), probe(NOW + 2));
    second.close();
    copyFileSync(join(folder, 'spool.db'), join(folder, 'kept.db'));
    await postgres.start();
    (await start('three')).close();
    // As a kill right after it was put in leaves it.
    copyFileSync(join(folder, 'kept.db'), join(folder, 'spool.db'));
    const fourth = await start('four');
    fourth.write();
    fourth.close();
    expect(await postgres.query('SELECT count(*) FROM swarm_vitals.spans', address.database)).toEqual([
      { count: '2' },
    ]);
  });

  const event = (id: number, atMs: number): HistoryRecord => ({
    kind: 'event',
    event: buildStoredEvent({ id, atMs }),
  });
  const other = () => mkdtempSync(join(folder, 'other-'));

  test('that another server writes is read here as there, also what it has packed meanwhile', async () => {
    const first = await start('one');
    first.write(taskRecord(), status(NOW, 'healthy'), probe(NOW + 1));
    const second = await start('two', { folder: other(), lead: { kind: 'follows', isLed: true } });
    expect(toStarts(second.replica())).toEqual([1]);
    first.write(probe(NOW + 2));
    expect(second.write(probe(NOW + 2)), 'what it saw itself waits').toBe(true);
    expect(toStarts(second.replica())).toEqual([1, 2]);
    nowMs += 700_000;
    first.write(probe(NOW + 3));
    first.write(probe(NOW + 4));
    expect(second.replica()).toEqual(first.replica());
    expect(toStarts(second.replica())).toEqual([1, 2, 3, 4]);
    expect(second.kinds()).toEqual(['database']);
    expect(second.ask({ kind: 'baseline' })).toMatchObject({ statuses: [{ status: 'healthy' }] });
  });

  test('whose leader is lost has what the next one saw meanwhile, each thing once, and what lasted goes on', async () => {
    const first = await start('one');
    const second = await start('two', { folder: other(), lead: { kind: 'follows', isLed: true } });
    const both = (...records: HistoryRecord[]) => {
      first.write(...records);
      nowMs -= 6_000;
      second.write(...records);
    };
    both(taskRecord(), status(NOW, 'healthy'), probe(NOW + 1));
    both(probe(NOW + 2));
    first.write(event(1, nowMs));
    nowMs -= 6_000;
    // The same, as it saw it.
    second.write(event(11, nowMs + 900));
    // The first writes no more.
    second.write(probe(NOW + 2), probe(NOW + 3), event(2, nowMs - 5_000), status(nowMs, 'failing'));
    second.lead({ kind: 'leads', fence: await elect() });
    second.write(probe(NOW + 4), event(3, nowMs + 60_000));
    expect(second.resumed()).toBe(1);
    expect(toStarts(second.replica())).toEqual([1, 2, 3, 4]);
    expect(second.replica()?.spans.map(({ status: one }) => one)).toEqual(['healthy', 'failing']);
    const events = second.ask(buildEventsQuestion())?.events ?? [];
    expect(events.map(({ id }) => id)).toEqual([3, 2, 1]);
  });

  test('whose leader still puts in what is old has what the next one saw meanwhile', async () => {
    const first = await start('one');
    first.write(taskRecord(), status(NOW, 'healthy'));
    const second = await start('two', { folder: other(), lead: { kind: 'follows', isLed: true } });
    for (let tries = 0; tries < 3; tries += 1) {
      first.write();
      second.write();
    }
    await postgres.query("INSERT INTO swarm_vitals.meta VALUES ('late', '1')", address.database);
    second.write(event(11, nowMs));
    for (let tries = 0; tries < 20; tries += 1) {
      first.write();
      second.write();
    }
    second.lead({ kind: 'leads', fence: await elect() });
    second.write();
    expect(second.ask(buildEventsQuestion())?.events.map(({ id }) => id)).toEqual([11]);
  });

  test('takes nothing of a leader that another one was elected over, who need not know; what only it read is handed in', async () => {
    const first = await start('one');
    first.write(taskRecord(), probe(NOW + 1));
    const second = await start('two', { folder: other(), lead: { kind: 'follows', isLed: true } });
    second.write(probe(NOW + 1));
    second.lead({ kind: 'leads', fence: await elect() });
    second.write(probe(NOW + 2));
    expect(first.write(probe(NOW + 3)), 'it waits here').toBe(true);
    expect(toStarts(second.replica())).toEqual([1, 2]);
    for (let tries = 0; tries < 20; tries += 1) {
      first.write();
      second.write();
    }
    expect(toStarts(second.replica())).toEqual([1, 2, 3]);
    expect([first.kinds(), second.kinds()]).toEqual([['database'], ['database']]);
  });

  test('that nobody leads says so', async () => {
    await elect();
    const server = await start('one', { lead: { kind: 'follows', isLed: false } });
    server.write();
    expect(server.states.at(-1)).toMatchObject({
      kind: 'late',
      sentence: expect.stringContaining('nobody writes it now'),
    });
  });

  test('that somebody leads who does not write is late, also at those who only read it', async () => {
    const first = await start('one');
    first.write(taskRecord(), probe(NOW + 1));
    const second = await start('two', { folder: other(), lead: { kind: 'follows', isLed: true } });
    second.write();
    expect(second.kinds()).toEqual(['database']);
    for (let tries = 0; tries < 4; tries += 1) second.write();
    expect(second.kinds()).toEqual(['database', 'late']);
    first.write();
    second.write();
    expect(second.kinds()).toEqual(['database', 'late', 'database']);
  });

  test('takes what others hand in, but for a probe that no table takes', async () => {
    const first = await start('one');
    first.write(taskRecord(), probe(NOW + 1));
    const handed = [probe(NOW + 2), { ...probe(NOW + 3), durationMs: 1e300 }, probe(NOW + 4)];
    await postgres.query(
      `INSERT INTO swarm_vitals.handed(at_ms, records) VALUES (${NOW}, '${JSON.stringify(handed)}')`,
      address.database,
    );
    for (let tries = 0; tries < 4; tries += 1) first.write();
    expect(toStarts(first.replica())).toEqual([1, 2, 4]);
    expect(first.kinds().at(-1)).toBe('database');
    expect(await postgres.query('SELECT 1 FROM swarm_vitals.handed', address.database)).toEqual([]);
  });

  test('whose leader was away from it, and that another one led for a moment, has what was seen before', async () => {
    const first = await start('one');
    first.write(taskRecord(), event(1, nowMs));
    await postgres.kill();
    for (let tries = 0; tries < 5; tries += 1) first.write();
    first.write(event(2, nowMs));
    for (let tries = 0; tries < 5; tries += 1) first.write();
    await postgres.start();
    // Elected, and lost before it put in what it saw itself.
    const lost = await elect();
    await postgres.query(
      `UPDATE swarm_vitals.meta SET value = 'two?' WHERE key = 'keeper'`,
      address.database,
    );
    first.lead({ kind: 'follows', isLed: true });
    first.lead({ kind: 'leads', fence: await elect() });
    first.write();
    expect(fence).toBe(lost + 1);
    const events = first.ask(buildEventsQuestion())?.events ?? [];
    expect(events.map(({ id }) => id)).toEqual([2, 1]);
  });

  test('whose leader was none for a moment, in which nobody else wrote, has what lasted go on, and what was seen meanwhile', async () => {
    const first = await start('one');
    first.write(taskRecord(), status(NOW, 'healthy'), probe(NOW + 1));
    first.lead({ kind: 'follows', isLed: false });
    first.write(probe(NOW + 2));
    first.lead({ kind: 'leads', fence: await elect() });
    first.write(probe(NOW + 3));
    expect(toStarts(first.replica())).toEqual([1, 2, 3]);
    expect(first.replica()?.spans).toMatchObject([{ status: 'healthy', untilMs: null }]);
  });

  test('whose leader followed once, was away from it, and follows one that is lost, has what was seen before', async () => {
    const first = await start('one', { lead: { kind: 'follows', isLed: true } });
    const second = await start('two', { folder: other() });
    for (let tries = 0; tries < 3; tries += 1) {
      second.write();
      first.write();
    }
    first.lead({ kind: 'leads', fence: await elect() });
    first.write(taskRecord(), event(1, nowMs));
    await postgres.kill();
    first.write(event(2, nowMs));
    for (let tries = 0; tries < 20; tries += 1) first.write();
    await postgres.start();
    // Elected, and lost before it wrote.
    await elect();
    first.lead({ kind: 'follows', isLed: true });
    for (let tries = 0; tries < 3; tries += 1) first.write();
    first.lead({ kind: 'leads', fence: await elect() });
    first.write();
    const events = first.ask(buildEventsQuestion())?.events ?? [];
    expect(events.map(({ id }) => id)).toEqual([2, 1]);
  });

  test('that is away for too long loses the newest, says so, and what lasted ends where that began', async () => {
    const server = await start('one', { spoolBytes: 2_000 });
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
  ])('a record that %s takes no other with it', async (_title, broken) => {
    const server = await start('one');
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
      const server = await start('one');
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

  test('keeps a text with a NUL in it', async () => {
    const server = await start('one');
    server.write(taskRecord(), probe(NOW + 1, { output: 'a\0b' }));
    expect(server.replica()?.probes).toMatchObject({ outputs: ['a\u{fffd}b'] });
  });

  test('has a part for each day, which goes as a whole; a time that no clock should have told has none', async () => {
    const server = await start('one');
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
    (await start('two')).write();
    expect(await list()).toEqual(['probes_20260601']);
  });

  test('that somebody makes a backup of goes on meanwhile; a day that is too old goes afterwards', async () => {
    const server = await start('one');
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
    const second = await start('two');
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

  test.each(['\0', '\ud83d'])('of a service whose text has %j in it has its reports', async (odd) => {
    const server = await start('one');
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
  ] as const)('with %s is late and says why, without the password', async (_title, wrong, why) => {
    address = { ...address, ...wrong };
    const server = await start('one');
    expect(server.states).toMatchObject([{ kind: 'late', sentence: expect.stringContaining(why) }]);
    expect(JSON.stringify(server.states)).not.toContain(address.password);
  });
});
