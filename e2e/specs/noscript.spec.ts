import { images } from '#e2e/lab/images.ts';
import { expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { expect, test } from '#e2e/support/test.ts';

test.use({ javaScriptEnabled: false });

test('without JavaScript the overview shows the state as of the request', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('plain', {
    image: images.web,
    flags: ['--health-interval', '1s', '--health-retries', '1000'],
  });
  await expect(async () => {
    await page.goto('/');
    await expectStatus(toReplica(page, name), 'healthy', 1_000);
  }).toPass({ timeout: 60_000 });
  await expectVerdict(toService(page, name), 'healthy');
  await expect(page.locator('[data-node]')).toHaveCount(3);
  await expect(page.locator('[data-connection]')).toContainText(/As of \d\d:\d\d:\d\d UTC/);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'stale');

  const container = await findContainer(swarm, name);
  await container.host.docker('exec', container.id, 'rm', '/www/healthcheck');
  await expect(async () => {
    await page.goto('/');
    await expectStatus(toReplica(page, name), 'failing', 1_000);
  }).toPass({ timeout: 30_000 });

  await page.goto(`/services/${name}`);
  await expectStatus(toReplica(page, name), 'failing');
  await page.goto(`/services/${name}/1`);
  await expectStatus(toReplica(page, name), 'failing');
  await expect(page.locator('[data-exit-code="1"]').first()).toContainText('404');
});
