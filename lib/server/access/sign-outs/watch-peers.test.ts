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

const prepare = async () => ({ headers: { 'x-proof': 'p' }, answerKey: 'k' });

async function startPeer(status: number): Promise<number> {
  const peer = createServer((request, response) => {
    const isAsked = request.url === SIGNED_OUT_PATH && request.headers['x-proof'] === 'p';
    response.writeHead(isAsked ? status : 418).end('sealed');
  });
  server = peer;
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  return (peer.address() as AddressInfo).port;
}

test("a server gets the others' as soon as it starts", async () => {
  const port = await startPeer(200);
  const received = await new Promise((resolve) => {
    const merge = async (text: string, answerKey: string) => {
      resolve([text, answerKey]);
      return true;
    };
    watch = watchPeers({ host: '127.0.0.1', port }, { prepare, merge, log: () => {} });
  });
  expect(received).toEqual(['sealed', 'k']);
});

test.each([
  ['does not answer as it should', 500, true, '127.0.0.1 answers 500'],
  ['does not know us', 404, true, '127.0.0.1 does not know us: another password'],
  ['has another password', 200, false, '127.0.0.1 answers what we cannot read: another password'],
])('one that %s is named in the log', async (_, status, isOurs, words) => {
  const port = await startPeer(status);
  const message = await new Promise((resolve) => {
    const merge = async () => isOurs;
    watch = watchPeers({ host: '127.0.0.1', port }, { prepare, merge, log: resolve });
  });
  expect(message).toContain(words);
});

test('where no other server can know it, the log says what to set', async () => {
  const port = await startPeer(404);
  const message = await new Promise((resolve) => {
    const merge = async () => true;
    watch = watchPeers({ host: '127.0.0.1', port }, { prepare, merge, log: resolve, isAlone: true });
  });
  expect(message).toMatch(
    /^VITALS_PEERS: without VITALS_OIDC_CLIENT_SECRET a session is of one server alone/,
  );
  expect(message).not.toContain('password');
});
