import { expect, test } from '@playwright/test';
import { ask } from '#e2e/support/ask.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { listRoutes } from '#e2e/support/list-routes.ts';
import { type OidcProvider, signInAtProvider, startProvider } from '#e2e/support/oidc/start-provider.ts';
import { FLEET_TOKEN, type FleetLab, startFleet } from '#e2e/support/start-fleet.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { ROUTES } from '#lib/server/access/routes.ts';

const SOON = { timeout: 60_000 };
const PAGES = ['', '/incidents', '/matrix', '/nodes', '/events', '/timeline', '/reports', '/wall'];

// Two swarms behind one server, where people sign in at a real provider; `ops` see all, others the stack `shop`.
let provider: OidcProvider;
let lab: FleetLab;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(240_000);
  const port = await findFreePort();
  provider = await startProvider(`http://127.0.0.1:${port}`);
  const settings = {
    ...provider.settings,
    VITALS_GRANTS: 'ops=admin; guests=operator:stack:shop; prod=operator:swarm:prod',
    VITALS_API_TOKEN: FLEET_TOKEN,
    HOSTNAME: '127.0.0.1',
  };
  lab = await startFleet(['prod', 'lab'], settings, {}, port);
  const isRead = async () => {
    const { body } = await ask(`${lab.fleet.url}/api/status`, { authorization: `Bearer ${FLEET_TOKEN}` });
    return (JSON.parse(body) as { swarms: { state: string }[] }).swarms.every(
      ({ state }) => state === 'live',
    );
  };
  await expect.poll(isRead, SOON).toBe(true);
});
test.afterAll(async () => {
  await lab?.close();
  await provider?.close();
});

/** All that is answered, and of a stream how it begins. */
async function read(url: string, headers: Record<string, string>, method = 'GET') {
  if (/\/(stream|log)\b/.test(url)) return ask(url, headers);
  const answer = await fetch(url, { method, headers, redirect: 'manual' });
  return { status: answer.status, body: await answer.text() };
}

/** A service of their stack, or of another, that can be made to fail its probes. */
function findBreakable({ services }: SwarmPicture, isOwn: boolean): string {
  const found = services.find(
    ({ verdict, stack, mode, healthCheck }) =>
      (stack === 'shop') === isOwn &&
      verdict === 'healthy' &&
      mode.kind === 'replicated' &&
      healthCheck !== null,
  );
  expect(found, `a service of ${isOwn ? 'shop' : 'another stack'} that is well`).toBeDefined();
  return found?.name ?? '';
}

/** Lets two probes in a row of its first replica fail. */
async function breakService(service: string): Promise<void> {
  for (const _ of [1, 2]) await lab.order('prod', 'flip', { service, slot: 1, to: 'fail' });
}

test('somebody who may see one stack finds nothing else on any page of any swarm, and signs out of all', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { url } = lab.fleet;
  const asProgram = { headers: { authorization: `Bearer ${FLEET_TOKEN}` } };
  const whole = (await (await fetch(`${url}/swarms/prod/api/swarm`, asProgram)).json()) as SwarmPicture;
  const others = whole.services.filter(({ stack }) => stack !== 'shop').map(({ name }) => name);
  expect(others.length).toBeGreaterThan(2);
  // Something happens in their stack, and in another one: who sees all finds both in the lists of all swarms.
  const [own, other] = [findBreakable(whole, true), findBreakable(whole, false)];
  for (const service of [own, other]) await breakService(service);
  const rowOf = (service: string) => page.locator('[data-of="prod"]').filter({ hasText: service }).first();
  await page.setExtraHTTPHeaders(asProgram.headers);
  for (const path of ['/events', '/incidents'])
    for (const service of [own, other])
      await expect(async () => {
        await page.goto(url + path);
        await expect(rowOf(service), `${path} ${service}`).toBeVisible({ timeout: 1_000 });
      }).toPass(SOON);
  await page.setExtraHTTPHeaders({});

  await page.goto(`${url}/swarms/lab/incidents`);
  await signInAtProvider(page, 'guest-bob');
  await expect(page).toHaveURL(`${url}/swarms/lab/incidents`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
  const paths = [
    '/',
    '/wall',
    '/events',
    '/incidents',
    ...['prod', 'lab'].flatMap((name) => PAGES.map((path) => `/swarms/${name}${path}`)),
  ];
  for (const path of paths) {
    const answer = await page.goto(url + path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.locator('html'), path).toHaveAttribute('data-live', 'live');
    const html = await page.content();
    expect(
      others.filter((name) => html.includes(name)),
      path,
    ).toEqual([]);
    if (path === '/events' || path === '/incidents') await expect(rowOf(own), path).toBeVisible();
  }
  await page.goto(`${url}/swarms/prod`);
  await expect(page.locator('[data-service="shop_web"]').first()).toBeVisible();

  const cookies = await page.context().cookies(url);
  const session = cookies.find(({ name }) => name === 'vitals-session');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: /yes/i }).click();
  await expect(page).toHaveURL(`${url}/login?signed-out=1`);
  for (const path of ['/api/fleet', '/swarms/prod/api/swarm', '/swarms/lab/api/incidents'])
    expect((await ask(url + path, { cookie: `vitals-session=${session?.value}` })).status, path).toBe(401);
});

test('somebody who may see one swarm finds no word of the other by any route, and its address is as one that there is not', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { url } = lab.fleet;
  await page.goto(`${url}/events`);
  await signInAtProvider(page, 'prod-eve');
  await expect(page).toHaveURL(`${url}/events`);
  await expect(page.locator('[data-of="prod"]').first()).toBeVisible();
  await page.goto(url);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
  await expect(page.locator('.fleet-table tr[data-swarm]')).toHaveCount(1);
  const cookies = await page.context().cookies(url);
  const session = cookies.find(({ name }) => name === 'vitals-session');
  const own = { cookie: `vitals-session=${session?.value}` };
  const find = (text: string) => /swarms\/lab|"lab\\?"|>lab</.exec(text)?.[0] ?? null;
  const asProgram = { authorization: `Bearer ${FLEET_TOKEN}` };
  for (const path of ['/', '/wall', '/api/fleet', '/api/fleet/stream', '/metrics'])
    expect(find((await read(url + path, asProgram)).body), `who may see all of it: ${path}`).not.toBeNull();
  for (const { name, path } of listRoutes()) {
    if (/log(in|out)|healthz|readyz|signed-out/.test(name)) continue;
    const method = ROUTES[name]?.isPosted ? 'POST' : 'GET';
    for (const below of ['', '/swarms/prod']) {
      const answer = await read(`${url}${below}${path}`, own, method);
      expect(find(answer.body), `${below}${path}`).toBeNull();
    }
    const [hidden, unknown] = [
      await read(`${url}/swarms/lab${path}`, own, method),
      await read(`${url}/swarms/nope${path}`, own, method),
    ];
    expect([hidden.status, unknown.status], `/swarms/lab${path}`).toEqual([404, 404]);
    // A page has a nonce and its own address in it.
    if (path.startsWith('/api/')) expect(hidden.body, path).toBe(unknown.body);
    else expect(hidden.body.replaceAll('/swarms/lab', ''), path).not.toMatch(/"lab\\?"|>lab</);
  }
  for (const query of ['shop', '8080', 'node'])
    expect(find((await ask(`${url}/api/fleet/search?q=${query}`, own)).body)).toBeNull();
});

test('who may see all of it signs in on the page of all swarms, and signs out there', async ({ page }) => {
  await page.goto(lab.fleet.url);
  await signInAtProvider(page, 'ops-ada');
  await expect(page).toHaveURL(`${lab.fleet.url}/`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
  await expect(page.getByRole('link', { name: 'prod' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: /yes/i }).click();
  await expect(page).toHaveURL(`${lab.fleet.url}/login?signed-out=1`);
});
