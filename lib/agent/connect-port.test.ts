import { createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { connectPort } from './connect-port.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A port of this machine, and what came to it. */
async function listen(onConnection: (socket: Socket) => void, allowHalfOpen = true) {
  const got = { bytes: 0, connections: 0 };
  const server = createServer({ allowHalfOpen }, (socket) => {
    got.connections += 1;
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      got.bytes += chunk.length;
    });
    ends.push(() => socket.destroy());
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  const bound = server.address();
  return { port: typeof bound === 'object' && bound !== null ? bound.port : 0, got };
}

const LIMITS = { timeoutMs: 300, takenMs: 200 };
const connect = (port: number) =>
  connectPort({ address: '127.0.0.1', port }, LIMITS, new AbortController().signal);

function writeForever(socket: Socket): void {
  const chunk = Buffer.alloc(65_536, 'x');
  const write = () => {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once('drain', write);
  };
  write();
}

it.each<[string, (socket: Socket) => void, string]>([
  ['a service that ends when it is left', (socket) => socket.once('end', () => socket.end()), 'answers'],
  ['an answer that never ends', writeForever, 'answers'],
  [
    'a redirect',
    (socket) => socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n'),
    'answers',
  ],
  ['a slow drip', (socket) => void ends.push(toDrip(socket)), 'answers'],
  ['one that breaks off', (socket) => socket.resetAndDestroy(), 'answers|refused'],
  ['one that nobody takes', () => {}, 'silent'],
])('%s is over in time, and not a byte was sent', async (_, onConnection, answer) => {
  const { port, got } = await listen(onConnection);
  expect((await connect(port))?.answer).toMatch(new RegExp(`^(?:${answer})$`));
  expect(got).toEqual({ bytes: 0, connections: 1 });
});

function toDrip(socket: Socket): () => void {
  const timer = setInterval(() => socket.write('H'), 50);
  return () => clearInterval(timer);
}

it('a port where nothing listens is refused', async () => {
  const { port } = await listen(() => {});
  for (const end of ends.splice(0)) end();
  await expect.poll(async () => (await connect(port))?.answer).toBe('refused');
});

it('a thousand endless answers, ten at a time: what they send is left', { timeout: 120_000 }, async () => {
  const { port, got } = await listen(writeForever);
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 100; round += 1) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => connect(port)));
    expect(answers.filter((one) => one?.answer === 'answers' || one?.answer === 'timed-out')).toHaveLength(
      10,
    );
    for (const end of ends.splice(1)) end();
  }
  expect(got.bytes).toBe(0);
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});
