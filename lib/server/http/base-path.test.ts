import { get, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTestGate } from '#lib/testing/set-test-gate.ts';
import { setBasePath } from '#lib/view/links/to-path.ts';
import { createFront, type Front } from './create-front.ts';

let front: Front;
beforeAll(async () => {
  setBasePath('/swarm');
  setTestGate({ kind: 'none' });
  front = createFront({ files: { isFile: () => false, serve: () => false }, log: () => {} });
  front.open(async (request, response) => {
    const sendsOn = new URL(request.url ?? '/', 'http://x').searchParams.get('on');
    if (sendsOn !== null) response.setHeader('Location', sendsOn);
    response.end(request.url);
  });
  await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  setBasePath('');
  await front.close();
});

function ask(path: string, headers = {}): Promise<{ body: string; headers: IncomingHttpHeaders }> {
  const { port } = front.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ body, headers: response.headers }));
    }).on('error', reject);
  });
}

test.each([
  ['left on', '/swarm/services/web?view=1', '/services/web?view=1'],
  ['left on, of the first page', '/swarm', '/'],
  ['left on, of the first page, with a slash', '/swarm/?q=web', '/?q=web'],
  ['taken off', '/services/web', '/services/web'],
  ['only alike', '/swarms', '/swarms'],
])('the path is %s', async (_, asked, served) => {
  expect((await ask(asked)).body).toBe(served);
});

test.each([
  ['/login?next=%2Fnodes', '/swarm/login?next=%2Fnodes'],
  ['/', '/swarm/'],
  ['/swarm/nodes', '/swarm/nodes'],
  ['https://elsewhere.example/', 'https://elsewhere.example/'],
])('who is sent on to %s comes to %s', async (to, location) => {
  expect((await ask(`/swarm/?on=${encodeURIComponent(to)}`)).headers.location).toBe(location);
});

test('the page’s router gets which route it was', async () => {
  expect((await ask('/swarm/services/web?_rsc=x', { rsc: '1' })).headers['x-nextjs-rewritten-path']).toBe(
    '/services/web',
  );
  expect((await ask('/swarm/services/web')).headers).not.toHaveProperty('x-nextjs-rewritten-path');
});
