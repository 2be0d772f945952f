import { images } from '#e2e/lab/images.ts';
import type { LabHost } from '#e2e/lab/lab.ts';
import { createServices, type Services } from '#e2e/support/create-services.ts';
import { expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findRead, takesOrders } from '#e2e/support/managers.ts';
import { readService, readSwarm } from '#e2e/support/read-api.ts';
import { recordFault } from '#e2e/support/record-fault.ts';
import { expect, test } from '#e2e/support/three-managers.ts';

const HEALTH = ['--health-interval', '1s', '--health-timeout', '5s', '--health-retries', '1000'];
const NO_QUORUM = /^No quorum: too few managers are online to agree on anything\. What runs goes on running/;

let services: Services | null = null;
test.afterEach(() => services?.removeAll());

/** The managers that live and freeze. */
const situations = {
  'two of three managers freeze': ([read, one, other]) => ({ live: read, frozen: [one, other] }),
  'the manager that is read freezes, and one more of three': ([read, one, other]) => ({
    live: other,
    frozen: [read, one],
  }),
} satisfies Record<string, (hosts: [LabHost, LabHost, LabHost]) => { live: LabHost; frozen: LabHost[] }>;

for (const [situation, choose] of Object.entries(situations))
  test(`${situation}: the page says that quorum is lost, what is left stays live, and all is true again after`, async ({
    page,
    three: { lab, vitals },
  }) => {
    test.setTimeout(240_000);
    services = createServices({ manager: lab.manager });
    const name = await services.create('web', { image: images.web, flags: ['--mode', 'global', ...HEALTH] });
    await page.goto('/');
    await expectVerdict(toService(page, name), 'healthy', 60_000);
    const { read, others } = await findRead(lab, vitals);
    const [one, other] = others;
    if (!one || !other) throw new Error('The lab has fewer than three hosts.');
    const { live, frozen } = choose([read, one, other]);
    const keyOf = async (host: LabHost | undefined) =>
      (await readService(vitals, name)).replicas.find(({ hostname }) => hostname === host?.hostname)?.key ??
      '';
    const [survivor, lost] = await Promise.all([keyOf(live), keyOf(frozen[0])]);
    const container = await live.docker('ps', '--quiet', '--filter', `name=${name}.`);
    // Engines say that it is healthy before managers have agreed that it runs, and those left could not any more.
    await expect
      .poll(() => live.docker('service', 'ps', '--format', '{{.CurrentState}}', name), { timeout: 20_000 })
      .toMatch(/^(Running [^\n]*(\n|$)){3}$/);
    // Nor could we learn that they had agreed.
    await expect
      .poll(async () => (await readService(vitals, name)).replicas.map(({ taskState }) => taskState))
      .toEqual(['running', 'running', 'running']);

    await Promise.all(frozen.map((host) => host.freeze()));
    const record = recordFault(situation);
    const managers = page.getByRole('complementary', { name: 'Managers' });
    try {
      await expectStatus(toReplica(page, name, lost), 'unknown', 20_000);
      await expect
        .poll(async () => (await readSwarm(vitals)).sentence, { timeout: 120_000 })
        .toMatch(NO_QUORUM);
      record.seen((await readSwarm(vitals)).sentence);
      await expect(managers).toContainText(/No quorum: too few managers are online/);

      // The health of what can be read is as live as ever.
      await expectStatus(toReplica(page, name, survivor), 'healthy');
      await live.docker('exec', container, 'rm', '/www/healthcheck');
      await expectStatus(toReplica(page, name, survivor), 'failing', 10_000);
      await live.docker('exec', container, 'touch', '/www/healthcheck');
      await expectStatus(toReplica(page, name, survivor), 'healthy', 10_000);
      await expectStatus(toReplica(page, name, lost), ['unknown', 'lost']);
      // While the silent ones are tried again and again, the words stay.
      await expect(managers).toContainText(/No quorum/);
    } finally {
      await Promise.all(frozen.map((host) => host.thaw()));
    }
    const back = recordFault(`${situation}, their return`);
    await expect
      .poll(async () => (await readSwarm(vitals)).sentence, { timeout: 90_000 })
      .toBe('The one service is healthy');
    back.true();
    await expectVerdict(toService(page, name), 'healthy');
    // One that was left alone may find the new leader much later than the others: until then this is said of it.
    for (const host of lab.hosts) await expect.poll(() => takesOrders(host), { timeout: 120_000 }).toBe(true);
    await expect(managers).toBeHidden();
  });
