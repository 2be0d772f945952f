import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLeadership } from '#lib/history/postgres/create-leadership.ts';
import { createSharedSession } from '#lib/history/postgres/create-shared-session.ts';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';
import type { Finding, SwarmCause } from '#lib/model/contract/finding.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { findPostgres, startPostgres, type TestPostgres } from '#lib/testing/start-postgres.ts';
import { createToldLedger } from './create-told-ledger.ts';
import { toDelivery } from './to-delivery.ts';

const WAIT = { timeout: 60_000, interval: 50 };
const bin = findPostgres();
let postgres: TestPostgres;
let address: PostgresAddress;
const open: { end(): Promise<void> }[] = [];
const service = buildServicePicture({ id: 'service-1', name: 'api' });
const FINDING = {
  level: 'problem',
  subject: { kind: 'swarm' },
  sentence: 'It is so.',
  evidence: null,
  hint: null,
  sinceMs: 0,
  because: null,
} as const;
const picture = buildSwarmPicture({ services: [service] });

describe.skipIf(bin === null)('of several servers on one database', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
  }, 180_000);
  afterAll(() => postgres?.stop(), 180_000);
  beforeEach(async () => {
    address = await postgres.create();
  }, 60_000);
  afterEach(async () => {
    for (const one of open.splice(0)) await one.end();
  }, 60_000);

  /**
   * A server: what it sees, and what it sends; `isDeaf`: nothing of that is noted as sent.
   *
   * @param lose whether the answer to a statement is lost, which was done
   */
  async function start({ isDeaf = false, lose = (_: string): boolean => false, calmMs = 300_000 } = {}) {
    const opened = createSharedSession(address);
    const session: typeof opened = {
      ...opened,
      async query(text, values) {
        const rows = await opened.query(text, values);
        if (lose(text)) throw new Error('the connection was lost');
        return rows;
      },
    };
    const waiting: (() => void)[] = [];
    const leadership = createLeadership({ session, steadyMs: () => performance.now(), log() {} });
    await leadership.known;
    const sent: { id: string; body: string }[] = [];
    const ledger = createToldLedger({
      session,
      leadership,
      webhook: {
        post(message, done) {
          sent.push(message);
          if (isDeaf) waiting.push(done);
          else done();
        },
        clear() {},
      },
      toDelivery: (change, seen) => toDelivery(change, seen, { publicUrl: null, nowMs: Date.now() }),
      calmMs,
      nowMs: Date.now,
      steadyMs: () => performance.now(),
      log() {},
    });
    let ended = false;
    const self = {
      leads: () => leadership.isSure(),
      /** What was sent has arrived. */
      arrive: () => waiting.splice(0).forEach((done) => void done()),
      ids: () => sent.map(({ id }) => id),
      turns: () =>
        sent.map(({ body }) => {
          const { from, to } = JSON.parse(body) as { from: string; to: string };
          return `${from} → ${to}`;
        }),
      see(to: Verdict | null, isFirst = false, afterSilence?: string, sinceMs = 0) {
        const after = afterSilence === undefined ? {} : { afterSilence };
        ledger.observe(
          { id: 'service-1', service, node: null, from: null, to, sinceMs, ...after },
          picture,
          isFirst,
        );
      },
      /** Of the swarm as a whole, which is degraded. */
      seeSwarm(causes: readonly SwarmCause[], isFirst = false) {
        const findings = causes.map((cause): Finding => ({ ...FINDING, cause }));
        const change = { id: '', service: null, node: null, from: null, to: 'degraded', sinceMs: 0 } as const;
        ledger.observe(change, buildSwarmPicture({ findings }), isFirst);
      },
      silence: (id: string) => ledger.silence('service-1', { silence: id }),
      async end() {
        if (ended) return;
        ended = true;
        ledger.close();
        await leadership.close();
      },
    };
    open.push(self);
    return self;
  }

  test('what each of them sees is told once, by the one that leads; the next one knows what was told', async () => {
    const one = await start();
    const other = await start();
    for (const server of [one, other]) server.see('failing');
    await expect.poll(one.turns, WAIT).toEqual(['null → failing']);
    other.see('failing');
    await one.end();
    await expect.poll(other.leads, WAIT).toBe(true);
    other.see('healthy');
    await expect.poll(other.turns, WAIT).toEqual(['failing → healthy']);
  });

  test('the end of what came again has to hold also at a server that was started since', async () => {
    const one = await start();
    one.see('failing');
    await expect.poll(one.turns, WAIT).toHaveLength(1);
    one.see('healthy');
    await expect.poll(one.turns, WAIT).toHaveLength(2);
    one.see('down');
    await expect.poll(one.turns, WAIT).toHaveLength(3);
    await one.end();
    const restarted = await start();
    restarted.see('healthy', true, undefined, Date.now());
    await expect.poll(restarted.leads, WAIT).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(restarted.turns(), 'it was well for a moment').toEqual([]);
    restarted.see('down');
    restarted.see('healthy', false, undefined, Date.now() - 300_000);
    await expect.poll(restarted.turns, WAIT).toEqual(['down → healthy']);
  });

  test('what the swarm itself has is told once, by whoever leads, also where the swarm is as bad as it was', async () => {
    const one = await start();
    const other = await start();
    const seeAll = (...causes: ('quorum-lost' | 'root-rotating')[]) => {
      for (const server of [one, other]) server.seeSwarm(causes);
    };
    seeAll();
    await expect.poll(one.turns, WAIT).toHaveLength(1);
    seeAll('quorum-lost');
    await expect.poll(one.turns, WAIT).toHaveLength(2);
    await one.end();
    await expect.poll(other.leads, WAIT).toBe(true);
    other.seeSwarm([], true);
    other.seeSwarm(['quorum-lost'], true);
    other.seeSwarm([]);
    await expect.poll(other.turns, WAIT).toEqual(['degraded → degraded']);
  });

  test('a loss of quorum is one thing by whatever name each of them sees it, and told once, also by who leads next', async () => {
    const one = await start();
    const other = await start();
    one.seeSwarm([]);
    await expect.poll(one.turns, WAIT).toHaveLength(1);
    one.seeSwarm(['swarm-error']);
    await expect.poll(one.turns, WAIT).toHaveLength(2);
    one.seeSwarm(['no-quorum']);
    one.seeSwarm(['managers-unreachable']);
    one.see('down');
    await expect.poll(one.turns, WAIT).toEqual(['null → degraded', 'degraded → degraded', 'null → down']);
    await one.end();
    await expect.poll(other.leads, WAIT).toBe(true);
    other.seeSwarm(['quorum-lost'], true);
    other.seeSwarm(['no-quorum', 'quorum-edge']);
    await expect.poll(other.turns, WAIT).toEqual(['degraded → degraded']);
    other.seeSwarm([]);
    await expect.poll(other.turns, WAIT).toEqual(['degraded → degraded', 'degraded → degraded']);
  });

  test('what is milder when a server starts, as between two crashes, is not told by that; what is well is', async () => {
    const one = await start();
    one.see('down');
    await expect.poll(one.turns, WAIT).toEqual(['null → down']);
    await one.end();
    const other = await start();
    await expect.poll(other.leads, WAIT).toBe(true);
    other.see('degraded', true);
    other.seeSwarm([]);
    await expect.poll(other.turns, WAIT).toEqual(['null → degraded']);
    other.see('healthy', true);
    await expect.poll(other.turns, WAIT).toEqual(['null → degraded', 'down → healthy']);
  });

  test('what is milder when a server starts is told when that held', async () => {
    const one = await start();
    one.see('down');
    await expect.poll(one.turns, WAIT).toEqual(['null → down']);
    await one.end();
    const other = await start({ calmMs: 1_000 });
    other.see('degraded', true);
    await expect.poll(other.turns, WAIT).toEqual(['down → degraded']);
  });

  test('what turned while nobody led is told by the one that leads next', async () => {
    const one = await start();
    const other = await start();
    one.see('healthy', true);
    await one.end();
    other.see('down');
    await expect.poll(other.turns, WAIT).toEqual(['null → down']);
  });

  test('what was so before anything was ever told is not; what turned while no server ran is', async () => {
    const one = await start();
    one.see('failing', true);
    const known = () => postgres.query('SELECT 1 FROM swarm_vitals.told', address.database);
    await expect.poll(known, WAIT).toHaveLength(1);
    one.see('down');
    await expect.poll(one.turns, WAIT).toEqual(['failing → down']);
    await one.end();
    const again = await start();
    again.see('healthy', true);
    await expect.poll(again.turns, WAIT).toEqual(['down → healthy']);
  });

  test('a message that was not noted as sent is sent again, the same under the same name', async () => {
    const one = await start({ isDeaf: true });
    one.see('failing');
    await expect.poll(one.ids, WAIT).toHaveLength(1);
    await one.end();
    const other = await start();
    await expect.poll(other.ids, WAIT).toEqual(one.ids());
    await other.end();
    const third = await start();
    third.see('down');
    await expect.poll(third.turns, WAIT).toEqual(['failing → down']);
  });

  test('a message that is kept and whose answer is lost is told once', async () => {
    let isLost = false;
    const one = await start({
      lose(text) {
        if (isLost || !text.startsWith('WITH ours')) return false;
        isLost = true;
        return true;
      },
    });
    one.see('failing');
    await expect.poll(one.turns, WAIT).toEqual(['null → failing']);
    one.see('down');
    await expect.poll(one.turns, WAIT).toEqual(['null → failing', 'failing → down']);
    expect(await postgres.query('SELECT id FROM swarm_vitals.messages', address.database)).toHaveLength(2);
  });

  test('what arrives while the database is away is noted when it is back, and not sent again', async () => {
    const one = await start({ isDeaf: true });
    one.see('failing');
    await expect.poll(one.ids, WAIT).toHaveLength(1);
    await postgres.kill();
    one.arrive();
    await expect.poll(one.leads, WAIT).toBe(false);
    await postgres.start();
    const isNoted = () =>
      postgres.query('SELECT 1 FROM swarm_vitals.messages WHERE sent_ms IS NOT NULL', address.database);
    await expect.poll(isNoted, WAIT).toHaveLength(1);
    expect(one.ids()).toHaveLength(1);
  });

  test('of more that was left than can wait, the newest is sent, and the rest is given up; who was removed is not kept', async () => {
    const one = await start();
    one.see('failing');
    await expect.poll(one.turns, WAIT).toHaveLength(1);
    one.see(null);
    await expect.poll(one.turns, WAIT).toHaveLength(2);
    await one.end();
    await postgres.query(
      `INSERT INTO swarm_vitals.messages(id, body, made_ms)
      SELECT 'left-' || n, '{"from":"down","to":"healthy"}', 1 FROM generate_series(1, 450) n`,
      address.database,
    );
    const other = await start();
    await expect.poll(() => other.ids().length, WAIT).toBe(400);
    expect([other.ids()[0], other.ids().at(-1)]).toEqual(['left-51', 'left-450']);
    const left = () =>
      postgres.query('SELECT 1 FROM swarm_vitals.messages WHERE sent_ms IS NULL', address.database);
    await expect.poll(left, WAIT).toEqual([]);
    expect(await postgres.query('SELECT 1 FROM swarm_vitals.told', address.database)).toEqual([]);
  });

  test('what is still so when a silence is over is told once, by whoever leads then and after', async () => {
    const one = await start();
    one.see('degraded');
    await expect.poll(one.turns, WAIT).toEqual(['null → degraded']);
    const other = await start();
    // Both see that the silence is over, which makes no other verdict.
    one.see('degraded', false, 'silence-1');
    other.see('degraded', false, 'silence-1');
    await expect.poll(one.turns, WAIT).toEqual(['null → degraded', 'degraded → degraded']);
    await one.end();
    await expect.poll(other.leads, WAIT).toBe(true);
    other.see('down');
    await expect.poll(other.turns, WAIT).toEqual(['degraded → down']);
  });

  const isNoted = async () =>
    (await postgres.query("SELECT 1 FROM swarm_vitals.told WHERE delivery LIKE '%quiet%'", address.database))
      .length;

  test('what is silenced again and again, by the same silence, is told each time that it is heard', async () => {
    const one = await start();
    one.see('degraded', false, 's1');
    await expect.poll(one.turns, WAIT).toEqual(['null → degraded']);
    for (const times of [2, 3]) {
      one.silence('s1');
      await expect.poll(isNoted, WAIT).toBe(1);
      one.see('degraded', false, 's1');
      await expect.poll(() => one.turns().length, WAIT).toBe(times);
      expect(await isNoted()).toBe(0);
    }
  });

  test('what was told and silenced is not told by who leads next while it is; a silence that ended while no server ran is', async () => {
    const one = await start();
    const other = await start();
    for (const server of [one, other]) server.see('degraded');
    await expect.poll(one.turns, WAIT).toEqual(['null → degraded']);
    for (const server of [one, other]) server.silence('s1');
    await expect.poll(isNoted, WAIT).toBe(1);
    await one.end();
    await expect.poll(other.leads, WAIT).toBe(true);
    other.see('down');
    await expect.poll(other.turns, WAIT).toEqual(['degraded → down']);
    other.silence('s1');
    await expect.poll(isNoted, WAIT).toBe(1);
    await other.end();
    const again = await start();
    again.see('down', true);
    await expect.poll(again.turns, WAIT).toEqual(['down → down']);
  });
});
