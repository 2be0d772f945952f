import { images } from '#e2e/lab/images.ts';
import type { Services } from '#e2e/support/create-services.ts';
import { expectVerdict, toService } from '#e2e/support/expect-status.ts';
import { listContainers } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { readService } from '#e2e/support/read-api.ts';
import { expect, test } from '#e2e/support/test.ts';

function createTwo(services: Services, prefix: string): Promise<string> {
  return services.create(prefix, {
    image: images.web,
    flags: [
      ...['--replicas', '2', '--restart-delay', '1s'],
      ...['--health-interval', '1s', '--health-timeout', '5s', '--health-retries', '2'],
    ],
  });
}

const BAD_UPDATE = [
  ...['--health-cmd', 'echo broken release; false', '--update-monitor', '2s'],
  // Without a delay Swarm is at the second replica before it has counted the failure of the first one.
  ...['--update-delay', '6s'],
];

test('a rolling update is seen as an update, not as a problem, and ends well', async ({
  page,
  swarm,
  services,
}) => {
  await page.goto('/');
  const name = await createTwo(services, 'rolling');
  const service = toService(page, name);
  await expectVerdict(service, 'healthy', 60_000);
  await page.evaluate((which) => {
    const seen: string[] = [];
    Object.assign(window, { verdictsSeen: seen });
    new MutationObserver(() => {
      const element = document.querySelector<HTMLElement>(`[data-service="${which}"]`);
      const verdict = element?.dataset.verdict ?? '';
      if (seen.at(-1) !== verdict) seen.push(verdict);
    }).observe(document, { attributes: true, childList: true, subtree: true });
  }, name);
  await swarm.manager.docker(
    ...['service', 'update', '--detach', '--no-resolve-image', '--image', images.web2],
    ...['--update-delay', '1s', '--update-monitor', '1s', name],
  );
  await expectVerdict(service, 'updating');
  await expect
    .poll(async () => (await readService(swarm.vitals, name)).update?.state, { timeout: 60_000 })
    .toBe('completed');
  await expectVerdict(service, 'healthy');
  await expect(service).toContainText(images.web2);
  const seen = await page.evaluate(() => (window as unknown as { verdictsSeen: string[] }).verdictsSeen);
  expect(new Set(seen), 'an update within its limits is no alarm').toEqual(
    new Set(['updating', ...seen.filter((verdict) => ['healthy', 'starting', 'running'].includes(verdict))]),
  );
  expect((await readService(swarm.vitals, name)).replicas.map(({ image }) => image)).toEqual([
    images.web2,
    images.web2,
  ]);
  await page.goto(`/services/${name}`);
  await expect(page.getByText('update completed')).toBeVisible();
});

test('an update that fails is paused, and the page says what that means', async ({
  page,
  swarm,
  services,
}) => {
  await page.goto('/');
  const name = await createTwo(services, 'paused');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  await swarm.manager.docker(
    ...['service', 'update', '--detach', '--no-resolve-image', ...BAD_UPDATE],
    ...['--update-failure-action', 'pause', name],
  );
  await expect
    .poll(async () => (await readService(swarm.vitals, name)).update?.state, { timeout: 60_000 })
    .toBe('paused');
  await expectVerdict(toService(page, name), 'degraded');
  await expect(page.locator('article', { hasText: name })).toContainText(
    'The update is paused because a new task failed',
  );
  // One of the two was replaced and cannot get up; the other one still serves.
  const containers = await listContainers(swarm, name);
  const states = await Promise.all(containers.map(inspectContainer));
  expect(states.filter(({ health }) => health?.status === 'healthy')).toHaveLength(1);
  expect(await readService(swarm.vitals, name)).toMatchObject({ healthy: 1, verdict: 'degraded' });
  await page.goto(`/services/${name}`);
  await expect(page.getByText('update paused due to failure')).toBeVisible();
  await expect(page.getByText('broken release').first()).toBeVisible();
});

test('an update that fails is rolled back, and the page says so when all is well again', async ({
  page,
  swarm,
  services,
}) => {
  await page.goto('/');
  const name = await createTwo(services, 'undone');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  await swarm.manager.docker(
    ...['service', 'update', '--detach', '--no-resolve-image', ...BAD_UPDATE, '--image', images.web2],
    ...['--update-failure-action', 'rollback', '--rollback-monitor', '1s', name],
  );
  await expect
    .poll(async () => (await readService(swarm.vitals, name)).update?.state, { timeout: 60_000 })
    .toBe('rollback_completed');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  const service = await readService(swarm.vitals, name);
  expect(service).toMatchObject({ image: images.web, healthy: 2 });
  expect(service.sentence).toContain('rolled back');
  await page.goto(`/services/${name}`);
  await expect(page.getByText('rolled back').first()).toBeVisible();
});
