import { images } from '#e2e/lab/images.ts';
import { expectLive, expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { markPage } from '#e2e/support/mark-page.ts';
import { type GetProxy, startGetProxy } from '#e2e/support/proxies/start-get-proxy.ts';
import { readSwarm } from '#e2e/support/read-api.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';

test('no manager answers at start: the page says what it tried, why it failed and what to do, and comes alive with Docker', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('early', { image: images.sleep });
  const port = await findFreePort();
  const endpoint = `tcp://127.0.0.1:${port}`;
  const vitals = await startVitals({ ...swarm.settings, VITALS_MANAGERS: endpoint });
  let proxy: GetProxy | null = null;
  try {
    await page.goto(vitals.url);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No swarm manager answers');
    await expect(page.locator('li', { hasText: endpoint })).toContainText('nothing listens there');
    await expect(page.locator('main')).toContainText('VITALS_MANAGERS');
    await expect(page.locator('main')).toContainText('keeps trying by itself');
    expect((await page.request.get(`${vitals.url}/api/healthz`)).status()).toBe(200);
    expect((await page.request.get(`${vitals.url}/api/readyz`)).status()).toBe(503);
    const picture = await readSwarm(vitals);
    expect(picture).toMatchObject({ ready: false, verdict: 'unknown', nodes: [], services: [] });
    expect(picture.sentence).toContain('nothing listens there');
    const expectSamePage = await markPage(page);

    proxy = await startGetProxy(swarm.manager.tcp, port);
    await expectStatus(toReplica(page, name), 'running');
    await expectLive(page);
    await expectSamePage();
    expect((await page.request.get(`${vitals.url}/api/readyz`)).status()).toBe(200);
    expect(proxy.refused()).toEqual([]);
  } finally {
    await vitals.kill();
    await proxy?.close();
  }
});

test('a socket that is not there, and a node that is no manager, are each named with their reason', async ({
  page,
  swarm,
}) => {
  const socket = 'unix:///nonexistent/docker.sock';
  const worker = swarm.proxies[1]?.endpoint ?? '';
  const vitals = await startVitals({ VITALS_MANAGERS: `${socket},${worker}` });
  try {
    await page.goto(vitals.url);
    await expect(page.locator('li', { hasText: socket })).toContainText('there is no such socket');
    await expect(page.locator('li', { hasText: worker })).toContainText('is a worker');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No swarm manager answers');
  } finally {
    await vitals.kill();
  }
});

test('settings that cannot be meant are all reported at once, and the server does not start', async ({
  swarm,
}) => {
  expect(swarm.refused()).toEqual([]);
  const bad = { VITALS_MANAGERS: 'ftp://nowhere', VITALS_ENGINES: 'tcp://{ip}:2375' };
  const output = await startVitals(bad).then(
    () => 'it started',
    (error: unknown) => String(error),
  );
  expect(output).toContain('VITALS_MANAGERS: The endpoint ftp://nowhere cannot be used');
  expect(output).toContain('VITALS_ENGINES');
  expect(output).toContain('ended at its start');
});

test('the second of two managers takes over, and the page says so', async ({ page, swarm }) => {
  const dead = `tcp://127.0.0.1:${await findFreePort()}`;
  const live = swarm.proxies[0]?.endpoint ?? '';
  const vitals = await startVitals({ ...swarm.settings, VITALS_MANAGERS: `${dead},${live}` });
  try {
    await page.goto(vitals.url);
    await expect(page.getByRole('complementary', { name: 'Managers' })).toContainText(`Reading from ${live}`);
    await expect(page.locator('[data-node]')).toHaveCount(3);
  } finally {
    await vitals.kill();
  }
});
