import { images } from '#e2e/lab/images.ts';
import { asShown } from '#e2e/support/as-shown.ts';
import { expectAccessible } from '#e2e/support/expect-accessible.ts';
import { expectVerdict, toService } from '#e2e/support/expect-status.ts';
import { readServiceDetail } from '#e2e/support/read-api.ts';
import { expect, test } from '#e2e/support/test.ts';

test('an update is shown replica by replica, with what it changed, until a failing check stops it; no value leaks', async ({
  page,
  swarm,
  services,
}) => {
  await page.goto('/');
  const name = await services.create('changing', {
    image: images.web,
    flags: [
      ...['--replicas', '2', '--restart-delay', '1s', '--health-interval', '1s', '--health-timeout', '5s'],
      ...['--health-retries', '2', '--env', 'MODE=planted-one', '--env', 'GONE=planted-two'],
      ...['--label', 'owner=planted-three', '--container-label', 'tier=planted-four'],
    ],
  });
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  await page.goto(`/services/${name}`);
  await expect(page.getByRole('heading', { name: 'What changed' })).toHaveCount(0);

  // Watched for long: the first replica is seen to be watched, and the second to wait.
  await swarm.manager.docker(
    ...['service', 'update', '--detach', '--no-resolve-image', '--image', images.web2, name],
    ...['--update-monitor', '8s', '--update-delay', '1s', '--env-add', 'MODE=planted-five'],
    ...['--env-add', 'NEW=planted-six', '--env-rm', 'GONE', '--label-add', 'owner=planted-seven'],
    ...['--limit-memory', '64M', '--args', 'sh -c "httpd -f -p 8080 -h /www # planted-eight"'],
  );
  const rollout = page.locator('[data-rollout]');
  await expect(rollout).toHaveAttribute('data-rollout', 'updating');
  await expect(page.locator('.rollout-row[data-step="watched"]')).toBeVisible();
  await expect(page.locator('.rollout-row[data-step="waiting"]')).toHaveCount(1);
  const changes = page.locator('.changes');
  await expect(changes).toContainText(images.web);
  await expect(changes).toContainText(images.web2);
  await expect(changes.locator('div', { hasText: 'memory limit' })).toContainText('64 MiB');
  await expect(changes.locator('div', { hasText: 'environment variables' })).toContainText(
    /added NEW.*removed GONE.*other value MODE/s,
  );
  await expect(changes.locator('div', { hasText: 'service labels' })).toContainText('owner');
  await expect(changes.locator('div', { hasText: 'command' }).first()).toContainText('not shown');
  await expect
    .poll(async () => (await readServiceDetail(swarm.vitals, name)).rollout?.state, { timeout: 60_000 })
    .toBe('completed');
  await expect(rollout).toHaveAttribute('data-rollout', 'completed');

  await swarm.manager.docker(
    ...['service', 'update', '--detach', '--no-resolve-image', '--update-monitor', '5s', name],
    ...['--health-cmd', 'echo no good; false', '--update-failure-action', 'pause'],
    ...['--env-add', 'MODE=planted-9', '--update-delay', '6s'],
  );
  await expect(rollout).toHaveAttribute('data-rollout', 'paused', { timeout: 60_000 });
  await expect(rollout).toContainText(asShown(/Because of Replica \d: .*(no good|[Hh]ealth|probe)/));
  await expect(changes.locator('div', { hasText: 'health check command' })).toContainText('no good');
  await expect(page.getByText('before the first failure')).toBeVisible();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${page.url()} ${colorScheme}`);
  }
  const detail = await readServiceDetail(swarm.vitals, name);
  expect(detail.rollout?.failures.length).toBeGreaterThan(0);
  expect(detail.rollout?.culprit?.taskId).toBe(/task (\w+)/.exec(detail.update?.message ?? '')?.[1]);
  expect(detail.firstFailureAtMs).toBeGreaterThan(detail.changedAtMs ?? Number.POSITIVE_INFINITY);

  const { url } = swarm.vitals;
  const texts = await Promise.all(
    ['/api/swarm', `/api/services/${name}`, `/api/services/${name}/1`, '/', `/services/${name}`].map(
      async (path) => (await fetch(`${url}${path}`)).text(),
    ),
  );
  const stream = (await fetch(`${url}/api/stream`)).body?.getReader();
  texts.push(new TextDecoder().decode((await stream?.read())?.value));
  await stream?.cancel();
  for (const text of texts) expect(text, 'values of variables, labels, arguments').not.toContain('planted');
});
