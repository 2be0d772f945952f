import { images } from '#e2e/lab/images.ts';
import { expectAccessible, expectAccessibleDarkAndLight } from '#e2e/support/expect-accessible.ts';
import { expectLive, expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { readIncidents } from '#e2e/support/read-api.ts';
import { expect, test } from '#e2e/support/test.ts';

test('with problems on the screen, dark and light, axe finds nothing serious', async ({
  page,
  swarm,
  services,
}) => {
  // Each of ten pages is opened and read through: two minutes are not enough for a busy machine.
  test.setTimeout(300_000);
  const check = ['--health-interval', '1s', '--health-retries', '1000'];
  const failing = await services.create('ailing', { image: images.web, flags: check });
  const pending = await services.create('waiting', {
    image: images.web,
    flags: ['--constraint', 'node.labels.none==1'],
  });
  const crashing = await services.create('falling', {
    image: images.sleep,
    flags: ['--restart-delay', '120s'],
    command: ['sh', '-c', 'exit 7'],
  });
  await services.create('calm', { image: images.sleep, flags: ['--mode', 'global'] });
  await page.goto('/');
  await expectStatus(toReplica(page, failing), 'healthy');
  const container = await findContainer(swarm, failing);
  await container.host.docker('exec', container.id, 'rm', '/www/healthcheck');
  await expectStatus(toReplica(page, failing), 'failing');
  await expectStatus(toReplica(page, pending), 'pending');
  await expectStatus(toReplica(page, crashing), 'failed');
  const toIncident = async () =>
    (await readIncidents(swarm.vitals)).incidents.find((one) =>
      one.services.some(({ name }) => name === crashing),
    );
  await expect.poll(toIncident).toBeTruthy();
  const incident = `/incidents/${(await toIncident())?.id}`;
  for (const path of [
    '/',
    '/reports?days=1',
    `/services/${failing}`,
    `/services/${failing}/1`,
    `/services/${crashing}/1`,
    '/events',
    '/timeline',
    '/matrix',
    '/incidents',
    incident,
  ]) {
    await page.goto(path);
    await expectLive(page);
    await expectAccessibleDarkAndLight(page, path);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator('[data-lane]').first()).toBeVisible();
  await expectAccessible(page, `${incident} on a phone`);
  const tracks = await page
    .locator('.course-track')
    .evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect()).filter(({ right, width }) => right > 390 || width < 300),
    );
  expect(tracks, 'nobody scrolls sideways on a phone').toEqual([]);
});

test('every status is in words, and the keyboard reaches a replica', async ({ page, services }) => {
  const name = await services.create('spoken', { image: images.sleep });
  await page.goto('/');
  const replica = toReplica(page, name);
  await expectStatus(replica, 'running');
  await expect(replica).toHaveAccessibleName(/Running/);
  await replica.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/services/${name}/1`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
});
