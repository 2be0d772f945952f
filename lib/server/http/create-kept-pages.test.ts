import { readFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { zstdDecompressSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createKeptPages, KEPT_MS, KEPT_PATHS, KEY_COOKIES, toPageKey } from './create-kept-pages.ts';
import { FrontResponse } from './front-response.ts';

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Setup {
  statusCode?: number;
  /** What Next adds to its own headers. */
  headers?: Record<string, string>;
  /** So many bytes are added to what a page is. */
  bytes?: number;
  ending?: string;
  /** What happens while a page is drawn. */
  meanwhile?(): Promise<void> | void;
}

/** Pages that tell the how many-th they are, from a server that has the nonce `nonce-<n>` for the n-th request. */
async function serve({
  statusCode = 200,
  headers = {},
  bytes = 0,
  ending = '</html>',
  meanwhile = () => {},
}: Setup = {}) {
  const world = { nowMs: 5_000, shown: [{}, 'web'] as unknown[] | null, drawn: 0, asked: 0 };
  const answer = createKeptPages({ nowMs: () => world.nowMs, listShown: () => world.shown });
  const own = createServer(
    { ServerResponse: FrontResponse as typeof ServerResponse },
    (request, response) => {
      const nonce = `nonce-${++world.asked}`;
      request.headers['x-nonce'] = nonce;
      response.setHeader('content-security-policy', `script-src '${nonce}'`);
      void answer(request, response, async () => {
        const page = ++world.drawn;
        response.statusCode = statusCode;
        response.setHeader('content-type', 'text/html');
        response.setHeader('vary', 'rsc');
        response.setHeader('link', `</inter.woff2>; nonce="${nonce}"`);
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        response.write(`<script nonce="${nonce}">page ${page}`);
        await meanwhile();
        response.write(Buffer.from(' '.repeat(bytes)));
        response.end(`</script><i nonce="${nonce}"></i>${ending}`);
      });
    },
  );
  server = own;
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const { port } = own.address() as AddressInfo;
  async function ask(path = '/', sent: Record<string, string> = {}) {
    const message = await new Promise<IncomingMessage>((resolve) =>
      get({ port, path, headers: sent, agent: false }, resolve),
    );
    const packed = await buffer(message);
    const text = (
      message.headers['content-encoding'] === 'zstd' ? zstdDecompressSync(packed) : packed
    ).toString();
    return { text, headers: message.headers, page: Number(/page (\d+)/.exec(text)?.[1]) };
  }
  return { world, ask, port };
}

test('who asks for a page again in the same second gets what was drawn, with a nonce of their own', async () => {
  const { ask } = await serve();
  const first = await ask();
  const second = await ask();
  expect(first.text).toBe('<script nonce="nonce-1">page 1</script><i nonce="nonce-1"></i></html>');
  expect(second.text).toBe('<script nonce="nonce-2">page 1</script><i nonce="nonce-2"></i></html>');
  expect(second.headers['content-security-policy']).toBe("script-src 'nonce-2'");
  const { date: _, 'content-security-policy': __, 'transfer-encoding': ___, ...expected } = first.headers;
  expect(second.headers).toMatchObject({ ...expected, link: '</inter.woff2>; nonce="nonce-2"' });
});

test('a kept page is compressed for each as they take it', async () => {
  const { ask } = await serve({ bytes: 2_000 });
  const plain = await ask();
  const packed = await ask('/', { 'accept-encoding': 'zstd' });
  expect(packed.headers).toMatchObject({ 'content-encoding': 'zstd', vary: 'rsc, Accept-Encoding' });
  expect(packed.text).toBe(plain.text.replaceAll('nonce-1', 'nonce-2'));
  expect((await ask()).headers['content-encoding'], 'and not for who does not').toBeUndefined();
});

test.each<[string, { afterMs?: number; shown?: (shown: unknown[]) => unknown[] | null }]>([
  ['something of it is another object', { shown: ([, name]) => [{}, name] }],
  ['something else is shown', { shown: ([object]) => [object, 'api'] }],
  ['something more is shown', { shown: (all) => [...all, 'api'] }],
  ['it is a second old', { afterMs: KEPT_MS }],
  ['it is of a swarm of several', { shown: () => null }],
])('a page is drawn anew when %s', async (_, { afterMs = 0, shown = (all) => all }) => {
  const { world, ask } = await serve();
  await ask();
  const before = world.shown ?? [];
  // It is a list of its own each time.
  world.shown = [...before];
  expect((await ask()).page).toBe(1);
  world.shown = shown(before);
  world.nowMs += afterMs;
  expect((await ask()).page).toBe(2);
});

test('a page during which something changed is nobody else’s', async () => {
  const { world, ask } = await serve({
    meanwhile() {
      world.shown = [{}];
    },
  });
  await ask();
  expect((await ask()).page).toBe(2);
});

test('a page that is changed after it was asked for again is drawn anew', async () => {
  const first = Promise.withResolvers<void>();
  const { world, ask } = await serve({ meanwhile: () => first.promise });
  const pages = [ask(), ask()];
  await expect.poll(() => world.asked).toBe(2);
  world.shown = [{}];
  first.resolve();
  expect((await Promise.all(pages)).map(({ page }) => page).toSorted()).toEqual([1, 2]);
});

test('fifty who ask at once have one page drawn', async () => {
  const first = Promise.withResolvers<void>();
  const { world, ask } = await serve({ meanwhile: () => first.promise });
  const pages = Array.from({ length: 50 }, () => ask());
  await expect.poll(() => world.asked).toBe(50);
  first.resolve();
  const texts = (await Promise.all(pages)).map(({ text }) => text);
  expect(world.drawn).toBe(1);
  expect(new Set(texts).size, 'each with their own nonce').toBe(50);
});

test('who waits for a page whose first reader went away gets one of their own', async () => {
  const never = Promise.withResolvers<void>();
  const { world, ask, port } = await serve({
    meanwhile: () => (world.drawn === 1 ? never.promise : Promise.resolve()),
  });
  const gone = get({ port, path: '/', agent: false }).on('error', () => {});
  await expect.poll(() => world.drawn).toBe(1);
  const waits = ask();
  await expect.poll(() => world.asked).toBe(2);
  gone.destroy();
  expect((await waits).page).toBe(2);
});

test.each<[string, Setup]>([
  ['is not found', { statusCode: 404 }],
  ['sets a cookie', { headers: { 'set-cookie': 'a=b' } }],
  ['is too large', { bytes: 5_000_000 }],
  ['was not drawn to its end', { ending: '' }],
])('a page that %s is not kept', async (_, setup) => {
  const { ask } = await serve(setup);
  await ask();
  expect((await ask()).page).toBe(2);
});

const PERSON = {
  'x-vitals-level': 'full',
  'x-vitals-scope': '%7B%22rights%22%3A%5B%5D%7D',
  'user-agent': 'Firefox',
  cookie: 'theme=dark; session=a',
};

test.each<[string, boolean, string, Record<string, string>]>([
  ['the same', true, '/', PERSON],
  ['another session of who sees the same', true, '/', { ...PERSON, cookie: 'session=b; theme=dark' }],
  ['another page', false, '/matrix', PERSON],
  ['another theme', false, '/', { ...PERSON, cookie: 'theme=light' }],
  ['no theme', false, '/', { ...PERSON, cookie: '' }],
  ['who sees something else', false, '/', { ...PERSON, 'x-vitals-scope': '%7B%7D' }],
  ['a wall', false, '/', { ...PERSON, 'x-vitals-level': 'wall' }],
  ['who can sign out', false, '/', { ...PERSON, 'x-vitals-session': 'here' }],
  ['one swarm of several', false, '/', { ...PERSON, 'x-vitals-swarm': 'west' }],
  ['a robot', false, '/', { ...PERSON, 'user-agent': 'Bingbot' }],
])('%s: one page for both is %s', (_, isSame, url, headers) => {
  const toKey = (path: string, sent: Record<string, string>) =>
    toPageKey({ method: 'GET', url: path, headers: sent } as unknown as IncomingMessage);
  expect(toKey(url, headers) === toKey('/', PERSON)).toBe(isSame);
});

test.each<[string, string, string, Record<string, string>]>([
  ['a page of a service', 'GET', '/services/web', {}],
  ['a filter', 'GET', '/?q=web', {}],
  ['a moment', 'GET', '/?at=2026-11-01', {}],
  ['a head', 'HEAD', '/', {}],
  ['what the router in a page asks for', 'GET', '/', { rsc: '1' }],
  ['a part of it', 'GET', '/', { 'next-router-state-tree': '[]' }],
  ['some bytes', 'GET', '/', { range: 'bytes=0-9' }],
])('%s is never kept', (_, method, url, headers) => {
  expect(toPageKey({ method, url, headers } as unknown as IncomingMessage)).toBeNull();
});

/** Whoever lets such a page ask for more has to say so in `listShown`, or in the key. */
test('the pages that are kept ask for nothing that is not looked at', () => {
  const files = KEPT_PATHS.map((path) => `app${path === '/' ? '' : path}/page.tsx`);
  const text = ['app/layout.tsx', 'app/fleet/layout.tsx', 'lib/server/answers/read-filtered.ts', ...files]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const asked = [...text.matchAll(/\b(?:vitals|\(await getVitals\(\)\))\.([a-z][\w.]*)\(/g)].map(
    ([, name]) => name,
  );
  // `ready` only waits; places and moments are asked for with a query; labels only offer how to fold, a second late at most.
  expect([...new Set(asked)].toSorted()).toEqual([
    'history.recentEvents',
    'history.state',
    'incidents.shown',
    'moment.read',
    'nodeLabels',
    'picture',
    'places',
    'ready',
  ]);
  const cookies = [...text.matchAll(/cookies\(\)\)\.get\('(\w+)'\)/g)].map(([, name]) => name);
  expect(cookies).toEqual([...KEY_COOKIES]);
  expect(text.match(/\b(headers|cookies)\(\)/g)).toHaveLength(4);
  const ofAll = [...text.matchAll(/\bfleet\.(\w+)\(/g)].map(([, name]) => name);
  expect([...new Set(ofAll)].toSorted(), 'of several swarms').toEqual(['picture', 'ready']);
});
