import { images } from '#e2e/lab/images.ts';
import { expectLive, expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { readNode, readNodes } from '#e2e/support/read-api.ts';
import { expect, test } from '#e2e/support/test.ts';

const CHECK = ['--health-interval', '1s', '--health-timeout', '5s', '--health-retries', '3'];

test('from the overview to a node: what is on it, what goes with it, and no problem while it is drained', async ({
  page,
  swarm,
  services,
}) => {
  const [host, other] = swarm.workers;
  const name = await services.create('spread', {
    image: images.web,
    flags: [...CHECK, '--replicas', '2', '--constraint', 'node.role==worker'],
  });
  await page.goto('/');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Nodes' }).click();
  await expect(page).toHaveURL('/nodes');
  await expect(page.locator('[data-quorum]')).toHaveAttribute('data-quorum', 'single');
  await expect(page.locator('[data-quorum]')).toContainText('without it, nothing can be changed');
  const row = page.locator(`[data-node="${host.hostname}"]`);
  await expect(row).toContainText('Ready');
  await expect(row).toContainText('1 healthy');
  await row.getByRole('link', { name: host.hostname }).click();
  await expect(page).toHaveURL(`/nodes/${host.hostname}`);
  await expectLive(page);
  await expectStatus(page.locator(`[data-replica^="${name}."]`), 'healthy');
  await expect(page.locator(`[data-loss="${name}"]`)).toContainText('keeps 1 of 2');

  const answer = await readNode(swarm.vitals, host.hostname);
  expect(answer.replicas.map(({ serviceName }) => serviceName)).toContain(name);
  expect(answer.losses.find(({ serviceName }) => serviceName === name)).toMatchObject({
    here: 1,
    kept: 1,
    desired: 2,
  });
  expect((await readNode(swarm.vitals, answer.id)).hostname, 'by id as well').toBe(host.hostname);
  const { nodes, quorum } = await readNodes(swarm.vitals);
  expect(nodes.map(({ hostname }) => hostname)).toEqual(swarm.lab.hosts.map(({ hostname }) => hostname));
  expect(quorum).toMatchObject({ state: 'single', managers: 1, reachable: 1 });
  expect((await page.request.get('/api/nodes/docker99')).status()).toBe(404);
  expect((await page.request.get('/nodes/docker99')).status()).toBe(404);

  await swarm.manager.docker('node', 'update', '--availability', 'drain', host.hostname);
  try {
    const head = page.locator('.detail-head');
    await expect(head).toContainText('Draining');
    await expect(head).toContainText('Drained by hand');
    await expect(page.locator(`[data-replica^="${name}."]`)).toHaveCount(0, { timeout: 40_000 });
    await page.goto(`/nodes/${other.hostname}`);
    await expect(page.locator(`[data-replica^="${name}."][data-status="healthy"]`)).toHaveCount(2);
    await expect(page.locator(`[data-loss="${name}"]`)).toContainText('keeps none: all 2 replicas are here');
  } finally {
    await swarm.manager.docker('node', 'update', '--availability', 'active', host.hostname);
  }
});

test('a node loses power while its page is open: its replicas are unknown, then lost, and it says since when', async ({
  page,
  swarm,
  services,
}) => {
  const [, host] = swarm.workers;
  const name = await services.create('doomed', { image: images.web, flags: ['--mode', 'global', ...CHECK] });
  await page.goto(`/nodes/${host.hostname}`);
  const { id } = await readNode(swarm.vitals, host.hostname);
  const replica = toReplica(page, name, id);
  await expectStatus(replica, 'healthy', 60_000);
  await host.kill();
  try {
    await expectStatus(replica, ['unknown', 'lost']);
    await expect(page.locator('.detail-head')).toContainText(
      /engine cannot be read|No manager hears from it/,
    );
    await expectStatus(replica, 'lost', 60_000);
    await expect(page.locator('.detail-head')).toContainText('heartbeat failure');
    await expect(page.getByText('engine unreachable').first()).toBeVisible();
    await page.goto('/nodes');
    await expect(page.locator('[data-node]').first(), 'problems first').toHaveAttribute(
      'data-node',
      host.hostname,
    );
  } finally {
    await host.start();
  }
  await page.goto(`/nodes/${host.hostname}`);
  await expectStatus(replica, 'healthy', 60_000);
  await expect(page.locator('.detail-head')).toContainText('Ready, and its engine is read');
});
