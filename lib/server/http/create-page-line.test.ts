import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Caller } from './create-connections.ts';
import { createPageLine } from './create-page-line.ts';
import { MAX_PAGES_AT_ONCE, MAX_PAGES_WAITING } from './limits.ts';

const PATIENT = { timeout: 20_000 };
vi.setConfig({ testTimeout: 60_000 });

/** Requests for these, by their paths, of a connection that is no more than whose it is. */
async function receive(paths: readonly string[]) {
  const callers: Caller[] = [];
  const server = createServer((request, response) => {
    callers.push({ request, response, connection: { party: 'proxy' } } as unknown as Caller);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const requests = paths.map((path) => get({ port, path, agent: false }).on('error', () => {}));
  await expect.poll(() => callers.length, PATIENT).toBe(paths.length);
  callers.sort((a, b) => paths.indexOf(a.request.url ?? '') - paths.indexOf(b.request.url ?? ''));
  return {
    callers,
    close() {
      for (const request of requests) request.destroy();
      server.close();
    },
  };
}

test('who asks for many pages at once waits for them, and somebody else behind the same proxy for one', async () => {
  const begun: string[] = [];
  const begin = createPageLine({
    connections: { whenOver() {} },
    answer({ request, response }) {
      begun.push(request.url ?? '');
      response.emit('drawn');
    },
    refuse: () => expect.unreachable(),
  });
  const { callers, close } = await receive(['/1', '/2', '/3', '/4', '/5', '/6', '/7', '/8', '/9', '/mine']);
  for (const caller of callers) {
    const path = caller.request.url ?? '';
    begin(caller, path, { from: 'proxy', who: path === '/mine' ? 'person ada' : 'person mallory' });
  }
  await expect.poll(() => begun.length, PATIENT).toBe(10);
  // Those that had a place already, and no more.
  expect(begun.indexOf('/mine')).toBeLessThanOrEqual(MAX_PAGES_AT_ONCE);
  close();
});

/** Forty people who open a page at once, and one who asks whether the process is up. */
test('beside a crowd of pages data is answered at once, and pages begin one in a turn', async () => {
  const begun: string[] = [];
  const begin = createPageLine({
    connections: { whenOver() {} },
    answer: ({ request }) => begun.push(request.url ?? ''),
    refuse: () => expect.unreachable(),
  });
  const { callers, close } = await receive(['/', '/services/web', '/nodes', '/api/healthz', '/metrics']);
  for (const caller of callers) begin(caller, caller.request.url ?? '', { from: 'home', who: 'home' });
  expect(begun).toEqual(['/api/healthz', '/metrics']);
  for (const path of ['/', '/services/web', '/nodes']) {
    await nextTurn();
    expect(begun.at(-1)).toBe(path);
  }
  close();
});

test('few pages are drawn at a time, and of too many that wait those of whoever has most are refused', async () => {
  const begun: Caller[] = [];
  const refused: string[] = [];
  const begin = createPageLine({
    connections: { whenOver() {} },
    answer: (caller) => begun.push(caller),
    refuse: ({ request }) => refused.push(request.url ?? ''),
  });
  const most = Array.from({ length: MAX_PAGES_AT_ONCE + MAX_PAGES_WAITING }, (_, index) => `/${index}`);
  const { callers, close } = await receive([...most, '/mine']);
  for (const caller of callers) {
    const path = caller.request.url ?? '';
    begin(caller, path, { from: 'proxy', who: path === '/mine' ? 'person ada' : 'person mallory' });
  }
  expect(refused).toEqual([most.at(-1)]);
  await expect.poll(() => begun.length, PATIENT).toBe(MAX_PAGES_AT_ONCE);
  await nextTurn();
  expect(begun).toHaveLength(MAX_PAGES_AT_ONCE);
  // What is drawn makes room, sent or not; whose turn it is now is somebody else's.
  begun[0]?.response.emit('drawn');
  begun[0]?.response.emit('drawn');
  await expect.poll(() => begun.length, PATIENT).toBe(MAX_PAGES_AT_ONCE + 1);
  // So does one whose reader does not take it: four such readers would keep everybody from their pages.
  begun[1]?.response.emit('slow');
  await expect.poll(() => begun.length, PATIENT).toBe(MAX_PAGES_AT_ONCE + 2);
  expect(begun.slice(MAX_PAGES_AT_ONCE).map(({ request }) => request.url)).toContain('/mine');
  close();
});
