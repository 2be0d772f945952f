import type { Page } from '@playwright/test';
import { images } from '#e2e/lab/images.ts';
import { expectAccessible } from '#e2e/support/expect-accessible.ts';
import { expectLive, expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { expect, test } from '#e2e/support/test.ts';

const CHECK = ['--health-interval', '1s', '--health-timeout', '5s', '--health-retries', '1000'];

function readIcon(page: Page): Promise<string> {
  return page
    .locator('link[rel~="icon"]')
    .first()
    .evaluate((link) => decodeURIComponent((link as HTMLLinkElement).href));
}

test('by keyboard alone: n leads to the failing probe, the search finds a container and a service; it can be pasted elsewhere', async ({
  page,
  context,
  swarm,
  services,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const name = await services.create('findable', { image: images.web, flags: [...CHECK, '--replicas', '2'] });
  await page.goto('/');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  await expectLive(page);
  const container = await findContainer(swarm, name, '2');
  await container.host.docker('exec', container.id, 'rm', '/www/healthcheck');
  await expectStatus(toReplica(page, name, '2'), 'failing');
  // From the second failed probe in a row on it is a problem.
  await expectVerdict(toService(page, name), 'failing');
  await expect(page).toHaveTitle(/^\d+ [▲✖] /);
  expect(await readIcon(page), 'a tab must not look well').not.toContain('#2fbf71');

  await page.keyboard.press('n');
  await expect(page).toHaveURL(`/services/${name}/2`);
  await expect(page).toHaveTitle(new RegExp(`^\\d+ [▲✖] ${name}\\.2 · `));
  await expect(page.locator('[data-exit-code="1"]').first()).toContainText('404');

  await page.getByRole('button', { name: /^Copy as Markdown/ }).click();
  await expect(page.locator('.copy-button[data-result="copied"]')).toBeVisible();
  const pasted = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of [
    `## ${name}.2: failing`,
    `- Node: \`${container.host.hostname}\``,
    `- Task: \`${container.taskId}\``,
    `${swarm.vitals.url}/services/${name}/2`,
    '404',
    '| Started | Took | Result | Output |',
  ])
    expect(pasted).toContain(part);
  await expect(page.locator('.command').first()).toHaveText(
    `docker inspect -f '{{json .State.Health}}' ${container.id.slice(0, 12)}`,
  );

  await page.goto('/');
  await expectLive(page);
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: /^Search services/ });
  await expect(field).toBeFocused();
  await expect(page.getByRole('option').first(), 'problems first').toContainText(`${name}.2`);
  await page.keyboard.type(container.id.slice(0, 7));
  await expect(page.getByRole('group', { name: 'Containers' })).toContainText(`${name}.2`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/services/${name}/2`);

  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type(name.replace('ndab', ''));
  await expect(page.getByRole('group', { name: 'Services' })).toContainText(name);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `the open search, ${colorScheme}`);
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/services/${name}`);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('next problem');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await expect(page).toHaveURL('/nodes');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of ['/nodes', `/nodes/${container.host.hostname}`]) {
      await page.goto(path);
      await expectLive(page);
      await expectAccessible(page, `${path} ${colorScheme}`);
    }
  }

  await container.host.docker('exec', container.id, 'sh', '-c', 'echo ok > /www/healthcheck');
  await page.goto('/');
  await expectLive(page);
  await expectVerdict(toService(page, name), 'healthy');
  await expect(page).toHaveTitle(/^(?!.*[▲✖?])/);
  await swarm.vitals.stop();
  await expect(page, 'old data is not called well').toHaveTitle(/^\? /);
  expect(await readIcon(page)).not.toContain('#2fbf71');
  await swarm.vitals.start();
  await expect(page).toHaveTitle(/^(?!\? )/);
});

test('a filter is in the address: it survives a reload, is there without JavaScript, and says what it leaves out', async ({
  page,
  swarm,
  services,
}) => {
  const [host] = swarm.workers;
  const ailing = await services.create('ailing', {
    image: images.web,
    flags: [...CHECK, '--constraint', `node.hostname==${host.hostname}`],
  });
  const quiet = await services.create('calm', { image: images.sleep });
  await page.goto('/');
  await expectStatus(toReplica(page, ailing), 'healthy', 60_000);
  await expectStatus(toReplica(page, quiet), 'running');
  const container = await findContainer(swarm, ailing);
  await container.host.docker('exec', container.id, 'rm', '/www/healthcheck');
  await expectStatus(toReplica(page, ailing), 'failing');

  await page.getByLabel('Only problems').check();
  await expect(page).toHaveURL('/?problems=1');
  await expect(toService(page, quiet)).toHaveCount(0);
  await expect(toService(page, ailing)).toBeVisible();
  await expect(page.locator('.filter-count')).toHaveText(/^1 of \d+ services$/);
  await page.reload();
  await expect(page.getByLabel('Only problems')).toBeChecked();
  await expect(toService(page, ailing)).toBeVisible();
  await expect(toService(page, quiet)).toHaveCount(0);

  await page.getByLabel('Node', { exact: true }).selectOption(host.hostname);
  await page.getByLabel(/^Name, image/).fill('ailing');
  await expect(page).toHaveURL(`/?q=ailing&problems=1&node=${host.hostname}`);
  const html = await (await page.request.get(page.url())).text();
  expect(html, 'filtered on the server').toContain(`data-service="${ailing}"`);
  expect(html).not.toContain(`data-service="${quiet}"`);

  await page.getByLabel(/^Name, image/).fill('nothing is called so');
  await expect(page.getByText('No service matches this filter')).toBeVisible();
  await page.getByRole('link', { name: 'Clear' }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByLabel(/^Name, image/)).toHaveValue('');
  await expect(toService(page, quiet)).toBeVisible();
});
