import { createHash, hkdfSync } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { unsealData } from 'iron-session';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { root } from '#e2e/support/root.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';

const PASSWORD = 'correct horse battery';
const API_TOKEN = 'api-token-0123456789';
const WALL_TOKEN = 'wall-token-0123456789';
/** Answered without credentials; none of them says a word of the swarm. */
const PUBLIC = ['/login', '/api/login', '/api/healthz', '/api/readyz', '/api/signed-out'];

/** Every route there is, with something for each parameter. */
function listRoutes(): string[] {
  const files = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' });
  const folders = files
    .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
    .map((file) => relative('.', file).replace(/\/?(page\.tsx|route\.ts)$/, ''));
  return folders.map((folder) => `/${folder.replaceAll(/\[\w+\]/g, 'x')}`);
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Without a browser's own ideas of headers, cookies and redirects; streams are cut after the first bytes. */
function ask(url: string, headers: Record<string, string> = {}, method = 'GET', form = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length: Record<string, string> = form === '' ? {} : { 'content-length': String(form.length) };
    const request = send(url, { method, headers: { ...headers, ...length }, agent: false }, (response) => {
      let body = '';
      const done = () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: body.slice(0, 2_000) });
      response.on('data', (chunk) => {
        body += chunk;
        if (body.length < 2_000) return;
        done();
        request.destroy();
      });
      response.on('end', done);
    });
    request.on('error', reject);
    request.end(form);
  });
}

const cookieOf = ({ headers }: Answer) => String(headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';

test.describe('with a password', () => {
  let vitals: VitalsServer;
  let folder: string;
  test.beforeAll(async ({ swarm }) => {
    folder = await mkdtemp(join(tmpdir(), 'vitals-access-'));
    writeFileSync(join(folder, 'password'), `${PASSWORD}\n`);
    writeFileSync(join(folder, 'screens'), `${WALL_TOKEN}\n`);
    vitals = await startVitals({
      ...swarm.settings,
      VITALS_PASSWORD_FILE: join(folder, 'password'),
      VITALS_API_TOKEN: API_TOKEN,
      VITALS_WALL_TOKENS_FILE: join(folder, 'screens'),
    });
  });
  test.afterAll(async () => {
    await vitals.kill();
    await rm(folder, { recursive: true });
  });

  const signIn = async () =>
    cookieOf(
      await ask(
        `${vitals.url}/api/login`,
        { 'content-type': 'application/x-www-form-urlencoded' },
        'POST',
        `password=${encodeURIComponent(PASSWORD)}`,
      ),
    );

  test('a person is asked for it, comes to the page that was wanted, and is out again after Sign out', async ({
    page,
  }) => {
    await page.goto(`${vitals.url}/services/none?view=1`);
    await expect(page).toHaveURL(/\/login\?next=/);
    await page.getByLabel('Password').fill('wrong one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toHaveText('That is not the password.');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(`${vitals.url}/services/none?view=1`);
    await page.goto(vitals.url);
    await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: 'vitals-session', httpOnly: true, sameSite: 'Lax' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/login/);
    // Its cookie was kept elsewhere: it opens nothing any more.
    const replayed = await ask(`${vitals.url}/api/swarm`, { cookie: `${cookie?.name}=${cookie?.value}` });
    expect(replayed.status).toBe(401);
  });

  test('no route answers without it, whatever comes along instead', async () => {
    const routes = listRoutes();
    expect(routes).toEqual(expect.arrayContaining(['/', '/api/swarm', '/api/stream', '/services/x/x']));
    const good = await signIn();
    const instead: Record<string, string>[] = [
      {},
      { cookie: 'vitals-session=Fe26.2*1*x' },
      { cookie: `${good.slice(0, -6)}AAAAAA` },
      { cookie: good.replace('vitals-session', 'vitals-wall') },
      { authorization: `Bearer ${API_TOKEN}x` },
      { 'x-vitals-level': 'full', 'x-vitals-peer': '127.0.0.1', 'x-forwarded-user': 'root' },
      { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    ];
    for (const route of [...routes, '/nowhere', '/api/nowhere'])
      for (const headers of instead) {
        const { status, body } = await ask(`${vitals.url}${route}`, headers);
        const what = `${route} with ${JSON.stringify(headers)}`;
        if (PUBLIC.includes(route)) expect(body, what).not.toMatch(/docker0|memoryBytes|tcp:\/\//);
        else expect([303, 401, 405], what).toContain(status);
      }
    for (const route of routes.filter((one) => !PUBLIC.includes(one) && one !== '/api/logout')) {
      expect([200, 404, 503], route).toContain((await ask(`${vitals.url}${route}`, { cookie: good })).status);
      expect((await ask(`${vitals.url}${route}`, { cookie: good }, 'POST')).status, route).toBe(405);
    }
    expect((await ask(`${vitals.url}/api/swarm`, { authorization: `Bearer ${API_TOKEN}` })).status).toBe(200);
  });

  test('a screen’s token opens the wall and its stream, until it is revoked', async () => {
    const opened = await ask(`${vitals.url}/wall?token=${WALL_TOKEN}&stack=shop`);
    expect(opened.status).toBe(303);
    expect(opened.headers.location).toBe('/wall?stack=shop');
    const cookie = cookieOf(opened);
    const status = async (path: string) => (await ask(`${vitals.url}${path}`, { cookie })).status;
    expect(await status('/wall')).not.toBe(303);
    for (const route of listRoutes().filter(
      (one) => one !== '/wall' && !PUBLIC.includes(one) && one !== '/api/stream',
    ))
      expect([403, 405], route).toContain(await status(route));
    const stream = new Promise<string>((resolve, reject) => {
      const request = send(`${vitals.url}/api/stream`, { headers: { cookie }, agent: false }, (response) => {
        expect(response.statusCode).toBe(200);
        response.on('close', () => resolve('ended'));
        response.resume();
        writeFileSync(join(folder, 'screens'), '# nobody\n');
      });
      request.on('error', reject);
      request.end();
    });
    expect(await stream).toBe('ended');
    expect(await status('/wall')).toBe(303);
    expect((await ask(`${vitals.url}/wall?token=${WALL_TOKEN}`)).status).toBe(403);
  });

  test('every answer has its headers, and another site gets nothing', async () => {
    const cookie = await signIn();
    const [first, second] = [await ask(vitals.url, { cookie }), await ask(vitals.url, { cookie })];
    const policy = String(first.headers['content-security-policy']);
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
    expect(policy).not.toBe(second.headers['content-security-policy']);
    expect(policy).not.toContain('unsafe-eval');
    expect(first.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    const foreign = { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
    expect((await ask(`${vitals.url}/api/swarm`, foreign)).status).toBe(403);
  });

  test('nothing that leaves opens with a key that one fast hash makes of the password', async () => {
    writeFileSync(join(folder, 'screens'), `${WALL_TOKEN}\n`);
    const given = [await signIn(), cookieOf(await ask(`${vitals.url}/wall?token=${WALL_TOKEN}`))];
    for (const path of PUBLIC) given.push((await ask(`${vitals.url}${path}`)).body);
    const seals = given.flatMap((text) => /Fe26\.2\S+/.exec(text)?.[0] ?? []);
    expect(seals).toHaveLength(2);
    const digest = createHash('sha512').update(PASSWORD).digest();
    const quick = [PASSWORD.padEnd(32), digest.toString('hex'), digest.toString('base64url')];
    for (const label of ['session', 'wall', 'device', 'peers'])
      quick.push(Buffer.from(hkdfSync('sha256', digest, 'swarm-vitals', label, 48)).toString('base64url'));
    for (const seal of seals)
      for (const password of quick)
        expect(await unsealData(seal, { password, ttl: 7 * 24 * 3600 })).toEqual({});
  });

  test('the icon, the manifest and their like are there for anybody; nothing beside them is', async () => {
    const files = readdirSync(join(root, 'public'));
    expect(files).toEqual(expect.arrayContaining(['icon.svg', 'manifest.webmanifest', 'robots.txt']));
    for (const file of files) {
      const { status, headers } = await ask(`${vitals.url}/${file}`);
      expect({ status, caching: headers['cache-control'] }, file).toEqual({
        status: 200,
        caching: 'public,max-age=3600',
      });
      expect((await ask(`${vitals.url}/${file}`, {}, 'POST')).status, file).toBe(405);
    }
    for (const path of [
      '/server.js',
      '/package.json',
      '/public/icon.svg',
      '/icon.svg.bak',
      '/..%2fserver.js',
    ])
      expect([303, 400, 404], path).toContain((await ask(`${vitals.url}${path}`)).status);
  });

  test('guessing is slowed down', async () => {
    const tries = [];
    for (let index = 0; index < 8; index += 1)
      tries.push((await ask(`${vitals.url}/api/login`, {}, 'POST', `password=guess-${index}`)).status);
    expect(tries).toContain(429);
    expect(await signIn()).toBe('');
  });
});

test('who signs out at one of two servers is soon out at the other, too', async ({ swarm }) => {
  const port = await findFreePort();
  const settings = { ...swarm.settings, VITALS_PASSWORD: PASSWORD, VITALS_PEERS: '127.0.0.1' };
  const one = await startVitals(settings, port);
  const other = await startVitals({ ...settings, HOSTNAME: '127.0.0.2' }, port);
  const statusAt = (address: string, headers: Record<string, string>) =>
    ask(`http://${address}:${port}/api/swarm`, headers).then(
      ({ status }) => status,
      // The second one may not listen yet: what is waited for is the first.
      () => 0,
    );
  try {
    const cookie = cookieOf(
      await ask(`${one.url}/api/login`, {}, 'POST', `password=${encodeURIComponent(PASSWORD)}`),
    );
    await expect.poll(() => statusAt('127.0.0.2', { cookie }), 'a session is good for both').toBe(200);
    expect((await ask(`${one.url}/api/logout`, { cookie }, 'POST')).status).toBe(303);
    expect(await statusAt('127.0.0.1', { cookie })).toBe(401);
    await expect.poll(() => statusAt('127.0.0.2', { cookie })).toBe(401);
    // Whoever is no server of the installation is told nothing that passwords could be tried on at home.
    const stranger = await ask(`${one.url}/api/signed-out`);
    expect(stranger.status).toBe(404);
    expect(stranger.body).toBe('{"error":"There is nothing here."}');
    await expect(`${one.log()}${other.log()}`).not.toContain('VITALS_PEERS');
  } finally {
    await Promise.all([one.kill(), other.kill()]);
  }
});

test('without a password it does not start on a network, and says what to set', async ({ swarm }) => {
  const port = await findFreePort();
  await expect(
    startVitals({ ...swarm.settings, HOSTNAME: '0.0.0.0', PORT: String(port) }, port),
  ).rejects.toThrow(/without any access control: set VITALS_PASSWORD_FILE/);
});

test('on loopback, a name that is made to lead here gets nothing', async ({ swarm }) => {
  const { port } = new URL(swarm.vitals.url);
  const { status, body } = await ask(`${swarm.vitals.url}/api/swarm`, { host: `evil.example:${port}` });
  expect(status).toBe(421);
  expect(body).toContain('VITALS_HOSTS');
});

test('behind a proxy that signs people in, only its word counts', async ({ swarm }) => {
  const settings = { ...swarm.settings, VITALS_AUTH: 'proxy' };
  const near = await startVitals({ ...settings, VITALS_TRUSTED_PROXIES: '127.0.0.1' });
  const far = await startVitals({ ...settings, VITALS_TRUSTED_PROXIES: '10.255.0.0/16' });
  try {
    const user = { 'x-forwarded-user': 'joe' };
    expect((await ask(`${near.url}/api/swarm`, user)).status).toBe(200);
    expect((await ask(`${near.url}/api/swarm`)).status).toBe(401);
    expect((await ask(`${far.url}/api/swarm`, { ...user, 'x-forwarded-for': '10.255.0.1' })).status).toBe(
      401,
    );
  } finally {
    await Promise.all([near.kill(), far.kill()]);
  }
});
