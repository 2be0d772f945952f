import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLeadership } from '#lib/history/postgres/create-leadership.ts';
import { createSharedSession } from '#lib/history/postgres/create-shared-session.ts';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';
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
const picture = buildSwarmPicture({ services: [service] });

describe.skipIf(bin === null)('of several servers on one database', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    postgres = await startPostgres(bin ?? '');
  }, 180_000);
  afterAll(() => postgres?.stop());
  beforeEach(async () => {
    address = await postgres.create();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.end();
  });

  /** A server: what it sees, and what it sends; `isDeaf`: nothing of that is noted as sent. */
  async function start({ isDeaf = false } = {}) {
    const session = createSharedSession(address);
    const leadership = createLeadership({ session, steadyMs: () => performance.now(), log() {} });
    await leadership.known;
    const sent: { id: string; body: string }[] = [];
    const ledger = createToldLedger({
      session,
      leadership,
      webhook: {
        post(message, done) {
          sent.push(message);
          if (!isDeaf) done();
        },
        clear() {},
      },
      toDelivery: (change, seen) => toDelivery(change, seen, { publicUrl: null, nowMs: Date.now() }),
      nowMs: Date.now,
    });
    let ended = false;
    const self = {
      leads: () => leadership.isSure(),
      ids: () => sent.map(({ id }) => id),
      turns: () =>
        sent.map(({ body }) => {
          const { from, to } = JSON.parse(body) as { from: string; to: string };
          return `${from} → ${to}`;
        }),
      see(to: Verdict | null, isFirst = false) {
        ledger.observe(
          { id: 'service-1', service, node: null, from: null, to, sinceMs: 0 },
          picture,
          isFirst,
        );
      },
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
});
