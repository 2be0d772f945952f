import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { expectLive, expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { markPage } from '#e2e/support/mark-page.ts';
import {
  ensureReverseProxies,
  type ReverseProxies,
  startReverseProxies,
} from '#e2e/support/proxies/start-reverse-proxies.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm, type DemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { runCommand } from '#lib/demo/life/run-command.ts';

// One server below /swarm of a host that has another site, behind the reverse proxies of docs/reverse-proxy.md.
const PASSWORD = 'correct horse battery';
const WALL_TOKEN = 'wall-token-0123456789';
const BASE = '/swarm';
const SERVICE = 'shop_api';
const PAGE = `/services/${SERVICE}`;
const PAGES = [
  '',
  '/nodes',
  '/events',
  '/incidents',
  '/reports',
  '/silences',
  '/timeline',
  '/matrix',
  PAGE,
  `${PAGE}/compare`,
  `${PAGE}/log`,
  `${PAGE}/1`,
  `${PAGE}/1/log`,
  '/wall',
];

let demo: DemoSwarm;
let vitals: VitalsServer;
let proxies: ReverseProxies;

test.beforeAll(async () => {
  // They may have to be installed first.
  test.setTimeout(300_000);
  const lack = await ensureReverseProxies();
  test.skip(lack !== null, lack ?? '');
  demo = await createDemoSwarm({ churn: 0, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
  vitals = await startVitals({
    VITALS_MANAGERS: demo.managers.join(','),
    VITALS_ENGINES: demo.engines.join(','),
    VITALS_BASE_PATH: BASE,
    VITALS_PASSWORD: PASSWORD,
    VITALS_WALL_TOKENS: WALL_TOKEN,
    VITALS_TRUSTED_PROXIES: '127.0.0.1',
  });
  proxies = await startReverseProxies(vitals.url);
  await waitFor(async () => (await fetch(`${vitals.url}/api/readyz`)).ok, 30_000, 'a swarm that was read');
});
test.afterAll(async () => {
  await proxies?.close();
  await vitals?.kill();
  await demo?.close();
});

/** Collects what is asked for outside of the path, or of elsewhere. */
function watchStrays(context: BrowserContext, url: string): string[] {
  const strays: string[] = [];
  context.on('request', (request) => {
    const asked = request.url();
    if (asked !== url && !asked.startsWith(`${url}/`) && !asked.startsWith(`${url}?`)) strays.push(asked);
  });
  return strays;
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Every address in the page as it is now, without those within it and those that carry their content. */
async function listAddresses(page: Page): Promise<string[]> {
  const found = await page.evaluate(() =>
    ['href', 'src', 'action'].flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name) ?? ''),
    ),
  );
  return [...new Set(found)].filter((address) => !/^(#|data:)/.test(address));
}

for (const proxy of ['nginx', 'caddy'] as const)
  test(`behind ${proxy}, as documented, somebody signs in, finds their way and sees a probe fail`, async ({
    page,
    context,
  }) => {
    const url = proxies[proxy];
    const strays = watchStrays(context, url);
    await page.goto(`${url}/services/${SERVICE}?view=1`);
    await expect(page).toHaveURL(`${url}/login?next=%2Fservices%2F${SERVICE}%3Fview%3D1`);
    await signIn(page);
    await expect(page).toHaveURL(`${url}/services/${SERVICE}?view=1`);
    const [session] = await context.cookies();
    expect(session).toMatchObject({ name: 'vitals-session', path: BASE });

    // With a slash at the end, as people type it.
    await page.goto(`${url}/`);
    await expectLive(page);
    await expect(page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current]')).toHaveText(
      'Services',
    );
    const expectSamePage = await markPage(page);
    const replica = toReplica(page, SERVICE);
    await expectStatus(replica, 'healthy');
    runCommand(demo, 'flip', { service: SERVICE, slot: 1, to: 'fail' });
    await expectStatus(replica, ['failing', 'unhealthy']);

    await page.getByRole('link', { name: SERVICE, exact: true }).first().click();
    await expect(page).toHaveURL(`${url}/services/${SERVICE}`);
    await replica.getByRole('link').first().click();
    await expect(page).toHaveURL(`${url}/services/${SERVICE}/1`);
    await expect(page.locator('[data-exit-code]').first()).toBeVisible();
    await expect(page.locator('.heartbeat canvas').first(), 'what is loaded later comes, too').toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(`${url}/services/${SERVICE}`);
    await page.goForward();
    await expect(page).toHaveURL(`${url}/services/${SERVICE}/1`);
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await expect(page).toHaveURL(`${url}/nodes`);
    await page.keyboard.press('/');
    await page.keyboard.type(':8080');
    const places = page.getByRole('group', { name: 'Ports and addresses' });
    await expect(places).toContainText('8080 → ');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('10.0.16.');
    await expect(places).toContainText('10.0.16.');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('shop_web');
    await expect(page.getByRole('group', { name: 'Services' })).toContainText('shop_web');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${url}/services/shop_web`);
    await page.getByRole('link', { name: 'Container log' }).click();
    await expect(page).toHaveURL(`${url}/services/shop_web/log`);
    await expect(page.locator('.log-row').first()).toBeAttached();
    await page.getByRole('link', { name: 'Services' }).first().click();
    await expect(page).toHaveURL(url);
    await expectSamePage();
    await expectLive(page);
    // By now Swarm may have killed it for its health, and its next container is not up yet.
    await expect(() => runCommand(demo, 'flip', { service: SERVICE, slot: 1, to: 'ok' })).toPass();
    await expectStatus(replica, 'healthy');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(`${url}/login`);
    await page.goto(url);
    await expect(page).toHaveURL(`${url}/login`);
    expect(strays).toEqual([]);
  });

test('a screen opens the wall with its token, and nothing else', async ({ page, context }) => {
  const url = proxies.nginx;
  const strays = watchStrays(context, url);
  await page.goto(`${url}/wall?token=${WALL_TOKEN}&title=Room`);
  await expect(page).toHaveURL(`${url}/wall?title=Room`);
  await expectLive(page);
  await expect(page.getByText('Room')).toBeVisible();
  expect((await page.request.get(`${url}/api/swarm`)).status()).toBe(403);
  await page.keyboard.press('s');
  await page.getByLabel('Title').fill('Shop');
  await expect(page).toHaveURL(`${url}/wall?title=Shop`);
  expect(strays).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('forms and links stay below the path, and every address in every page answers', async ({
    page,
    context,
  }) => {
    const url = proxies.caddy;
    const strays = watchStrays(context, url);
    await page.goto(url);
    await signIn(page);
    await expect(page).toHaveURL(`${url}/`);
    await page.getByLabel(/^Name, image/).fill('shop_web');
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page).toHaveURL(new RegExp(`^${url}\\?q=shop_web`));
    await expect(page.locator('[data-service]')).toHaveCount(1);
    await page.getByLabel(/^Name, image/).fill(':8080');
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page, 'a port finds who publishes it').toHaveURL(/q=%3A8080/);
    await expect(page.locator('[data-service]').first()).toBeVisible();

    const addresses = new Set<string>();
    for (const path of PAGES) {
      await page.goto(`${url}${path}`);
      for (const address of await listAddresses(page)) addresses.add(address);
    }
    expect([...addresses].filter((one) => !/^\/swarm(?=[/?]|$)/.test(one))).toEqual([]);
    // Signing out takes POST, and would.
    addresses.delete(`${BASE}/api/logout`);
    expect(addresses.size).toBeGreaterThan(50);
    const { origin } = new URL(url);
    for (const address of addresses) {
      const answer = await page.request.get(origin + address, { maxRedirects: 0 });
      expect(answer.status(), address).toBe(200);
      if (!address.endsWith('.css')) continue;
      for (const [, file = ''] of (await answer.text()).matchAll(/url\(["']?([^"')]+)/g)) {
        if (file.startsWith('data:')) continue;
        const { pathname } = new URL(file, origin + address);
        expect(pathname).toMatch(/^\/swarm\//);
        expect((await page.request.get(origin + pathname)).status(), pathname).toBe(200);
      }
    }
    expect(strays).toEqual([]);
  });
});

for (const proxy of ['nginxStripping', 'caddyStripping'] as const)
  test(`it is the same where the path is taken off (${proxy})`, async ({ page, context }) => {
    const url = proxies[proxy];
    const strays = watchStrays(context, url);
    await page.goto(`${url}/nodes`);
    await expect(page).toHaveURL(`${url}/login?next=%2Fnodes`);
    await signIn(page);
    await expect(page).toHaveURL(`${url}/nodes`);
    await expectLive(page);
    const expectSamePage = await markPage(page);
    await page.keyboard.press('/');
    await page.keyboard.type(SERVICE);
    await expect(page.getByRole('group', { name: 'Services' })).toContainText(SERVICE);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${url}/services/${SERVICE}`);
    await expectStatus(toReplica(page, SERVICE), 'healthy');
    await page.getByRole('link', { name: 'Services' }).first().click();
    await expect(page).toHaveURL(new RegExp(`^${url}/?$`));
    await expectStatus(toReplica(page, 'shop_web'), 'healthy');
    await expectSamePage();
    expect(strays).toEqual([]);
  });

test('nginx was never asked for anything outside of the path', () => {
  expect(proxies.strayed()).toEqual([]);
});
