import { expect, test } from '@playwright/test';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { expectLive } from '#e2e/support/expect-status.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm, type DemoSwarm } from '#lib/demo/create-demo-swarm.ts';

// How somebody reads a page: in which zone, on paper, at which width.
const SIZE = { nodes: 5, services: 30, replicas: 90 };

let demo: DemoSwarm;
let vitals: VitalsServer;

test.beforeAll(async () => {
  demo = await createDemoSwarm({
    ...SIZE,
    churn: 0,
    listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 },
  });
  vitals = await startVitals({
    VITALS_MANAGERS: demo.managers.join(','),
    VITALS_ENGINES: demo.engines.join(','),
    VITALS_AUTH: 'none',
    VITALS_NAME: 'Production EU',
  });
  await waitFor(async () => (await fetch(`${vitals.url}/api/readyz`)).ok, 30_000, 'a swarm that was read');
});
test.afterAll(async () => {
  await vitals?.kill();
  await demo?.close();
});

test.describe('far from UTC', () => {
  test.use({ timezoneId: 'Asia/Kathmandu' });

  test('times say their zone, and are in UTC for whoever wants them so, on every page from then on', async ({
    page,
  }) => {
    await page.goto(vitals.url);
    await expectLive(page);
    const clock = page.locator('.page-clock');
    await expect(clock).toHaveText(/^\d\d:\d\d:\d\d UTC\+5:45$/);
    const moment = page.locator('.services-row time').first();
    await moment.hover();
    await expect(moment).toHaveAttribute('title', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\+5:45$/);
    await clock.click();
    await expect(clock).toHaveText(/^\d\d:\d\d:\d\d UTC$/);
    await page.mouse.move(0, 0);
    await moment.hover();
    await expect(moment).toHaveAttribute('title', / UTC$/);
    await page.goto(`${vitals.url}/events`);
    await expect(clock).toHaveText(/ UTC$/);
  });
});

test('a swarm is called what VITALS_NAME says, in the head, the tab and on the wall', async ({ page }) => {
  await page.goto(`${vitals.url}/nodes`);
  await expect(page.locator('.app-header')).toContainText('Production EU');
  await expect(page).toHaveTitle(/Production EU$/);
  await page.goto(`${vitals.url}/wall`);
  await expect(page).toHaveTitle(/Production EU/);
  expect(await (await fetch(`${vitals.url}/api/swarm`)).json()).toHaveProperty('name', 'Production EU');
});

test('an address that leads to no node or service names those that were probably meant', async ({ page }) => {
  const { hostname } = demo.world.nodes[2] ?? { hostname: '' };
  const answer = await page.goto(`${vitals.url}/nodes/${hostname}x`);
  expect(answer?.status()).toBe(404);
  await page.getByRole('link', { name: hostname, exact: true }).click();
  await expect(page).toHaveURL(`${vitals.url}/nodes/${hostname}`);
  await page.goto(`${vitals.url}/nodes/elsewhere`);
  await expect(page.getByRole('link', { name: 'All nodes' })).toBeVisible();
});

test('on paper: light, every row of a long list, and nothing to press', async ({ page }) => {
  await page.goto(vitals.url);
  await expectLive(page);
  const last = page.locator('.services-row').last();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('.services-row')).toHaveCount(SIZE.services);
  await expect(last).toHaveCSS('content-visibility', 'visible');
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'light');
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Copy as Markdown' })).toHaveCount(0);
  await expect(page.locator('.page-clock')).toHaveText(/^\d\d:\d\d:\d\d/);
  const before = (one: Element) => getComputedStyle(one, '::before').content;
  expect(await page.locator('.page-clock').evaluate(before)).toMatch(/20\d\d-\d\d-\d\d/);
});

test('on paper nothing that is longer than a sheet is kept whole, which would leave the one before it empty', async ({
  page,
}) => {
  const { stack, name: own } = demo.world.services[0]?.plan ?? { stack: '', name: '' };
  const name = `${stack}_${own}`;
  for (const path of ['/', '/matrix', '/nodes', `/services/${name}`, `/services/${name}/1`, '/reports']) {
    expect((await page.goto(`${vitals.url}${path}`))?.status(), path).toBe(200);
    await expectLive(page);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const kept = await page.locator('main *').evaluateAll((all) =>
      all
        .filter((one) => one.getBoundingClientRect().height > 1000)
        .filter((one) => getComputedStyle(one).breakInside === 'avoid')
        .map((one) => `${one.tagName} ${one.className}`),
    );
    expect(kept, path).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
  }
});
