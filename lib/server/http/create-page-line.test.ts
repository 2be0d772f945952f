import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Caller } from './create-connections.ts';
import { createPageLine } from './create-page-line.ts';

/** Forty people who open a page at once, and one who asks whether the process is up. */
test('beside a crowd of pages data is answered at once, and pages begin one in a turn', async () => {
  const begun: string[] = [];
  const begin = createPageLine({
    connections: { whenOver() {} },
    answer: ({ request }) => begun.push(request.url ?? ''),
    refuse: () => expect.unreachable(),
  });
  const callers: Caller[] = [];
  const server = createServer((request, response) => {
    // Of a connection the line wants to know no more than whose it is.
    callers.push({ request, response, connection: { party: 'crowd' } } as unknown as Caller);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const paths = ['/', '/services/web', '/nodes', '/api/healthz', '/metrics'];
  const requests = paths.map((path) => get({ port, path, agent: false }).on('error', () => {}));
  await expect.poll(() => callers.length).toBe(paths.length);
  callers.sort((a, b) => paths.indexOf(a.request.url ?? '') - paths.indexOf(b.request.url ?? ''));
  for (const caller of callers) begin(caller, caller.request.url ?? '');
  expect(begun).toEqual(['/api/healthz', '/metrics']);
  for (const path of ['/', '/services/web', '/nodes']) {
    await nextTurn();
    expect(begun.at(-1)).toBe(path);
  }
  for (const request of requests) request.destroy();
  server.close();
});
