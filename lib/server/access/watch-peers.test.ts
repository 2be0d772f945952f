import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { SIGNED_OUT_PATH, watchPeers } from './watch-peers.ts';

let server: Server | undefined;
let watch: { close(): void } | undefined;
afterEach(() => {
  watch?.close();
  server?.close();
});

async function startPeer(status: number): Promise<number> {
  const peer = createServer((request, response) => {
    response.writeHead(request.url === SIGNED_OUT_PATH ? status : 404).end('sealed');
  });
  server = peer;
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  return (peer.address() as AddressInfo).port;
}

test('a server hears from the others as soon as it starts', async () => {
  const port = await startPeer(200);
  const told = await new Promise((resolve) => {
    const hear = async (text: string) => {
      resolve(text);
      return true;
    };
    watch = watchPeers({ host: '127.0.0.1', port }, { hear, log: () => {} });
  });
  expect(told).toBe('sealed');
});

test.each([
  ['does not answer as it should', 500, true, '127.0.0.1 answers 500'],
  ['has another password', 200, false, '127.0.0.1 has another password'],
])('one that %s is named in the log', async (_, status, isOurs, words) => {
  const port = await startPeer(status);
  const said = await new Promise((resolve) => {
    watch = watchPeers({ host: '127.0.0.1', port }, { hear: async () => isOurs, log: resolve });
  });
  expect(said).toContain(words);
});
