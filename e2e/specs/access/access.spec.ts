import { createHash, hkdfSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unsealData } from 'iron-session';
import { images } from '#e2e/lab/images.ts';
import { ask, toCookie } from '#e2e/support/ask.ts';
import { expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { listRoutes } from '#e2e/support/list-routes.ts';
import { startGetProxy } from '#e2e/support/proxies/start-get-proxy.ts';
import { root } from '#e2e/support/root.ts';
import { sendRaw } from '#e2e/support/send-raw.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';

const PASSWORD = 'correct horse battery';
const API_TOKEN = 'api-token-0123456789';
const WALL_TOKEN = 'wall-token-0123456789';
/** Answered without credentials. */
const PUBLIC = ['/login', '/login/callback', '/api/login', '/api/healthz', '/api/readyz', '/api/signed-out'];

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
    toCookie(
      await ask(
        `${vitals.url}/api/login`,
        { 'content-type': 'application/x-www-form-urlencoded' },
        { form: `password=${encodeURIComponent(PASSWORD)}` },
      ),
      'session',
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
    const cookie = (await page.context().cookies()).find(({ name }) => name === 'vitals-session');
    expect(cookie).toMatchObject({ name: 'vitals-session', httpOnly: true, sameSite: 'Lax' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/login/);
    // Its cookie was kept elsewhere: it opens nothing any more.
    const replayed = await ask(`${vitals.url}/api/swarm`, { cookie: `${cookie?.name}=${cookie?.value}` });
    expect(replayed.status).toBe(401);
  });

  test('a screen’s token opens the wall and its stream, until it is revoked', async () => {
    const opened = await ask(`${vitals.url}/wall?token=${WALL_TOKEN}&stack=shop`);
    expect(opened.status).toBe(303);
    expect(opened.headers.location).toBe('/wall?stack=shop');
    const cookie = toCookie(opened);
    const status = async (path: string) => (await ask(`${vitals.url}${path}`, { cookie })).status;
    expect(await status('/wall')).not.toBe(303);
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

  test('a key that lies in every published build opens nothing', async () => {
    const manifest = join(root, '.next/standalone/.next/prerender-manifest.json');
    const { previewModeId } = JSON.parse(readFileSync(manifest, 'utf8')).preview;
    expect(previewModeId).toMatch(/^[0-9a-f]{32}$/);
    // Next leaves its middleware, and so our guard, out for who shows this.
    const shown = {
      'x-prerender-revalidate': previewModeId,
      'x-vitals-level': 'full',
      cookie: `__prerender_bypass=${previewModeId}`,
    };
    for (const path of ['/', '/wall', '/nodes', '/none'])
      expect((await ask(`${vitals.url}${path}`, shown)).status, path).toBe(303);
    for (const path of ['/api/swarm', '/api/nodes', '/api/stream', '/metrics', '/api/none'])
      expect((await ask(`${vitals.url}${path}`, shown)).status, path).toBe(401);
    const { body } = await ask(`${vitals.url}/api/healthz`, shown);
    expect(body).toBe((await ask(`${vitals.url}/api/healthz`)).body);
    for (const path of [
      '/_next/static/none',
      '/_next/static/none/%20',
      '/_next/image',
      '/_next/data/x/wall.json',
    ])
      expect((await ask(`${vitals.url}${path}`, shown)).status, path).toBe(404);
  });

  test('another way to write an address that anybody may ask for shows nothing of the swarm', async ({
    swarm,
  }) => {
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    const { name } = JSON.parse((await ask(`${vitals.url}/api/swarm`, headers)).body);
    expect(name).not.toBe('');
    for (const path of [
      ...['/_next/data/x/login.json', '/_next/data/x/api/healthz.json', '/_next/static/none'],
      ...['/login.rsc', '/api/healthz.rsc', '/api/readyz.rsc', '/login.segments/_tree.segment.rsc'],
    ])
      for (const more of [{}, { rsc: '1' }, { rsc: '1', 'next-router-prefetch': '1' }]) {
        const { body } = await ask(`${vitals.url}${path}`, more);
        expect(body, path).not.toMatch(/sentence|quorum|"verdict|tcp:/);
        expect(body, path).not.toContain(swarm.manager.tcp);
      }
  });

  test('nothing that leaves opens with a key that one fast hash makes of the password', async () => {
    writeFileSync(join(folder, 'screens'), `${WALL_TOKEN}\n`);
    const given = [await signIn(), toCookie(await ask(`${vitals.url}/wall?token=${WALL_TOKEN}`))];
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
      expect((await ask(`${vitals.url}/${file}`, {}, { method: 'POST' })).status, file).toBe(405);
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

  test('every answer that goes on ends when its reader signs out: streams, followed logs, downloads', async ({
    page,
    swarm,
    services,
  }) => {
    const name = await services.create('talking', {
      image: images.sleep,
      command: [
        'sh',
        '-c',
        'yes "a line of some length, so that a download is long" | head -n 400000; sleep 3600',
      ],
    });
    await page.goto(swarm.vitals.url);
    await expectStatus(toReplica(page, name), 'running');
    const cookie = await signIn();
    const paths = listRoutes({ name, service: name, replica: '1' }).flatMap(({ path }) => [
      path,
      `${path}?follow=1`,
      `${path}?format=text`,
    ]);
    const open = new Map<string, IncomingMessage>();
    for (const path of paths)
      await new Promise<void>((resolve) => {
        const request = send(`${vitals.url}${path}`, { headers: { cookie }, agent: false }, (response) => {
          open.set(path, response);
          response.on('error', () => {}).on('close', () => open.delete(path));
          // A download is read as slowly as a person's line may be; all else as it comes.
          if (!path.includes('format=text')) response.resume();
          resolve();
        });
        request.on('error', () => resolve());
        request.end();
      });
    await expect
      .poll(() => [...open.keys()].filter((path) => !path.includes('format=text')), 'what goes on')
      .toEqual(expect.arrayContaining(['/api/stream', `/api/services/${name}/log?follow=1`]));
    expect(open.has(`/api/services/${name}/log?format=text`), 'a download is under way').toBe(true);
    await ask(`${vitals.url}/api/logout`, { cookie }, { method: 'POST' });
    // What was sent before is read; then it must be over.
    for (const response of open.values()) response.resume();
    await expect.poll(() => [...open.keys()], { timeout: 10_000 }).toEqual([]);
  });

  test('nobody is signed in or out by a page of another site, over plain HTTP too', async () => {
    const cookie = await signIn();
    const host = new URL(vitals.url).host;
    const form = `password=${encodeURIComponent(PASSWORD)}`;
    for (const origin of ['http://evil.example', `http://evil.example:${new URL(vitals.url).port}`, 'null'])
      for (const path of ['/api/login', '/api/logout']) {
        const { status, headers } = await ask(`${vitals.url}${path}`, { cookie, origin }, { form });
        expect([status, headers['set-cookie']], `${path} from ${origin}`).toEqual([403, undefined]);
      }
    expect((await ask(`${vitals.url}/api/swarm`, { cookie })).status).toBe(200);
    expect((await ask(`${vitals.url}/api/login`, { origin: `http://${host}` }, { form })).status).toBe(303);
    // Signing out is no link, and where to go on to is a path of ours.
    expect((await ask(`${vitals.url}/api/logout`, { cookie })).status).toBe(405);
    for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)'])
      expect(
        (await ask(`${vitals.url}/api/login`, {}, { form: `${form}&next=${encodeURIComponent(next)}` }))
          .headers.location,
      ).toBe('/');
  });

  test('behind TLS a cookie has a name that nobody else can set, and no other is taken', async () => {
    const tls = { 'x-forwarded-proto': 'https' };
    const signedIn = await ask(`${vitals.url}/api/login`, tls, {
      form: `password=${encodeURIComponent(PASSWORD)}`,
    });
    for (const cookie of signedIn.headers['set-cookie'] ?? [])
      expect(cookie).toMatch(
        /^__Host-vitals-\w+=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/i,
      );
    const cookie = toCookie(signedIn, 'session');
    const status = async (own: string) =>
      (await ask(`${vitals.url}/api/swarm`, { ...tls, cookie: own })).status;
    expect(await status(cookie)).toBe(200);
    expect(await status(cookie.replace('__Host-', ''))).toBe(401);
  });

  test('who guesses is slowed down, and nobody is shut out: neither who was here before, nor who never was', async () => {
    test.setTimeout(180_000);
    const form = `password=${encodeURIComponent(PASSWORD)}`;
    const basic = { authorization: `Basic ${Buffer.from(`x:${PASSWORD}`).toString('base64')}` };
    const device = toCookie(await ask(`${vitals.url}/api/login`, {}, { form }), 'device');
    expect(device).not.toBe('');
    writeFileSync(join(folder, 'screens'), `${WALL_TOKEN}\n`);
    const wall = toCookie(await ask(`${vitals.url}/wall?token=${WALL_TOKEN}`));
    const statusOf = async (path: string, headers: Record<string, string>) =>
      (await ask(`${vitals.url}${path}`, headers)).status;
    expect(await statusOf('/api/swarm', basic)).toBe(200);
    // Each followed at once by the next, until the server is stopped.
    let isOver = false;
    const compared: number[] = [];
    const guessers = Array.from({ length: 6 }, async () => {
      while (!isOver)
        compared.push((await ask(`${vitals.url}/api/login`, {}, { form: 'password=guess' })).status);
    });
    await expect.poll(() => compared.filter((status) => status === 401).length).toBeGreaterThanOrEqual(5);
    const fromMs = performance.now();
    const welcomed: string[] = [];
    const newcomer = ask(`${vitals.url}/api/login`, {}, { form }).finally(() => welcomed.push('newcomer'));
    // From another address, and from this one whoever was known before.
    expect((await ask(`${vitals.url}/api/login`, {}, { form, from: '127.0.0.9' })).status).toBe(303);
    expect((await ask(`${vitals.url}/api/login`, { cookie: device }, { form })).status).toBe(303);
    welcomed.push('a known browser');
    expect(await statusOf('/api/swarm', basic)).toBe(200);
    expect(await statusOf('/api/swarm', { authorization: `Bearer ${API_TOKEN}` })).toBe(200);
    expect(await statusOf('/wall', { cookie: wall })).toBe(200);
    expect((await ask(`${vitals.url}/wall?token=${WALL_TOKEN}`)).status).toBe(303);
    expect(await statusOf('/wall?token=wrong-wall-token-x', {})).toBe(403);
    expect((await ask(`${vitals.url}/login`)).status, 'the page of who waits for nothing').toBe(200);
    // Elsewhere what a program sends waits for its turn, too: what is answered sooner than other guesses is the password.
    const elsewhere = { from: '127.0.0.8' };
    const guess = { form: 'password=guess', ...elsewhere };
    for (let index = 0; index < 5; index += 1) await ask(`${vitals.url}/api/login`, {}, guess);
    const order: string[] = [];
    const waiting = ask(`${vitals.url}/api/login`, {}, guess).then(() => order.push('a guess'));
    // By then it stands in line.
    await ask(`${vitals.url}/login`, {}, elsewhere);
    order.push(`a program: ${(await ask(`${vitals.url}/api/swarm`, basic, elsewhere)).status}`);
    await waiting;
    expect(order).toEqual(['a guess', 'a program: 200']);
    // Who never signed in and has the guessers' address, with the password, takes turns with them.
    expect((await newcomer).status).toBe(303);
    expect(welcomed).toEqual(['a known browser', 'newcomer']);
    const tookSeconds = (performance.now() - fromMs) / 1_000;
    isOver = true;
    expect(tookSeconds).toBeLessThan(60);
    expect(compared.length).toBeLessThan(5 + 7 + tookSeconds / 3 + 2);
    expect(await statusOf('/api/swarm', { cookie: device }), 'a known browser is not signed in').toBe(401);
    for (const guesser of guessers) guesser.catch(() => {});
  });
});

test('who signed out stays out when the only server is killed and starts again; who did not goes on', async ({
  swarm,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'vitals-signed-out-'));
  const vitals = await startVitals({ ...swarm.settings, VITALS_PASSWORD: PASSWORD, VITALS_DATA: folder });
  try {
    const signIn = async () =>
      toCookie(
        await ask(`${vitals.url}/api/login`, {}, { form: `password=${encodeURIComponent(PASSWORD)}` }),
        'session',
      );
    const status = async (cookie: string, { url } = vitals) =>
      (await ask(`${url}/api/swarm`, { cookie })).status;
    const [mine, other, last] = [await signIn(), await signIn(), await signIn()];
    await ask(`${vitals.url}/api/logout`, { cookie: mine }, { method: 'POST' });
    await vitals.kill();
    await vitals.start();
    expect([await status(mine), await status(other)]).toEqual([401, 200]);
    // The next server has the same folder and is up before this one ends: an update that starts the new one first.
    const next = await startVitals({ ...swarm.settings, VITALS_PASSWORD: PASSWORD, VITALS_DATA: folder });
    try {
      expect(await status(last, next)).toBe(200);
      await ask(`${vitals.url}/api/logout`, { cookie: last }, { method: 'POST' });
      await expect.poll(() => status(last, next)).toBe(401);
    } finally {
      await next.kill();
    }
    // Nobody can tell who signed out: nobody from before is let in, and people can sign in.
    await vitals.kill();
    writeFileSync(join(folder, 'signed-out'), 'not a list of ours\n');
    await vitals.start();
    expect([await status(mine), await status(other), await status(await signIn())]).toEqual([401, 401, 200]);
    expect(vitals.log()).toMatch(/list of signed-out sessions .* cannot be used/);
  } finally {
    await vitals.kill();
    await rm(folder, { recursive: true });
  }
});

test('who signs out at one of two servers is soon out at the other, too; with another secret nobody is in', async ({
  swarm,
}) => {
  const port = await findFreePort();
  // The engines are read without agents: their secret counts all the same.
  const secret = { VITALS_AGENT_SECRET: 'a secret of all servers, and of agents' };
  const settings = { ...swarm.settings, ...secret, VITALS_PASSWORD: PASSWORD, VITALS_PEERS: '127.0.0.1' };
  const one = await startVitals(settings, port);
  const other = await startVitals({ ...settings, HOSTNAME: '127.0.0.2' }, port);
  const statusAt = (address: string, headers: Record<string, string>) =>
    ask(`http://${address}:${port}/api/swarm`, headers).then(
      ({ status }) => status,
      // The second one may not listen yet: what is waited for is the first.
      () => 0,
    );
  try {
    const cookie = toCookie(
      await ask(`${one.url}/api/login`, {}, { form: `password=${encodeURIComponent(PASSWORD)}` }),
    );
    await expect.poll(() => statusAt('127.0.0.2', { cookie }), 'a session is good for both').toBe(200);
    const rotated = await startVitals({ ...settings, VITALS_AGENT_SECRET: 'another secret of all servers' });
    const { status: afterwards } = await ask(`${rotated.url}/api/swarm`, { cookie });
    await rotated.kill();
    expect(afterwards, 'where the secret is another').toBe(401);
    expect((await ask(`${one.url}/api/logout`, { cookie }, { method: 'POST' })).status).toBe(303);
    expect(await statusAt('127.0.0.1', { cookie })).toBe(401);
    await expect.poll(() => statusAt('127.0.0.2', { cookie })).toBe(401);
    // Whoever is no server of the installation is sent nothing that passwords could be tried on at home.
    const stranger = await ask(`${one.url}/api/signed-out`);
    expect(stranger.status).toBe(404);
    expect(stranger.body).toBe('{"error":"There is nothing here."}');
    expect(`${one.log()}${other.log()}`).not.toContain('does not know us');
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
    // A proxy that adds its line to the client's own: nobody can know whose name counts.
    for (const lines of [
      ['mallory', ''],
      ['', ''],
      ['mallory', 'joe'],
    ]) {
      const head = ['GET /api/swarm HTTP/1.1', 'Host: localhost', 'Connection: close'];
      const names = lines.map((name) => `X-Forwarded-User: ${name}`);
      expect(await sendRaw(near.url, `${[...head, ...names].join('\r\n')}\r\n\r\n`)).toMatch(
        /^HTTP\/1.1 401/,
      );
    }
    expect((await ask(`${far.url}/api/swarm`, { ...user, 'x-forwarded-for': '10.255.0.1' })).status).toBe(
      401,
    );
  } finally {
    await Promise.all([near.kill(), far.kill()]);
  }
});

test('an address that Docker gives to every client is no proxy, whatever the settings say', async ({
  swarm,
}) => {
  // The ingress network of a real swarm, but of addresses that a test can come from.
  const mesh = await startGetProxy(swarm.manager.tcp, 0, {
    body(text, path) {
      if (!path.includes('/networks')) return text;
      const networks = JSON.parse(text) as { Ingress: boolean; IPAM: unknown }[];
      for (const network of networks)
        if (network.Ingress) network.IPAM = { Config: [{ Subnet: '127.0.5.0/24', Gateway: '127.0.5.1' }] };
      // As Docker answers for a network that people gave a subnet: where its bridge is it does not say.
      const site = { Name: 'site', Id: 'f'.repeat(64), Driver: 'bridge', Scope: 'local', Ingress: false };
      return JSON.stringify([...networks, { ...site, IPAM: { Config: [{ Subnet: '127.0.7.0/24' }] } }]);
    },
  });
  const settings = { VITALS_MANAGERS: mesh.endpoint, VITALS_AUTH: 'proxy' };
  const trusting = await startVitals({ ...settings, VITALS_TRUSTED_PROXIES: '127.0.0.0/8' });
  const sure = await startVitals({ ...settings, VITALS_TRUSTED_PROXIES: '127.0.4.0/24,127.0.5.0/24!' });
  try {
    const user = { 'x-forwarded-user': 'mallory' };
    await expect.poll(() => trusting.log()).toContain("it is in Docker's network ingress (127.0.5.0/24)");
    const fromMesh = await ask(`${trusting.url}/api/swarm`, user, { from: '127.0.5.2' });
    expect(fromMesh.status).toBe(401);
    expect(fromMesh.body).toContain('the word of 127.0.5.2 does not count');
    expect((await ask(`${trusting.url}/api/swarm`, user, { from: '127.0.4.2' })).status).toBe(200);
    expect((await ask(`${trusting.url}/api/swarm`, user, { from: '127.0.7.1' })).status, 'a bridge').toBe(
      401,
    );
    expect((await ask(`${trusting.url}/api/swarm`, user, { from: '127.0.7.2' })).status).toBe(200);
    expect((await ask(`${sure.url}/api/swarm`, user, { from: '127.0.5.2' })).status).toBe(200);
    expect((await ask(`${sure.url}/api/swarm`, user, { from: '127.0.6.2' })).status).toBe(401);
    expect(mesh.refused()).toEqual([]);
  } finally {
    await Promise.all([trusting.kill(), sure.kill()]);
    await mesh.close();
  }
});
