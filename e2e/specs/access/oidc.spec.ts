import { ask, toCookie } from '#e2e/support/ask.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { type OidcProvider, signInAtProvider, startProvider } from '#e2e/support/oidc/start-provider.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';

let provider: OidcProvider;
let vitals: VitalsServer;

test.beforeAll(async ({ swarm }) => {
  const port = await findFreePort();
  provider = await startProvider(`http://127.0.0.1:${port}`);
  vitals = await startVitals(
    { ...swarm.settings, ...provider.settings, VITALS_OIDC_GROUPS: 'ops, admins', HOSTNAME: '127.0.0.1' },
    port,
  );
});
test.afterAll(async () => {
  await vitals.kill();
  await provider.close();
});

test('somebody signs in at the provider, comes to the page that was wanted, and out again at both', async ({
  page,
}) => {
  await page.goto(`${vitals.url}/nodes?view=1`);
  await signInAtProvider(page, 'ops-ada');
  await expect(page).toHaveURL(`${vitals.url}/nodes?view=1`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
  await expect
    .poll(() => vitals.log())
    .toMatch(/audit \{"event":"sign-in","who":"ops-ada","from":"127\.0\.0\.1"/);
  // The provider's own are among them: it is on the same host here.
  const cookies = (await page.context().cookies()).filter(({ name }) => name.startsWith('vitals-'));
  expect(cookies.map(({ name }) => name)).toEqual(['vitals-session']);
  const [cookie] = cookies;
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  expect((cookie?.expires ?? 0) * 1_000 - Date.now()).toBeLessThan(3_700_000);

  await page.getByRole('button', { name: 'Sign out' }).click();
  // The provider asks whether its own session shall end as well.
  await page.getByRole('button', { name: /yes/i }).click();
  await expect(page).toHaveURL(`${vitals.url}/login?signed-out=1`);
  await expect(page.getByText('You are signed out.')).toBeVisible();
  const replayed = await ask(`${vitals.url}/api/swarm`, { cookie: `${cookie?.name}=${cookie?.value}` });
  expect(replayed.status).toBe(401);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await expect(page.locator('input[name="login"]')).toBeVisible();
});

test('whoever is in none of the groups sees nothing, and is told so', async ({ page }) => {
  await page.goto(vitals.url);
  await signInAtProvider(page, 'guest-bob');
  await expect(page.getByRole('alert')).toContainText('in none of the groups');
  expect(await page.context().cookies(vitals.url)).not.toContainEqual(
    expect.objectContaining({ name: 'vitals-session' }),
  );
  expect(vitals.log()).toContain('guest-bob signed in at the provider and is in none of VITALS_OIDC_GROUPS');
});

test('nobody comes in with a sign-in that another browser began, or with words of their own', async () => {
  const begun = await ask(`${vitals.url}/login?next=%2Fnodes`);
  expect(begun.status).toBe(303);
  const cookie = toCookie(begun, 'flow');
  const state = new URL(String(begun.headers.location)).searchParams.get('state') ?? '';
  const comeBack = async (query: Record<string, string>, headers = {}) => {
    const answer = await ask(`${vitals.url}/login/callback?${new URLSearchParams(query)}`, headers);
    expect(answer.headers['set-cookie'] ?? []).not.toContainEqual(expect.stringContaining('session='));
    return answer;
  };
  const statusOf = async (...asked: Parameters<typeof comeBack>) => (await comeBack(...asked)).status;
  const iss = provider.settings.VITALS_OIDC_ISSUER ?? '';
  // Once it is begun anew, by a flow of their own; then they are told.
  const anew = await comeBack({ code: 'x', state, iss });
  expect(anew).toMatchObject({ status: 303, headers: { location: '/login?next=%2Fnodes&again=1' } });
  expect(await statusOf({ code: 'x', state: `${state}.again`, iss })).toBe(400);
  expect(await statusOf({ code: 'x', state: `x${state}.again`, iss }, { cookie })).toBe(400);
  expect(await statusOf({ code: 'x', iss }, { cookie })).toBe(303);
  expect(await statusOf({ error: 'access_denied', state, iss }, { cookie })).toBe(403);
  expect(await statusOf({ code: 'made-up', state, iss }, { cookie })).toBe(303);
  expect(await statusOf({ code: 'x', state, iss: 'https://evil.example' }, { cookie })).toBe(502);
  expect((await ask(`${vitals.url}/api/swarm`, { cookie })).status).toBe(401);
  for (const next of ['//evil.example/', 'https://evil.example', '/login']) {
    const made = `.${Buffer.from(next).toString('base64url')}`;
    expect((await comeBack({ state: made })).headers.location).toBe('/login?again=1');
    expect((await comeBack({ state: `${made}.again` })).body).not.toContain('evil');
  }
});

test('a page whose session ends with the provider’s word signs in again by itself', async ({
  page,
  swarm,
}) => {
  test.setTimeout(240_000);
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const brief = await startProvider(url, 15);
  const settings = { ...swarm.settings, ...brief.settings, VITALS_OIDC_MINUTES: '1' };
  const other = await startVitals(settings, port);
  try {
    await page.goto(`${url}/nodes`);
    await signInAtProvider(page, 'ada');
    await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
    const readSession = async () =>
      (await page.context().cookies()).find(({ name }) => name === 'vitals-session')?.value;
    const first = await readSession();
    await expect
      .poll(async () => ![undefined, first].includes(await readSession()), { timeout: 200_000 })
      .toBe(true);
    await expect(page).toHaveURL(`${url}/nodes`);
    await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
  } finally {
    await other.kill();
    await brief.close();
  }
});

test('a provider that is gone is said, and signs in again once it is there', async () => {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { ...provider.settings, VITALS_PUBLIC_URL: url, VITALS_OIDC_ISSUER: 'http://127.0.0.1:9' };
  const other = await startVitals({ DOCKER_HOST: 'tcp://127.0.0.1:9', ...settings }, port);
  try {
    const answer = await ask(`${other.url}/login`);
    expect(answer.status).toBe(502);
    expect(answer.body).toContain('The sign-in provider does not answer as it should');
    expect((await ask(`${other.url}/api/healthz`)).status).toBe(200);
    expect((await ask(`${other.url}/api/swarm`)).status).toBe(401);
  } finally {
    await other.kill();
  }
});

test('people of two groups see what their roles show, and a changed setting holds without signing in again', async ({
  browser,
  swarm,
}) => {
  test.setTimeout(240_000);
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const own = await startProvider(url);
  const settings = { ...swarm.settings, ...own.settings, HOSTNAME: '127.0.0.1' };
  const withGrants = (grants: string) => startVitals({ ...settings, VITALS_GRANTS: grants }, port);
  let server = await withGrants('ops=operator; guests=viewer');
  const signIn = async (name: string) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(url);
    await signInAtProvider(page, name);
    await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
    return page;
  };
  try {
    const [operator, guest] = [await signIn('ops-ada'), await signIn('guest-bob')];
    const readOf = async (page: typeof guest, path: string) => {
      const answer = await page.request.get(`${url}${path}`);
      return { status: answer.status(), text: await answer.text() };
    };
    for (const path of ['/services/nothing/log', '/api/services/nothing/log', '/api/tasks/x/last-words']) {
      expect((await readOf(operator, path)).status, path).toBe(404);
      expect((await readOf(guest, path)).status, path).toBe(403);
    }
    expect((await readOf(guest, '/api/swarm')).status).toBe(200);
    const { text } = await readOf(guest, '/services/x/log');
    expect(text).toContain('This is for the role operator; yours is viewer.');

    await server.kill();
    server = await withGrants('ops=operator');
    await guest.goto(url);
    await expect(guest.getByRole('alert')).toContainText('You are signed in as guest-bob');
    await expect(guest.getByRole('alert')).toContainText('VITALS_GRANTS');
    expect((await readOf(guest, '/api/swarm')).status).toBe(403);
    expect((await readOf(operator, '/api/swarm')).status).toBe(200);
    await guest.getByRole('button', { name: 'Sign out' }).click();
    await guest.getByRole('button', { name: /yes/i }).click();
    await guest.getByRole('link', { name: 'Sign in' }).click();
    await signInAtProvider(guest, 'guest-eve');
    await expect(guest.getByRole('alert')).toContainText('You are signed in as guest-eve');
    expect(await guest.context().cookies(url)).not.toContainEqual(
      expect.objectContaining({ name: 'vitals-session' }),
    );
    expect(server.log()).toMatch(/audit \{"event":"refused","who":"guest-bob","may":"nothing"/);
    expect(server.log()).toMatch(/audit \{"event":"sign-out","who":"guest-bob"/);

    await server.kill();
    server = await withGrants('ops=viewer');
    const after = await readOf(operator, '/api/services/nothing/log');
    expect(after.status, 'the role is narrower, and the session the same').toBe(403);
    expect((await readOf(operator, '/api/swarm')).status).toBe(200);
  } finally {
    await server.kill();
    await own.close();
  }
});
