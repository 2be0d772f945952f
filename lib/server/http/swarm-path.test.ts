import { type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { AccessMode } from '#lib/server/access/access.ts';
import { readScope } from '#lib/server/access/read-scope.ts';
import { findRouteNeed, ROUTES } from '#lib/server/access/routes.ts';
import { beginSwarmPaths } from '#lib/server/fleet/current-swarm.ts';
import { setTestGate } from '#lib/testing/set-test-gate.ts';
import { setBasePath, toFleetPath, toPath } from '#lib/view/links/to-path.ts';
import { createFront, type Front } from './create-front.ts';

const PASSWORD: AccessMode = {
  kind: 'password',
  password: { kind: 'plain', text: 'correct horse battery' },
};
const WALL_TOKEN = 'wall-token-0123456789';
let front: Front | null = null;

afterEach(async () => {
  setBasePath('');
  front?.server.closeAllConnections();
  await front?.close();
});

/** The server in front of a page that says what it was asked, and where its links lead after a while. */
async function start(
  mode: AccessMode,
  swarms = ['prod', 'lab'],
  settings: Parameters<typeof setTestGate>[1] = {},
): Promise<number> {
  setTestGate(mode, { wallTokens: { kind: 'fixed', tokens: [WALL_TOKEN] }, ...settings });
  beginSwarmPaths();
  const files = {
    isFile: (url: string) => url.startsWith('/icon'),
    serve: ({ url = '' }, response: { end(text: string): void }) => {
      if (!url.startsWith('/icon')) return false;
      response.end(`file ${url}`);
      return true;
    },
  } as Parameters<typeof createFront>[0]['files'];
  front = createFront({ files, log: () => {}, swarms });
  front.open(
    async ({ url, headers }, response) => {
      const first = toPath('/nodes');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      if (url === '/matrix') response.setHeader('location', '/nodes');
      const links = [first, toPath('/nodes'), toFleetPath('/')];
      const scope = readScope({ get: (name) => [headers[name]].flat()[0] ?? null });
      const isScope = headers['x-show-scope'] !== undefined;
      const swarm = headers['x-vitals-swarm'] ?? null;
      response.end(JSON.stringify({ url, swarm, links, ...(isScope ? { scope } : {}) }));
    },
    (swarm) => ({ of: swarm }),
  );
  const { server } = front;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function ask(
  port: number,
  path: string,
  headers = {},
  method = 'GET',
): Promise<{ body: string; headers: IncomingHttpHeaders; status: number }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () =>
        resolve({ body, headers: response.headers, status: response.statusCode ?? 0 }),
      );
    });
    asked.on('error', reject).end();
  });
}

test.each([
  ['/swarms/prod', '/', 'prod', '/swarms/prod/nodes'],
  ['/swarms/lab/services/web?view=1', '/services/web?view=1', 'lab', '/swarms/lab/nodes'],
  ['/', '/fleet', null, '/nodes'],
  ['/wall?page=2', '/fleet/wall?page=2', null, '/nodes'],
  ['/services/web', '/fleet/none', null, '/nodes'],
  ['/swarms/other/api/swarm', '/api/fleet/none', null, '/nodes'],
])('%s is answered by %s of %s, with links such as %s', async (path, url, swarm, link) => {
  const port = await start({ kind: 'none' });
  const { body } = await ask(port, path, { 'x-vitals-swarm': 'lab', 'x-vitals-address': '/x' });
  expect(JSON.parse(body)).toEqual({ url, swarm, links: [link, link, '/'] });
});

test('below a base path a swarm’s path comes after that', async () => {
  const port = await start({ kind: 'none' });
  setBasePath('/tools');
  const { body } = await ask(port, '/tools/swarms/prod/nodes');
  const link = '/tools/swarms/prod/nodes';
  expect(JSON.parse(body)).toEqual({ url: '/nodes', swarm: 'prod', links: [link, link, '/tools'] });
});

test('of many pages that are drawn at the same time each has the links of its own swarm', async () => {
  const port = await start({ kind: 'none' });
  const asked = Array.from({ length: 60 }, (_, at) => ['prod', 'lab', null][at % 3] ?? null);
  const answers = await Promise.all(
    asked.map((swarm) => ask(port, swarm === null ? '/' : `/swarms/${swarm}/nodes`)),
  );
  for (const [at, swarm] of asked.entries()) {
    const link = swarm === null ? '/nodes' : `/swarms/${swarm}/nodes`;
    expect(JSON.parse(answers[at]?.body ?? '')).toMatchObject({ swarm, links: [link, link, '/'] });
  }
});

test('who is sent on from a page of a swarm stays in it', async () => {
  const port = await start({ kind: 'none' });
  expect((await ask(port, '/swarms/prod/matrix')).headers.location).toBe('/swarms/prod/nodes');
});

test('files are the same for all, and the numbers of a swarm are its own', async () => {
  const port = await start({ kind: 'none' });
  expect((await ask(port, '/icon.svg')).body).toBe('file /icon.svg');
  expect((await ask(port, '/swarms/prod/icon.svg')).body).toBe('file /icon.svg');
  expect(JSON.parse((await ask(port, '/api/healthz')).body)).toEqual({ ok: true, of: null });
  expect(JSON.parse((await ask(port, '/swarms/lab/api/healthz')).body)).toEqual({ ok: true, of: 'lab' });
});

test('a stranger is asked to sign in above all swarms, and comes back to where they wanted to be', async () => {
  const port = await start(PASSWORD);
  expect((await ask(port, '/swarms/prod/nodes?q=1')).headers.location).toBe(
    '/login?next=%2Fswarms%2Fprod%2Fnodes%3Fq%3D1',
  );
  expect((await ask(port, '/services/web')).headers.location).toBe('/login?next=%2Fservices%2Fweb');
  expect((await ask(port, '/')).headers.location).toBe('/login');
  expect((await ask(port, '/swarms/prod/api/swarm')).status).toBe(401);
});

test('a screen that comes with its token goes on to the wall that it came for, and its cookie holds for all', async () => {
  const port = await start(PASSWORD);
  for (const wall of ['/wall', '/swarms/prod/wall']) {
    const { headers, status } = await ask(port, `${wall}?token=${WALL_TOKEN}&page=2`);
    expect([status, headers.location]).toEqual([303, `${wall}?page=2`]);
    expect(headers['set-cookie']?.[0]).toContain('Path=/;');
  }
});

/** What is answered below each of these names, but for what is another one in each answer. */
async function askBelow(port: number, names: readonly string[], path: string, method = 'GET') {
  const answers = await Promise.all(
    names.map((name) => ask(port, `/swarms/${name}${path}`, { rsc: '1' }, method)),
  );
  return answers.map(({ status, headers: { date: _, ...own }, body }, at) => {
    const answer = JSON.stringify({ status, body, headers: { ...own, 'content-security-policy': '' } });
    return JSON.parse(answer.replaceAll(names[at] ?? '', 'NAME').replaceAll(/nonce=\\"[^"]*\\"/g, ''));
  });
}
/** As long as the other one: so are the answers that quote it. */
const UNKNOWN = 'qaz2';
const HIDDEN = 'qaz1';
const OPEN_FILES = ['/icon.svg', '/_next/static/none.js', '/_next/image?url=x'];
const GUESS = '/wall?token=guess-guess-guess-guess';

test('every route below a swarm that nobody granted them answers as below a name that there is not', async () => {
  const grants = [{ group: '*', role: 'operator', stacks: null, swarm: 'prod' }] as const;
  const port = await start({ kind: 'none' }, ['prod', HIDDEN], { grants });
  const routes = Object.keys(ROUTES).map((name) => name.replaceAll(/\[\w+\]/g, 'x').replace(/^\/$/, ''));
  expect(routes.length).toBeGreaterThan(40);
  for (const path of [...routes, ...OPEN_FILES]) {
    const [hidden, unknown, own] = await askBelow(port, [HIDDEN, UNKNOWN, 'prod'], path);
    expect(hidden, path).toEqual(unknown);
    const need = findRouteNeed(path || '/');
    if (need === null || need.who === 'anybody' || need.isPosted) continue;
    expect(hidden.body, path).toContain('"swarm":null');
    expect(own.body, path).toContain('"swarm":"NAME"');
  }
  for (const path of [...routes, ...OPEN_FILES]) {
    const [hidden, unknown] = await askBelow(port, [HIDDEN, UNKNOWN], path, 'POST');
    expect(hidden, `POST ${path}`).toEqual(unknown);
  }
});

test('a stranger does not learn from what needs no session, nor from a guessed token, which swarms there are', async () => {
  const port = await start(PASSWORD, ['prod', HIDDEN]);
  const routes = Object.keys(ROUTES).map((name) => name.replaceAll(/\[\w+\]/g, 'x').replace(/^\/$/, ''));
  for (const path of [...routes, ...OPEN_FILES, GUESS]) {
    const [known, unknown] = await askBelow(port, [HIDDEN, UNKNOWN], path);
    expect(known, path).toEqual(unknown);
    const [posted, postedTo] = await askBelow(port, [HIDDEN, UNKNOWN], path, 'POST');
    expect(posted, `POST ${path}`).toEqual(postedTo);
  }
  expect((await ask(port, `/swarms/${HIDDEN}/login`)).status).toBe(200);
  // Of a name with a slip a monitor shall never hear that it is ready.
  expect((await ask(port, `/swarms/${HIDDEN}/api/readyz`)).status).toBe(401);
  expect((await ask(port, '/api/readyz')).status).toBe(200);
});

test('what they may see of a swarm is passed on narrowed to that swarm', async () => {
  const grants = [
    { group: '*', role: 'viewer', stacks: ['shop'], swarm: 'prod' },
    { group: '*', role: 'operator', stacks: null, swarm: 'lab' },
  ] as const;
  const port = await start({ kind: 'none' }, undefined, { grants });
  const scopeOf = async (path: string) =>
    JSON.parse((await ask(port, path, { 'x-show-scope': '1' })).body).scope;
  expect(await scopeOf('/swarms/prod/nodes')).toEqual({
    isWall: false,
    rights: [{ role: 'viewer', stacks: ['shop'] }],
  });
  expect(await scopeOf('/swarms/lab/nodes')).toEqual({
    isWall: false,
    rights: [{ role: 'operator', stacks: null }],
  });
  // Where a route is of the whole swarm, stacks of this one do not open it, whatever they are of another.
  const words = '/api/tasks/x/last-words';
  expect((await ask(port, `/swarms/prod${words}`)).status).toBe(403);
  expect((await ask(port, `/swarms/lab${words}`)).status).toBe(200);
});

test('with one swarm a path of that form is like any other', async () => {
  const port = await start({ kind: 'none' }, []);
  const { body } = await ask(port, '/swarms/prod/nodes');
  expect(JSON.parse(body)).toEqual({
    url: '/swarms/prod/nodes',
    swarm: null,
    links: ['/nodes', '/nodes', '/'],
  });
});
