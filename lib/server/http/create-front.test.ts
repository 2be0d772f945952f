import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { REQUEST_HEADER, reportGuarded } from './admissions.ts';
import { createFront, type RequestHandler } from './create-front.ts';

const noFiles = { isFile: () => false, serve: () => false };
const report = (value: string | string[] | undefined) =>
  reportGuarded(typeof value === 'string' ? value : null);

/** @returns what a request with these headers is answered; `null`: the connection was cut */
async function askFront(handler: RequestHandler, headers: Record<string, string> = {}, path = '/') {
  const said: string[] = [];
  const front = createFront({ files: noFiles, log: (text) => said.push(text) });
  front.open(handler);
  await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
  const { port } = front.server.address() as AddressInfo;
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    return {
      status: response?.status ?? null,
      body: (await response?.text()) ?? null,
      said: said.join('\n'),
    };
  } finally {
    front.server.closeAllConnections();
    await front.close();
  }
}

test('what only the server itself may write into a request is not taken from anybody', async () => {
  const foreign = [
    'x-vitals-level',
    'x-vitals-stacks',
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
  ];
  const own = ['rsc', 'next-url', 'next-router-state-tree', 'next-router-prefetch', 'x-forwarded-for'];
  const { body } = await askFront(
    async ({ headers }, response) => {
      report(headers[REQUEST_HEADER]);
      response.end(JSON.stringify(headers));
    },
    Object.fromEntries([...foreign, ...own].map((name) => [name, 'theirs'])),
  );
  const seen: Record<string, string> = JSON.parse(body ?? '');
  const theirs = Object.keys(seen).filter((name) => seen[name] === 'theirs');
  expect(theirs.toSorted()).toEqual(own.toSorted());
});

test.each<[string, RequestHandler]>([
  ['a page', async (_, response) => response.end('secret')],
  ['a head and a stream', async (_, response) => response.writeHead(200).write('secret')],
  [
    'a page that nobody finds',
    async (_, response) => {
      response.statusCode = 404;
      response.flushHeaders();
      response.end('secret');
    },
  ],
])('%s that the guard was not asked about does not leave, and the log tells', async (_, handler) => {
  const { status, said } = await askFront(handler, {}, '/services/web');
  expect(status).toBeNull();
  expect(said).toContain('not sent: Next answered GET "/services/web" without asking the guard');
});

test('one that the guard was asked about leaves', async () => {
  const { status, body } = await askFront(async ({ headers }, response) => {
    report(headers[REQUEST_HEADER]);
    return response.end('well');
  });
  expect([status, body]).toEqual([200, 'well']);
});

test('strangers who send ahead and go leave no place taken', async () => {
  const front = createFront({ files: noFiles, log: () => {} });
  front.open(async ({ headers }, response) => {
    report(headers[REQUEST_HEADER]);
    // As a page is: not at once.
    await new Promise((resolve) => setTimeout(resolve, 20));
    response.end('well');
  });
  await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
  const { port } = front.server.address() as AddressInfo;
  try {
    for (let round = 0; round < 20; round += 1)
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () =>
          socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(100)),
        );
        socket.resume().on('error', () => {});
        socket.on('close', () => resolve());
      });
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(10_000) });
    expect(await answer.text()).toBe('well');
  } finally {
    front.server.closeAllConnections();
    await front.close();
  }
});
