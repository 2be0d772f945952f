import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '#e2e/support/expect-accessible.ts';
import { expectLive } from '#e2e/support/expect-status.ts';
import { readNode, readServiceDetail, readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm, type DemoSwarm } from '#lib/demo/create-demo-swarm.ts';

// What somebody sees of a service and a node without the command line, on a demo swarm with secrets planted everywhere.
let demo: DemoSwarm;
let vitals: VitalsServer;

test.beforeAll(async () => {
  demo = await createDemoSwarm({ churn: 0, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
  vitals = await startVitals({
    VITALS_MANAGERS: demo.managers.join(','),
    VITALS_ENGINES: demo.engines.join(','),
    VITALS_PLAIN_CONTAINERS: 'on',
  });
  await expect.poll(async () => (await readSwarm(vitals)).ready, { timeout: 60_000 }).toBe(true);
});
test.afterAll(async () => {
  await vitals?.kill();
  await demo?.close();
});

const panel = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

test('a service: what it publishes, is on, may use and names, and no value of it', async ({ page }) => {
  await expect
    .poll(async () => (await readServiceDetail(vitals, 'shop_web')).networks.map(({ name }) => name), {
      timeout: 60_000,
    })
    .toEqual(['shop_default', 'ingress']);
  const detail = await readServiceDetail(vitals, 'shop_web');
  const [own] = detail.networks;
  const [task] = detail.slots[0]?.tasks ?? [];
  expect(task?.addresses.map(({ networkId }) => networkId)).toContain(own?.id);
  expect(own?.addresses).toMatchObject({ size: 253, services: 5 });
  expect(JSON.stringify(detail)).not.toContain('planted-secret');

  await page.goto(`${vitals.url}/services/shop_web`);
  await expectLive(page);
  await expect(panel(page, 'Published ports').locator('[data-port="8080"]')).toContainText('80/tcp');
  await expect(panel(page, 'Published ports').locator('[data-port="9113"]')).toContainText('host mode');
  const networks = panel(page, 'Networks');
  await expect(networks.locator('[data-network="shop_default"]')).toContainText(/\d+ of 253 addresses/);
  await expect(networks.locator('[data-network="ingress"]')).toContainText('the routing mesh');
  await expect(panel(page, 'Resources and rules')).toContainText('limit 512 MiB, reserved 256 MiB');
  await expect(panel(page, 'Resources and rules')).toContainText('spread over node.labels.rack');
  const names = panel(page, 'Mounts and names');
  for (const name of ['shop_tls-key', 'shop_nginx-v7', 'shop_web-cache', 'UPSTREAM', 'deploy.token'])
    await expect(names).toContainText(name);
  await expect(page.locator('[data-replica="shop_web.1"]')).toContainText(
    task?.addresses.at(-1)?.address ?? '?',
  );
  expect(await page.content()).not.toContain('planted-secret');
  await expectAccessible(page, 'a service');
});

test('a node: what it has, what is reserved of it, and what runs there besides Swarm’s', async ({ page }) => {
  await expect
    .poll(async () => (await readNode(vitals, 'node-02')).plainState, { timeout: 60_000 })
    .toBe('read');
  const node = await readNode(vitals, 'node-02');
  expect(node).toMatchObject({
    platform: { os: 'linux', architecture: 'x86_64' },
    resources: { cpuNano: 8e9 },
    labels: { rack: 'b' },
    engineLabels: ['storage'],
    raftAddress: '10.20.0.2:2377',
  });
  expect(node.containers).toMatchObject([
    { name: 'legacy-ftp', health: { status: 'unhealthy', failingStreak: 214 }, isListedOnly: false },
    { name: 'node-exporter', health: null },
  ]);
  expect(node.containers[0]?.health?.probes).toHaveLength(5);
  expect(JSON.stringify(node)).not.toContain('planted-secret');

  await page.goto(`${vitals.url}/nodes/node-02`);
  await expectLive(page);
  await expect(panel(page, 'Resources').locator('[data-resource="Memory"]')).toContainText('32 GiB');
  await expect(panel(page, 'Node and engine')).toContainText('rack=b');
  await expect(panel(page, 'Plugins')).toContainText('json-file');
  const ftp = panel(page, 'Plain containers').locator('[data-container="legacy-ftp"]');
  await expect(ftp).toHaveAttribute('data-status', 'unhealthy');
  await expect(ftp).toContainText('214 / 3');
  await expect(ftp).toContainText('21→21/tcp');
  await expect(panel(page, 'Replicas here')).not.toContainText('legacy-ftp');
  await expectAccessible(page, 'a node');
});
