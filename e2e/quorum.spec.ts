import { images } from '#e2e/lab/images.ts';
import { expectStatus, expectVerdict, toReplica, toService } from './support/expect-status.ts';
import { measureFault } from './support/measure-fault.ts';
import { readService, readSwarm } from './support/read-api.ts';
import { expect, test } from './support/three-managers.ts';

test('two of three managers freeze: the page says that quorum is lost, what is left stays live, and all is true again after', async ({
  page,
  three: { lab, vitals },
}) => {
  test.setTimeout(240_000);
  const [first, second, third] = lab.hosts;
  if (!first || !second || !third) throw new Error('The lab has fewer than three hosts.');
  await first.docker(
    ...[
      'service',
      'create',
      '--detach',
      '--quiet',
      '--no-resolve-image',
      '--name',
      'web',
      '--mode',
      'global',
    ],
    ...['--health-interval', '1s', '--health-timeout', '1s', '--health-retries', '1000', images.web],
  );
  await page.goto('/');
  await expectVerdict(toService(page, 'web'), 'healthy', 60_000);
  const keyOf = async (hostname: string) =>
    (await readService(vitals, 'web')).replicas.find((one) => one.hostname === hostname)?.key ?? '';
  const [survivor, frozen] = await Promise.all([keyOf(first.hostname), keyOf(second.hostname)]);
  const container = await first.docker('ps', '--quiet', '--filter', 'name=web.');

  await Promise.all([second.freeze(), third.freeze()]);
  const told = measureFault('two of three managers freeze');
  try {
    await expectStatus(toReplica(page, 'web', frozen), 'unknown', 20_000);
    await expect
      .poll(async () => (await readSwarm(vitals)).sentence, { timeout: 90_000 })
      .toMatch(/^No quorum: too few managers are online to agree on anything\. What runs goes on running/);
    told.seen((await readSwarm(vitals)).sentence);
    await expect(page.getByText(/No quorum: too few managers are online/).first()).toBeVisible();

    // The health of what can be read is as live as ever.
    await expectStatus(toReplica(page, 'web', survivor), 'healthy');
    await first.docker('exec', container, 'rm', '/www/healthcheck');
    await expectStatus(toReplica(page, 'web', survivor), 'failing', 10_000);
    await first.docker('exec', container, 'touch', '/www/healthcheck');
    await expectStatus(toReplica(page, 'web', survivor), 'healthy', 10_000);
    await expectStatus(toReplica(page, 'web', frozen), ['unknown', 'lost']);
  } finally {
    await Promise.all([second.thaw(), third.thaw()]);
  }
  const back = measureFault('two of three managers freeze, their return');
  await expect
    .poll(async () => (await readSwarm(vitals)).sentence, { timeout: 90_000 })
    .not.toMatch(/quorum|cannot be/i);
  back.true();
  await expectVerdict(toService(page, 'web'), 'healthy', 60_000);
});
