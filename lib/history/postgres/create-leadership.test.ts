import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SqlValue } from '#lib/history/store/database.ts';
import { findPostgres, startPostgres, type TestPostgres } from '#lib/testing/start-postgres.ts';
import { createLeadership, type Leadership } from './create-leadership.ts';
import { createSharedSession } from './create-shared-session.ts';
import type { Lead } from './lead.ts';
import type { PostgresAddress } from './message.ts';
import { LEAD_LOCK, SCHEMA_VERSION } from './schema.ts';

const WAIT = { timeout: 60_000, interval: 100 };
const bin = findPostgres();
let postgres: TestPostgres;
let address: PostgresAddress;
const open: { close(): unknown }[] = [];

describe.skipIf(bin === null)('of several servers', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
  }, 180_000);
  afterAll(() => postgres?.stop(), 60_000);
  beforeEach(async () => {
    address = await postgres.create();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  function start(
    more: { canTell?: boolean; swarmId?: () => string | null } = {},
  ): Leadership & { logged: string[] } {
    const logged: string[] = [];
    const { swarmId, canTell = true } = more;
    const leadership = createLeadership({
      canTell,
      isOfSwarm: swarmId !== undefined,
      session: createSharedSession(address),
      steadyMs: () => performance.now(),
      log: (_, text) => logged.push(text),
    });
    if (swarmId !== undefined) leadership.setSwarm(swarmId);
    open.push(leadership);
    return { ...leadership, logged };
  }

  test('one leads; when it ends another one does, with a greater number', async () => {
    const one = start();
    await one.known;
    const other = start();
    await other.known;
    expect([one.lead(), other.lead()]).toEqual([
      { kind: 'leads', fence: 1 },
      { kind: 'follows', isLed: true },
    ]);
    expect([one.isSure(), other.isSure()]).toEqual([true, false]);
    await one.close();
    await expect.poll(other.lead, WAIT).toEqual({ kind: 'leads', fence: 2 });
  });

  test('one that reads another swarm stays apart from the database, also when nobody leads; its own go on', async () => {
    const one = start({ swarmId: () => 'shop' });
    await one.known;
    let swarmId: string | null = null;
    const other = start({ swarmId: () => swarmId });
    await expect.poll(other.lead, WAIT).toEqual({ kind: 'follows', isLed: true });
    await one.close();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(other.lead().kind, 'before it knows what it reads').toBe('follows');
    swarmId = 'forum';
    await expect.poll(other.lead, WAIT).toEqual({ kind: 'apart' });
    const two = start({ swarmId: () => 'shop' });
    await expect.poll(two.lead, WAIT).toEqual({ kind: 'leads', fence: 2 });
    expect(other.lead()).toEqual({ kind: 'apart' });
  });

  test('one that is always answered too late to be sure that it leads is not known to', async () => {
    let steadyMs = 0;
    const session = createSharedSession(address);
    const slow = createLeadership({
      session: {
        ...session,
        async query(text, values) {
          const rows = await session.query(text, values);
          steadyMs += 2_000;
          return rows;
        },
      },
      steadyMs: () => steadyMs,
      log() {},
    });
    open.push(slow);
    await expect.poll(() => slow.lead().kind, WAIT).toBe('leads');
    await expect.poll(slow.unledMs, WAIT).toBeGreaterThan(20_000);
    expect(slow.isSure()).toBe(false);
  });

  test('one that has nobody to tell gives the lead to one that has, and leads where there is none', async () => {
    const mute = start({ canTell: false });
    await mute.known;
    expect(mute.lead()).toEqual({ kind: 'leads', fence: 1 });
    const teller = start();
    await expect.poll(teller.lead, WAIT).toEqual({ kind: 'leads', fence: 2 });
    expect(teller.logged).toEqual([expect.stringContaining('has no VITALS_WEBHOOK_URL')]);
    await expect.poll(mute.lead, WAIT).toEqual({ kind: 'follows', isLed: true });
    await teller.close();
    await expect.poll(mute.lead, WAIT).toEqual({ kind: 'leads', fence: 3 });
  });

  test('one whose lock is in another session, as behind a pool, does not lead and says why', async () => {
    const one = start();
    await one.known;
    const session = createSharedSession(address);
    open.push(session);
    const other = createLeadership({
      session: { ...session, number: () => 1 },
      steadyMs: () => performance.now(),
      log: (_, text) => one.logged.push(text),
    });
    open.push(other);
    await one.close();
    await expect.poll(() => other.lead().kind, WAIT).toBe('leads');
    await postgres.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'`);
    await expect.poll(() => one.logged.join(), WAIT).toContain('a pool hands its sessions around');
    const lead = other.lead();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect([lead.kind, other.lead().kind], 'it does not lead now and then').toEqual(['follows', 'follows']);
    expect(
      one.logged.filter((text) => text.includes('a pool hands')),
      'and says so once',
    ).toHaveLength(1);
    expect(String((other.problem() as { code?: unknown }).code)).toBe('pooled');
  });

  test('one whose managers are away does not lead in a database that has a swarm’s history: it may be another’s', async () => {
    const one = start({ swarmId: () => 'shop' });
    await one.known;
    await one.close();
    let steadyMs = 0;
    let swarmId: string | null = null;
    const logged: string[] = [];
    const other = createLeadership({
      isOfSwarm: true,
      session: createSharedSession(address),
      steadyMs: () => {
        steadyMs += 2_000;
        return steadyMs;
      },
      log: (_, text) => logged.push(text),
    });
    open.push(other);
    other.setSwarm(() => swarmId);
    await other.known;
    const nobody = { kind: 'follows', isLed: false };
    await expect.poll(other.lead, WAIT).toEqual(nobody);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect([other.lead(), other.problem()]).toEqual([nobody, null]);
    swarmId = 'shop';
    await expect.poll(other.lead, WAIT).toEqual({ kind: 'leads', fence: 2 });
  });

  test('one whose managers are away since its start leaves an empty database to one that reads a swarm', async () => {
    let swarmId: string | null = null;
    const blind = start({ swarmId: () => swarmId });
    await blind.known;
    const nobody = { kind: 'follows', isLed: false };
    expect(blind.lead()).toEqual(nobody);
    const seeing = start({ swarmId: () => 'shop' });
    await expect.poll(seeing.lead, WAIT).toEqual({ kind: 'leads', fence: 1 });
    await expect.poll(blind.lead, WAIT).toEqual({ kind: 'follows', isLed: true });
    swarmId = 'shop';
    await seeing.close();
    await expect.poll(blind.lead, WAIT).toEqual({ kind: 'leads', fence: 2 });
  });

  test('a look is no more than two questions: where each takes its time, a silent leader is found all the same', async () => {
    const asked: string[] = [];
    function begin(): Leadership {
      const session = createSharedSession(address);
      const query = (text: string, values?: readonly SqlValue[]) => {
        asked.push(text);
        return session.query(text, values);
      };
      const options = { isOfSwarm: true, steadyMs: () => performance.now(), log: () => {} };
      const leadership = createLeadership({ ...options, session: { ...session, query } });
      leadership.setSwarm(() => 'shop');
      open.push(leadership);
      return leadership;
    }
    /** Questions in as many looks, of which each has one with this in it. */
    async function count(part: string): Promise<number> {
      asked.length = 0;
      const looks = () => asked.filter((text) => text.includes(part)).length;
      await expect.poll(looks, WAIT).toBeGreaterThan(3);
      return asked.length / looks();
    }
    const one = begin();
    await expect.poll(() => one.lead().kind, WAIT).toBe('leads');
    expect(await count('SET beat = beat + 1')).toBeLessThan(4);
    await one.close();
    const leader = start({ swarmId: () => 'shop' });
    await expect.poll(() => leader.lead().kind, WAIT).toBe('leads');
    const other = begin();
    await expect.poll(other.lead, WAIT).toEqual({ kind: 'follows', isLed: true });
    expect(await count('pg_try_advisory_lock')).toBeLessThan(4);
  });

  test('one whose session was ended leads on, with the same number, where no other one was elected', async () => {
    const one = start();
    await one.known;
    await postgres.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'`);
    await expect
      .poll(() => postgres.query(`SELECT pid FROM pg_locks WHERE locktype = 'advisory'`), WAIT)
      .toHaveLength(1);
    expect(one.lead()).toEqual({ kind: 'leads', fence: 1 });
  });

  test('one that has nobody to tell, and whose session was ended, leads on all the time where no other one is', async () => {
    const mute = start({ canTell: false, swarmId: () => 'shop' });
    await mute.known;
    const leads: Lead[] = [];
    mute.subscribe((lead) => leads.push(lead));
    await postgres.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'`);
    const listLocks = () => postgres.query(`SELECT pid FROM pg_locks WHERE locktype = 'advisory'`);
    await expect.poll(listLocks, WAIT).toEqual([]);
    await expect.poll(listLocks, WAIT).toHaveLength(1);
    expect([leads, mute.lead()]).toEqual([[], { kind: 'leads', fence: 1 }]);
  });

  test('one that has not read its swarm yet takes the lead from nobody, though it could tell', async () => {
    const mute = start({ canTell: false, swarmId: () => 'shop' });
    await mute.known;
    const teller = start({ swarmId: () => null });
    await expect.poll(teller.lead, WAIT).toEqual({ kind: 'follows', isLed: true });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect([mute.lead(), teller.logged]).toEqual([{ kind: 'leads', fence: 1 }, []]);
  });

  test('one that has the lock and gives no sign of life loses it', async () => {
    const one = start();
    await one.known;
    await one.close();
    const { tls: _, ...where } = address;
    const silent = new pg.Client(where);
    silent.on('error', () => {});
    await silent.connect();
    await silent.query(`SELECT pg_advisory_lock(${LEAD_LOCK})`);
    const other = start();
    await other.known;
    expect(other.lead().kind).toBe('follows');
    await expect.poll(other.lead, WAIT).toEqual({ kind: 'leads', fence: 2 });
    expect(other.logged).toEqual([expect.stringContaining('gives no sign of life')]);
  });

  test('one that hangs in the middle of a write loses the lead in the look that finds it silent, and nothing waits for it', async () => {
    const one = start();
    await one.known;
    await one.close();
    const { tls: _, ...where } = address;
    const [silent, writing] = [new pg.Client(where), new pg.Client(where)];
    for (const client of [silent, writing]) {
      client.on('error', () => {});
      await client.connect();
    }
    await silent.query(`SELECT pg_advisory_lock(${LEAD_LOCK})`);
    await writing.query('BEGIN; SET LOCAL search_path = swarm_vitals; SELECT check_fence(1)');
    const asked: string[] = [];
    const session = createSharedSession(address);
    const other = createLeadership({
      session: {
        ...session,
        query(text, values) {
          asked.push(text);
          return session.query(text, values);
        },
      },
      steadyMs: () => performance.now(),
      log: () => {},
    });
    open.push(other);
    await expect.poll(other.lead, WAIT).toEqual({ kind: 'leads', fence: 2 });
    const ended = asked.findIndex((text) => text.includes('pg_terminate_backend'));
    const elected = asked.findIndex((text) => text.startsWith('UPDATE lead SET fence'));
    const looks = asked.slice(ended, elected).filter((text) => text.startsWith('SELECT beat, fence'));
    expect(looks, 'it does not wait for another look').toEqual([]);
    expect(asked.filter((text) => text.startsWith('UPDATE lead SET fence'))).toHaveLength(1);
  });

  test('a number that was lost with the last writes of a database is not given again', async () => {
    const one = start();
    await one.known;
    await one.close();
    const two = start();
    await two.known;
    const other = start();
    await other.known;
    expect(two.lead()).toEqual({ kind: 'leads', fence: 2 });
    // As a standby has it that had not read the last election yet.
    await postgres.query('UPDATE swarm_vitals.lead SET fence = 1, holder = NULL', address.database);
    await expect
      .poll(() => [two, other].map(({ lead }) => lead()), WAIT)
      .toContainEqual({ kind: 'leads', fence: 3 });
  });

  test('an answer that was read long after it was asked for makes nobody sure', async () => {
    const session = createSharedSession(address);
    let stoppedMs = 0;
    const leadership = createLeadership({
      session: {
        ...session,
        async query(text, values) {
          const rows = await session.query(text, values);
          // The process is stopped before it reads the answer.
          if (text.startsWith('UPDATE beats')) stoppedMs += 10_000;
          return rows;
        },
      },
      steadyMs: () => performance.now() + stoppedMs,
      log() {},
    });
    open.push(leadership);
    await leadership.known;
    expect(leadership.lead()).toEqual({ kind: 'leads', fence: 1 });
    expect(leadership.isSure()).toBe(false);
  });

  test('who has no right to make the tables is told so, and leads once the right is given', async () => {
    const { database } = address;
    await postgres.query(`CREATE ROLE plain_${database} LOGIN PASSWORD 'plain'`);
    address = { ...address, user: `plain_${database}`, password: 'plain' };
    const one = start();
    await one.known;
    expect(one.logged).toEqual([expect.stringContaining('its user has no right to the schema')]);
    await postgres.query(`GRANT CREATE ON DATABASE ${database} TO plain_${database}`);
    await expect.poll(one.lead, WAIT).toEqual({ kind: 'leads', fence: 1 });
  });

  test('that find tables of a newer version none leads, and each knows for how long', async () => {
    const one = start();
    await one.known;
    await one.close();
    await postgres.query('UPDATE swarm_vitals.version SET version = 99', address.database);
    const other = start();
    await expect.poll(() => other.unledMs() > 2_000, WAIT).toBe(true);
    expect([other.lead(), other.problem()]).toEqual([{ kind: 'follows', isLed: false }, null]);
    await postgres.query(`UPDATE swarm_vitals.version SET version = ${SCHEMA_VERSION}`, address.database);
    await expect.poll(() => other.lead().kind, WAIT).toBe('leads');
    await expect.poll(() => other.unledMs() < 2_000, WAIT).toBe(true);
  });

  test('nobody is known to lead while the database cannot be asked, and whoever led is not sure of it', async () => {
    const one = start();
    await one.known;
    await postgres.kill();
    await expect.poll(one.isSure, WAIT).toBe(false);
    const other = start();
    await other.known;
    expect(other.lead()).toEqual({ kind: 'follows', isLed: false });
    expect(other.problem()).toMatchObject({ code: 'ECONNREFUSED' });
    await postgres.start();
    await expect.poll(() => [one, other].filter(({ isSure }) => isSure()).length, WAIT).toBe(1);
  });
});
