import { expect, test } from '@playwright/test';
import { installPackages } from '#e2e/lab/install-packages.ts';
import { createServersRig, type RigServer, type ServersRig } from '#e2e/servers/create-servers-rig.ts';
import { isWell, tallyMessages } from '#e2e/servers/start-receiver.ts';
import { isQuick } from '#e2e/support/is-ci.ts';
import { readEvents } from '#e2e/support/read-api.ts';
import { findPostgres } from '#lib/testing/start-postgres.ts';

/** A guard; times, kept probes and the database's own failures are compared by `npm run test:servers`. */
const LEADS_WITHIN_MS = 60_000;

test('two servers with one PostgreSQL: when the one that leads is lost the other goes on, and tells each thing once', async () => {
  test.setTimeout(600_000);
  if (findPostgres() === null && !isQuick) await installPackages('The test', ['postgresql']);
  const bin = findPostgres();
  test.skip(bin === null, 'no PostgreSQL on this machine');
  const rig = await createServersRig(bin ?? '', 2);
  try {
    // Another one at each step: what fails again and again counts as flapping for an hour.
    const services = (await rig.listServices()).values();
    let service = '';
    const told = () => rig.received.filter((one) => one.service === service);
    const toldLast = () => {
      const last = told().at(-1);
      return last && (isWell(last.to) ? 'that it is over' : 'a problem');
    };
    const expectTold = (what: 'a problem' | 'that it is over') =>
      expect.poll(toldLast, { timeout: 90_000 }).toBe(what);
    const turn = (to: string) => rig.command('flip', { service, slot: 1, to });
    const fail = () => {
      service = services.next().value ?? '';
      return turn('fail');
    };
    // Who fails for too long is replaced: for a while there is nobody.
    const mend = () => turn('own').catch(() => {});
    await rig.waitForLeader(null, LEADS_WITHIN_MS);

    await test.step('the one that follows answers of the past as the one that leads', async () => {
      await fail();
      await expectTold('a problem');
      await mend();
      await expectTold('that it is over');
      await expect(async () => {
        const [one = [], other = []] = await Promise.all(
          rig.servers.map(({ vitals }) => listEvents(vitals.url)),
        );
        expect(one.length).toBeGreaterThan(0);
        expect(other).toEqual(one);
      }).toPass({ timeout: 60_000 });
    });

    await test.step('a leader that is killed is followed by the other one, which knows what was told', async () => {
      await fail();
      await expectTold('a problem');
      const leader = await lose(rig, async ({ vitals }) => vitals.kill());
      await mend();
      await expectTold('that it is over');
      await leader.vitals.start();
    });

    await test.step('a leader that hangs loses its place; when it wakes, what it meant to write is refused', async () => {
      const leader = await lose(rig, async (one) => rig.freeze(one));
      await fail();
      await expectTold('a problem');
      await mend();
      await expectTold('that it is over');
      rig.thaw(leader);
      await expect.poll(() => leader.vitals.log(), { timeout: 60_000 }).toContain('Another server leads');
      expect(await rig.findLeader()).not.toBe(leader);
    });

    expect(tallyMessages(rig.received).wrong).toEqual([]);
  } finally {
    await rig.close();
  }
});

async function lose(rig: ServersRig, how: (leader: RigServer) => Promise<void>): Promise<RigServer> {
  const leader = await rig.findLeader();
  if (leader === null) throw new Error('Nobody leads.');
  await how(leader);
  await rig.waitForLeader(leader, LEADS_WITHIN_MS);
  return leader;
}

/** Of a while ago: what comes now may be on its way. */
async function listEvents(url: string): Promise<number[]> {
  const { events } = await readEvents({ url }, `until=${Date.now() - 5_000}&limit=50`);
  return events.map(({ id }) => id);
}
