import { images } from '#e2e/lab/images.ts';
import { expectLive, expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { markPage } from '#e2e/support/mark-page.ts';
import { readReplica } from '#e2e/support/read-api.ts';
import { expect, test } from '#e2e/support/test.ts';

const CHECK = ['--health-interval', '1s', '--health-timeout', '5s', '--health-retries', '3'];

test('a container that someone paused is paused, whatever Docker calls its health', async ({
  page,
  swarm,
  services,
}) => {
  await page.goto('/');
  const name = await services.create('frozen', { image: images.web, flags: CHECK });
  const replica = toReplica(page, name);
  await expectStatus(replica, 'healthy');
  const container = await findContainer(swarm, name);
  await container.host.docker('pause', container.id);
  await expectStatus(replica, 'paused');
  await expectVerdict(toService(page, name), 'down');
  await expect(page.locator('article', { hasText: name })).toContainText(/paused with docker pause/i);
  const inspected = await inspectContainer(container);
  expect(inspected.paused).toBe(true);
  expect(inspected.health?.status, 'the trap: Docker itself says so').toBe('unhealthy');
  expect(await readReplica(swarm.vitals, name)).toMatchObject({ status: 'paused', health: null });
  await container.host.docker('unpause', container.id);
  await expectStatus(replica, 'healthy');
});

test('a service removed while its page is open is gone, and comes back when it is created again', async ({
  page,
  context,
  swarm,
  services,
}) => {
  const name = await services.create('leaving', { image: images.web, flags: CHECK });
  const replicaPage = await context.newPage();
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'healthy');
  await page.goto(`/services/${name}`);
  await replicaPage.goto(`/services/${name}/1`);
  await expectLive(page);
  await expectLive(replicaPage);
  const expectSamePage = await markPage(page);

  await swarm.manager.docker('service', 'rm', name);
  await expect(page.locator('[data-gone]')).toContainText(`${name} is gone`);
  await expect(replicaPage.locator('[data-gone]')).toContainText(`${name}.1 is gone`);
  await expect(page.getByRole('link', { name: 'All services' })).toBeVisible();
  const answers = await Promise.all([
    page.request.get(`/api/services/${name}`),
    page.request.get(`/api/services/${name}/1`),
    page.request.get(`/services/${name}`),
  ]);
  expect(answers.map((answer) => answer.status())).toEqual([404, 404, 404]);

  await swarm.manager.docker(
    ...['service', 'create', '--detach', '--quiet', '--no-resolve-image', ...CHECK],
    ...['--name', name, images.web],
  );
  await expectVerdict(toService(page, name), 'healthy');
  await expectSamePage();
});

test('a service created while the overview is open appears by itself, and goes again', async ({
  page,
  swarm,
  services,
}) => {
  await page.goto('/');
  await expectLive(page);
  const expectSamePage = await markPage(page);
  const name = await services.create('arriving', { image: images.web, flags: CHECK });
  await expect(toService(page, name)).toBeVisible();
  await expectStatus(toReplica(page, name), 'healthy');
  await swarm.manager.docker('service', 'scale', '--detach', `${name}=3`);
  for (const key of ['1', '2', '3']) await expectStatus(toReplica(page, name, key), 'healthy');
  await swarm.manager.docker('service', 'rm', name);
  await expect(toService(page, name)).toHaveCount(0);
  await expectSamePage();
});

test('a drained node is expected: its replicas move, and nothing is called down', async ({
  page,
  swarm,
  services,
}) => {
  await page.goto('/');
  const [, host] = swarm.workers;
  const name = await services.create('moving', { image: images.web, flags: [...CHECK, '--replicas', '3'] });
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  await swarm.manager.docker('node', 'update', '--availability', 'drain', host.hostname);
  try {
    await expect(page.locator(`[data-node="${host.hostname}"]`)).toContainText('Draining');
    await expect
      .poll(
        async () => {
          const picture = await page.request.get('/api/swarm').then((answer) => answer.json());
          const service = picture.services.find((one: { name: string }) => one.name === name);
          return service.replicas
            .filter((one: { hostname: string }) => one.hostname !== host.hostname)
            .filter((one: { status: string }) => one.status === 'healthy').length;
        },
        { timeout: 40_000 },
      )
      .toBe(3);
    await expectVerdict(toService(page, name), 'healthy');
  } finally {
    await swarm.manager.docker('node', 'update', '--availability', 'active', host.hostname);
  }
});
