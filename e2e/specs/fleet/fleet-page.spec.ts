import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '#e2e/support/expect-accessible.ts';
import { type FleetLab, startFleet } from '#e2e/support/start-fleet.ts';
import { inspectWall } from '#e2e/support/wall/inspect-wall.ts';
import type { FleetPicture } from '#lib/model/contract/fleet.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

const SOON = { timeout: 60_000 };
/** web.dev/cls has 0.1 as good. */
const MAX_SHIFT = 0.05;

// Three servers on a demo swarm each, and one that shows them all to anybody here.
let lab: FleetLab;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(240_000);
  lab = await startFleet(['prod', 'lab', 'edge']);
  await expect
    .poll(async () => (await readJson<FleetPicture>('/api/fleet')).swarms.map(({ state }) => state), SOON)
    .toEqual(['live', 'live', 'live']);
});
test.afterAll(() => lab?.close());

async function readJson<T>(path: string): Promise<T> {
  return (await fetch(`${lab.fleet.url}${path}`)).json() as Promise<T>;
}

const rowOf = (page: Page, swarm: string) => page.locator(`.fleet-table tr[data-swarm="${swarm}"]`);

async function openFleet(page: Page, path = '/'): Promise<void> {
  await page.goto(`${lab.fleet.url}${path}`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live', SOON);
}

/** Lets two probes in a row fail, of one replica of a service that is well. @returns the service */
async function breakService(swarm: string): Promise<string> {
  const { services } = await readJson<SwarmPicture>(`/swarms/${swarm}/api/swarm`);
  const well = services.find(
    ({ verdict, mode, healthCheck }) =>
      verdict === 'healthy' && mode.kind === 'replicated' && healthCheck !== null,
  );
  const input = { service: well?.name ?? '', slot: 1, to: 'fail' };
  await lab.order(swarm, 'flip', input);
  await lab.order(swarm, 'flip', input);
  return input.service;
}

test('without scripts the page says how all swarms were when it was asked for', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(lab.fleet.url);
  for (const name of ['prod', 'lab', 'edge']) await expect(rowOf(page, name)).toBeVisible();
  await expect(page.locator('[data-connection]')).toContainText(/As of \d\d:\d\d:\d\d UTC/);
  await expect(page.getByRole('link', { name: /^With problems/ })).toBeVisible();
  await page.getByRole('link', { name: /change to another swarm/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All swarms');
  await context.close();
});

test('a problem of one swarm stands first, is counted in the tab, and leads into that swarm', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openFleet(page);
  const service = await breakService('lab');
  await expect(rowOf(page, 'lab')).toHaveAttribute('data-tone', 'bad', SOON);
  const first = page.locator('.fleet-table tbody tr').first();
  await expect(first).toHaveAttribute('data-tone', 'bad');
  await expect(page).toHaveTitle(/^\d [✖▲] All swarms/);
  const line = page.locator('.fleet-problems li[data-of="lab"]').filter({ hasText: service });
  await expect(line).toBeVisible();
  await line.getByRole('link', { name: service }).click();
  await expect(page).toHaveURL(`${lab.fleet.url}/swarms/lab/services/${service}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(service);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live', SOON);
});

test('events and incidents of all swarms stand in one list each, with their swarm and the way into it', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openFleet(page);
  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await expect(page).toHaveURL(`${lab.fleet.url}/events`);
  const rows = page.locator('.event-row');
  const ofLab = rows.and(page.locator('[data-of="lab"]'));
  await expect(ofLab.first()).toBeVisible(SOON);
  expect(await ofLab.first().getByRole('link').first().getAttribute('href')).toMatch(/^\/swarms\/lab\//);
  await expect(page.locator('[data-gaps]')).toHaveCount(0);
  const service = await breakService('edge');
  // What happens now comes in at the top.
  await expect(rows.and(page.locator('[data-of="edge"]')).filter({ hasText: service }).first()).toBeVisible(
    SOON,
  );
  await expectAccessible(page, 'events of all swarms');
  await page.goto(`${lab.fleet.url}/incidents`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Incidents');
  await expect(page.locator('[data-gaps]')).toHaveCount(0);
  await expectAccessible(page, 'incidents of all swarms');
  const first = page.locator('.incident-row').first();
  await expect(first).toHaveAttribute('href', /^\/swarms\/(prod|lab|edge)\/incidents\/./);
});

test('the filter leaves those with problems, and is in the address', async ({ page }) => {
  await openFleet(page);
  await expect(rowOf(page, 'lab')).toHaveAttribute('data-tone', 'bad', SOON);
  await page.getByRole('link', { name: /^With problems/ }).click();
  await expect(page).toHaveURL(/\?show=problems$/);
  const tones = await page
    .locator('.fleet-table tbody tr')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.tone));
  expect(tones.every((tone) => tone === 'bad' || tone === 'unknown')).toBe(true);
});

test('nothing moves while the page is live and nothing happens to be read', async ({ page }) => {
  await openFleet(page);
  await page.waitForTimeout(500);
  const shift = await page.evaluate(
    (ms) =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        });
        observer.observe({ type: 'layout-shift' });
        setTimeout(() => resolve(sum), ms);
      }),
    6_000,
  );
  expect(shift).toBeLessThan(MAX_SHIFT);
});

test('the switcher keeps the kind of page, a digit chooses, and 0 is all swarms', async ({ page }) => {
  await openFleet(page, '/swarms/prod/nodes');
  await page.getByRole('link', { name: 'prod: change to another swarm' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change to another swarm' });
  const links = dialog.getByRole('link');
  await expect(links).toHaveCount(4);
  await expect(dialog.locator('a[aria-current]')).toContainText('prod');
  await expectAccessible(page, 'the switcher');
  const second = await links.nth(1).getAttribute('href');
  expect(second).toMatch(/^\/swarms\/\w+\/nodes$/);
  await page.keyboard.press('2');
  await expect(page).toHaveURL(`${lab.fleet.url}${second}`);
  await page.getByRole('link', { name: /change to another swarm/ }).click();
  await expect(page.getByRole('dialog').getByRole('link')).toHaveCount(4);
  await page.keyboard.press('0');
  await expect(page).toHaveURL(`${lab.fleet.url}/`);
});

test('the search names what all swarms have, and inside of one begins with that one', async ({ page }) => {
  const { services } = await readJson<SwarmPicture>('/swarms/edge/api/swarm');
  const name = services[0]?.name ?? '';
  await openFleet(page);
  await page.keyboard.press('/');
  await page.getByRole('combobox').fill(name);
  const groups = page.getByRole('listbox').getByRole('group');
  for (const swarm of ['prod', 'lab', 'edge'])
    await expect(groups.filter({ hasText: swarm }).first()).toBeVisible();
  await expectAccessible(page, 'the search of all swarms');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/swarms\/\w+\/services\//);

  await openFleet(page, '/swarms/edge');
  await page.keyboard.press('/');
  await page.getByRole('dialog').getByRole('combobox').fill(name);
  await expect(groups.filter({ hasText: 'In prod' })).toBeVisible();
  await expect(groups.first()).not.toContainText('In ');
});

test('dark and light, wide and on a phone, axe finds nothing serious and nobody scrolls sideways', async ({
  page,
}) => {
  test.setTimeout(120_000);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await openFleet(page);
      await expectAccessible(page, `all swarms ${colorScheme} ${width}`);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond, `${width}`).toBeLessThanOrEqual(0);
    }
  }
});

test('a swarm that falls silent is grey with its age on page and wall, and the wall fits each screen', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openFleet(page);
  await lab.sources.get('edge')?.kill();
  await expect(rowOf(page, 'edge')).toHaveAttribute('data-state', 'silent', SOON);
  await expect(rowOf(page, 'edge')).toContainText('Not heard from since');
  await expect(page.locator('.fleet-facts')).toContainText('of edge; in no other count');
  await expect(page.locator('[data-connection]')).toHaveText('Live, 2 of 3');
  await expectAccessible(page, 'with a silent swarm');

  await openFleet(page, '/wall');
  const tile = page.locator('.wall-swarm[data-swarm="edge"]');
  await expect(tile).toHaveAttribute('data-state', 'silent');
  await expect(tile).toContainText('Silent');
  for (const [width, height] of [
    [1920, 1080],
    [3840, 2160],
    [1080, 1920],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(async () => {
      expect((await inspectWall(page)).faults, `${width}x${height}`).toEqual([]);
    }).toPass({ timeout: 20_000 });
  }
});
