import { get, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { AccessMode } from '#lib/server/access/access.ts';
import { setTestGate } from '#lib/testing/set-test-gate.ts';
import { createFront, type Front } from './create-front.ts';
import { MAX_FILES_OF_STRANGERS, MAX_PAGES_AT_ONCE, MAX_PAGES_WAITING } from './limits.ts';
import type { StaticFiles } from './serve-static.ts';

const PASSWORD: AccessMode = {
  kind: 'password',
  password: { kind: 'plain', text: 'correct horse battery' },
};
const TOKEN = 'an-api-token-of-ours';
let front: Front | null = null;

afterEach(async () => {
  front?.server.closeAllConnections();
  await front?.close();
});

/** The server in front of something that says which requests have come to it. */
async function start(
  mode: AccessMode,
  until: Promise<unknown> | null = null,
  isDevelopment = false,
  wallTokens: string[] = [],
  built: StaticFiles = { isFile: () => false, serve: () => false },
): Promise<{ port: number; url: string; come: IncomingHttpHeaders[] }> {
  setTestGate(mode, { apiToken: TOKEN, wallTokens: { kind: 'fixed', tokens: wallTokens } });
  const files = isDevelopment ? null : built;
  const own = createFront({ files, log: () => {} });
  front = own;
  const come: IncomingHttpHeaders[] = [];
  own.open(
    async ({ headers }, response) => {
      come.push(headers);
      // As a page is: not at once.
      await (until ?? new Promise((resolve) => setTimeout(resolve, 20)));
      response.end('well');
    },
    () => ({ memoryBytes: 1 }),
  );
  await new Promise<void>((resolve) => own.server.listen(0, '127.0.0.1', resolve));
  const { port } = own.server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, come };
}

for (const mode of [PASSWORD, { kind: 'none' } as const])
  test(`strangers who send ahead and go leave no place taken (${mode.kind})`, async () => {
    const { port, url } = await start(mode);
    for (let round = 0; round < 20; round += 1)
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () =>
          socket.write('GET /api/readyz HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(100)),
        );
        socket.resume().on('error', () => {});
        socket.on('close', () => resolve());
      });
    const answer = await fetch(`${url}/api/readyz`, { signal: AbortSignal.timeout(10_000) });
    expect(await answer.text()).toBe('well');
  });

test('a connection with a thousand requests in one piece is closed before any of them is looked at', async () => {
  const { url, port, come } = await start(PASSWORD);
  const send = (text: string) =>
    new Promise<string>((resolve) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.setEncoding('latin1').on('data', (piece) => {
        received += piece;
      });
      socket.on('error', () => {}).on('close', () => resolve(received));
    });
  const ask = 'GET /api/readyz HTTP/1.1\r\nHost: localhost\r\n';
  expect(await send(`${ask}\r\n`.repeat(1_000))).toBe('');
  expect(come).toEqual([]);
  expect(await send(`${ask}\r\n${ask}Connection: close\r\n\r\n`)).toMatch(/well[\s\S]*well/);
  expect(await send(`CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n${ask}\r\n`)).toMatch(/^HTTP\/1\.1 405 /);
  expect((await fetch(`${url}/api/readyz`)).status).toBe(200);
});

test('what only the server itself may write into a request is not taken from anybody', async () => {
  const { url, come } = await start(PASSWORD);
  const foreign = [
    'x-vitals-level',
    'x-vitals-scope',
    'x-vitals-session',
    'x-vitals-whatever-comes',
    'x-prerender-revalidate',
    'x-prerender-revalidate-if-generated',
    'x-middleware-subrequest',
    'x-middleware-rewrite',
    'x-middleware-prefetch',
    'x-nextjs-data',
    'x-nextjs-rewritten-path',
    'x-matched-path',
    'x-now-route-matches',
    'x-invoke-path',
    'x-next-resume-state-length',
    'next-resume',
    'next-action',
    'x-nonce',
    'content-security-policy',
  ];
  const own = ['rsc', 'next-url', 'next-router-state-tree', 'next-router-prefetch', 'x-forwarded-for'];
  await fetch(`${url}/api/readyz`, {
    headers: Object.fromEntries([...foreign, ...own].map((name) => [name, 'theirs'])),
  });
  const seen = come.at(-1) ?? {};
  const theirs = Object.keys(seen).filter((name) => seen[name] === 'theirs');
  expect(theirs.toSorted()).toEqual(own.toSorted());
});

test('what a stranger asks for never comes as far as the routes, but for what is for strangers', async () => {
  const { url, come } = await start(PASSWORD);
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}${path}`, { headers, redirect: 'manual' });
    return [answer.status, answer.headers.get('location')];
  };
  expect(await ask('/')).toEqual([303, '/login']);
  expect(await ask('/nodes?a=b&_rsc=x')).toEqual([303, '/login?next=%2Fnodes%3Fa%3Db']);
  expect(await ask('/api/swarm')).toEqual([401, null]);
  expect(await ask('/api/swarm', { 'x-vitals-level': 'full' })).toEqual([401, null]);
  expect(await ask('/', { cookie: 'vitals-session=forged' })).toEqual([303, '/login']);
  expect(await ask('/api/swarm', { authorization: 'Bearer wrong' })).toEqual([401, null]);
  // They sign in without any route, too.
  expect(await ask('/login')).toEqual([200, null]);
  expect(come).toEqual([]);
  expect(await ask('/api/readyz', { 'x-vitals-level': 'full', 'x-vitals-session': '1' })).toEqual([
    200,
    null,
  ]);
  expect(come.map((headers) => [headers['x-vitals-level'], headers['x-vitals-session']])).toEqual([
    ['none', undefined],
  ]);
  expect(await ask('/api/swarm', { authorization: `Bearer ${TOKEN}` })).toEqual([200, null]);
  expect(come.at(-1)).toMatchObject({ 'x-vitals-level': 'full' });
});

const signIn = async (url: string, password: string, cookie = '') => {
  const body = new URLSearchParams({ password });
  return fetch(`${url}/api/login`, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
};

test('who waits for a turn to try a password takes nobody else’s place', async () => {
  const { url } = await start(PASSWORD);
  for (let index = 0; index < 5; index += 1) expect((await signIn(url, 'guess')).status).toBe(401);
  const ending = new AbortController();
  const held = Array.from({ length: 40 }, (_, index) =>
    fetch(`${url}/api/login`, {
      method: 'POST',
      body: new URLSearchParams({ password: `guess ${index}` }),
      headers: index % 2 === 0 ? { cookie: `vitals-device=${index}` } : {},
      signal: ending.signal,
    }).catch(() => null),
  );
  const waiting = Array.from({ length: 20 }, () =>
    fetch(`${url}/api/swarm`, {
      headers: { cookie: 'vitals-wall=x', authorization: `Basic ${btoa('x:guess')}` },
      signal: ending.signal,
    }).catch(() => null),
  );
  const ask = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${url}${path}`, { headers, redirect: 'manual', signal: AbortSignal.timeout(10_000) }))
      .status;
  expect(await ask('/login')).toBe(200);
  expect(await ask('/api/readyz')).toBe(200);
  expect(await ask('/', { cookie: 'vitals-session=forged' })).toBe(303);
  expect(await ask('/api/swarm', { authorization: `Bearer ${TOKEN}` })).toBe(200);
  ending.abort();
  await Promise.all([...held, ...waiting]);
});

test('people whose proxy writes the same Authorization for all are counted one by one', async () => {
  const { url } = await start(PASSWORD, new Promise(() => {}));
  const cookies = await Promise.all(
    [1, 2].map(async () => (await signIn(url, 'correct horse battery')).headers.getSetCookie()[0] ?? ''),
  );
  const ending = new AbortController();
  const refused: number[] = [];
  for (const cookie of cookies)
    for (let index = 0; index < 40; index += 1)
      void fetch(`${url}/api/stream`, {
        headers: { cookie: cookie.split(';')[0] ?? '', authorization: `Basic ${btoa('proxy:its-own')}` },
        signal: ending.signal,
      }).then(
        ({ status }) => refused.push(status),
        () => {},
      );
  // One of them alone has an end.
  const more = Array.from({ length: 30 }, async () => {
    const cookie = cookies[0]?.split(';')[0] ?? '';
    return (await fetch(`${url}/api/stream`, { headers: { cookie }, signal: ending.signal })).status;
  });
  expect(await Promise.race(more)).toBe(429);
  expect(refused).toEqual([]);
  ending.abort();
  await Promise.allSettled(more);
});

test('one session, one screen’s token and one password have an end, in however many ways they are written', async () => {
  const wallToken = 'kitchen-0123456789abcdef';
  const { url } = await start(PASSWORD, new Promise(() => {}), false, [wallToken]);
  const ending = new AbortController();
  /** The first answer with it, of so many requests that are never answered. */
  const ask = (
    count: number,
    write: (index: number) => Record<string, string> | Promise<Record<string, string>>,
  ) =>
    Promise.race([
      ...Array.from({ length: count }, async (_, index) => {
        const headers = await write(index);
        return (await fetch(`${url}/api/stream`, { headers, signal: ending.signal })).status;
      }),
      new Promise((resolve) => setTimeout(resolve, 20_000, 'none')),
    ]);
  const cookie = (await signIn(url, 'correct horse battery')).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const from = cookie.indexOf('=') + 1;
  const write = (index: number) =>
    `${cookie.slice(0, from + index)}%${cookie.charCodeAt(from + index).toString(16)}${cookie.slice(from + index + 1)}`;
  expect(await ask(65, (index) => ({ cookie: write(index) })), 'a session').toBe(429);
  const basic = (index: number) => ({ authorization: `Basic ${btoa(`${index}:correct horse battery`)}` });
  // It is compared here, once.
  expect((await fetch(`${url}/wall?token=wrong`, { headers: basic(0) })).status).toBe(403);
  expect(await ask(65, basic), 'the password').toBe(429);
  const pass = async () => {
    const answer = await fetch(`${url}/wall?token=${wallToken}`, { redirect: 'manual' });
    return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  };
  expect(await ask(257, pass), 'a screen’s token').toBe(429);
  ending.abort();
}, 60_000);

test('a screen for which there is no room is told to ask again, which nobody would do for it', async () => {
  const wallToken = 'kitchen-0123456789abcdef';
  const { url } = await start(PASSWORD, new Promise(() => {}), false, [wallToken]);
  const shown = await fetch(`${url}/wall?token=${wallToken}`, { redirect: 'manual' });
  const cookie = shown.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const ending = new AbortController();
  const screens = Array.from({ length: MAX_PAGES_AT_ONCE + MAX_PAGES_WAITING + 4 }, () =>
    fetch(`${url}/wall`, { headers: { cookie }, signal: ending.signal }),
  );
  const first = await Promise.race(screens);
  expect([first.status, first.headers.get('refresh')]).toEqual([503, '5']);
  ending.abort();
  await Promise.allSettled(screens);
});

test('a program with yesterday’s password, and a proxy that writes its own into every request, take nobody’s turn', async () => {
  const { url } = await start(PASSWORD);
  const ask = async (path: string, name: string) =>
    (
      await fetch(`${url}${path}`, {
        headers: { authorization: `Basic ${btoa(`${name}:yesterday’s`.replace('’', "'"))}` },
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
      })
    ).status;
  for (let index = 0; index < 40; index += 1) expect(await ask('/api/swarm', 'prometheus')).toBe(401);
  // No password that comes along opens more of these.
  for (let index = 0; index < 40; index += 1) expect(await ask('/login', `person-${index}`)).toBe(200);
  expect((await signIn(url, 'correct horse battery')).status).toBe(303);
});

test('whether the process is up is answered without Next, and its numbers to those alone who are let in', async () => {
  const { url, come } = await start(PASSWORD);
  const ask = async (headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await fetch(`${url}/api/healthz?x=1`, { method, headers });
    return [answer.status, await answer.text(), answer.headers.get('cache-control')];
  };
  expect(await ask()).toEqual([200, '{"ok":true}', 'no-store']);
  expect(await ask({}, 'HEAD')).toEqual([200, '', 'no-store']);
  for (const forged of [
    { authorization: 'Bearer wrong' },
    { 'x-vitals-level': 'full' },
    { cookie: 'vitals-session=x' },
  ])
    expect(await ask(forged)).toEqual([200, '{"ok":true}', 'no-store']);
  expect(await ask({ authorization: `Bearer ${TOKEN}` })).toEqual([
    200,
    '{"ok":true,"memoryBytes":1}',
    'no-store',
  ]);
  expect(await ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toContain(403);
  expect(come).toEqual([]);
});

test('the process is up also while its numbers cannot be read, since it may open no more files', async () => {
  setTestGate({ kind: 'none' });
  const own = createFront({ files: null, log: () => {} });
  front = own;
  own.open(
    async () => {},
    () => {
      throw new Error('EMFILE: too many open files');
    },
  );
  await new Promise<void>((resolve) => own.server.listen(0, '127.0.0.1', resolve));
  const { port } = own.server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/api/healthz`);
  expect([answer.status, await answer.text()]).toEqual([200, '{"ok":true}']);
});

test('who signs out in a page whose session is over comes to the page that asks for the password', async () => {
  const { url } = await start(PASSWORD);
  const post = (headers: Record<string, string>) =>
    fetch(`${url}/api/logout`, { method: 'POST', headers, redirect: 'manual' });
  for (const headers of [{}, { cookie: 'vitals-session=of-another-time' }]) {
    const answer = await post(headers);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login']);
    expect(answer.headers.getSetCookie().join()).toContain('vitals-session=; Max-Age=0');
  }
  expect((await post({ origin: 'http://evil.example' })).status).toBe(403);
  expect((await post({ referer: 'http://evil.example/page' })).status).toBe(403);
  expect((await post({ referer: `${url}/login` })).status).toBe(303);
});

test('a password that a program sends is no sign by which files are answered sooner: it could be guessed by that', async () => {
  const served: (string | undefined)[] = [];
  const { url } = await start(PASSWORD, null, false, [], {
    isFile: (path) => path === '/icon.svg',
    // To readers that take nothing of it.
    serve: ({ headers, url: path }) => path === '/icon.svg' && served.push(headers.authorization) > 0,
  });
  const ending = new AbortController();
  const ask = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${url}${path}`, { headers, signal: ending.signal })).status;
  const authorization = `Basic ${btoa('prometheus:correct horse battery')}`;
  // Over a connection of its own, as one that was admitted is known again.
  await new Promise<void>((resolve, reject) => {
    get(`${url}/api/swarm`, { agent: false, headers: { authorization } }, (response) => {
      expect(response.statusCode).toBe(200);
      response.resume().on('end', resolve);
    }).on('error', reject);
  });
  const slow = Array.from({ length: MAX_FILES_OF_STRANGERS + 6 }, () => ask('/icon.svg').catch(() => 0));
  while (served.length < MAX_FILES_OF_STRANGERS) await new Promise((resolve) => setTimeout(resolve, 20));
  const known = ask('/icon.svg', { authorization }).catch(() => 0);
  for (let index = 0; index < 5; index += 1) expect(await ask('/login')).toBe(200);
  expect(served).not.toContain(authorization);
  ending.abort();
  await Promise.all([known, ...slow]);
});

test('in development Next’s tools are asked of nobody, and no way past the guard leads through them', async () => {
  const { url, port, come } = await start(PASSWORD, null, true);
  const raw = (line: string) =>
    new Promise<string>((resolve) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(`${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
      );
      socket.setEncoding('latin1').on('data', (piece) => {
        received += piece;
      });
      socket.on('error', () => {}).on('close', () => resolve(received));
    });
  for (const path of [
    '/_next/../api/swarm',
    '/_next/%2e%2e/api/swarm',
    '/__nextjs/..%2fapi/swarm',
    '/_next//x',
  ])
    expect(await raw(`GET ${path}`), path).toMatch(/^HTTP\/1\.1 400 /);
  expect(await raw('POST /api/swarm')).toMatch(/^HTTP\/1\.1 405 /);
  expect((await fetch(`${url}/api/swarm`)).status).toBe(401);
  expect(come).toEqual([]);
  expect(await raw('GET /_next/static/chunks/x.js')).toMatch(/^HTTP\/1\.1 200 /);
  expect(await raw('POST /__nextjs_original-stack-frames')).toMatch(/^HTTP\/1\.1 200 /);
});
