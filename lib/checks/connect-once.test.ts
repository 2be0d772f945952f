import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { CheckAsk } from '#lib/model/docker/port-check.ts';
import { connectOnce } from './connect-once.ts';
import { LIMITS } from './limits.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
const QUICK = { ...LIMITS, timeoutMs: 400, restMs: 50 };
const NEVER = new AbortController().signal;
const HTTP: CheckAsk = { kind: 'http', path: '/health' };

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A port whose every connection is handled so. */
async function listen(handle: (socket: Socket) => void, host = '127.0.0.1') {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    handle(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  return { address: host, port: address.port };
}

const ask = async (what: CheckAsk, handle: (socket: Socket) => void, host?: string) =>
  connectOnce(await listen(handle, host), what, QUICK, NEVER);
const reply = (text: string) => (socket: Socket) => void socket.once('data', () => socket.end(text));

test('a connection is enough where nothing else is asked, and nothing is sent', async () => {
  const received: Buffer[] = [];
  let ended = () => {};
  const whenEnded = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const result = await ask({ kind: 'tcp' }, (socket) => {
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('close', ended);
  });
  await whenEnded;
  expect(result).toMatchObject({ answer: 'answers', status: null, wrong: null });
  expect(Buffer.concat(received)).toHaveLength(0);
});

test('one that listens on an IPv6 address', async () => {
  let request = '';
  const answer = await ask(
    HTTP,
    (socket) =>
      void socket.once('data', (chunk) => {
        request = chunk.toString();
        socket.end('HTTP/1.1 204 No Content\r\n\r\n');
      }),
    '::1',
  );
  expect(answer).toMatchObject({ answer: 'answers', status: 204 });
  expect(request).toMatch(
    /^GET \/health HTTP\/1\.1\r\nHost: \[::1\]:\d+\r\nUser-Agent: swarm-vitals-check\r\n/,
  );
});

test('where nothing listens it is refused', async () => {
  const place = await listen(() => {});
  const closed = new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
  await closed;
  expect(await connectOnce(place, { kind: 'tcp' }, QUICK, NEVER)).toMatchObject({ answer: 'refused' });
});

const forever = (socket: Socket, chunk: string | Buffer) => {
  const write = () => {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once('drain', write);
  };
  write();
};

test.each<[string, (socket: Socket) => void, object]>([
  [
    'a status of 200',
    reply('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
    { answer: 'answers', status: 200 },
  ],
  // It is not followed: wherever it leads, nothing connects there.
  [
    'a redirect',
    reply('HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n'),
    { answer: 'answers', status: 302 },
  ],
  [
    'a status of 503',
    reply('HTTP/1.0 503 Down\r\n\r\n'),
    { answer: 'wrong', wrong: { kind: 'status', code: 503 } },
  ],
  ['another protocol', reply('SSH-2.0-OpenSSH_9.2\r\n'), { answer: 'wrong', wrong: { kind: 'no-http' } }],
  ['nothing, and goes', (socket) => socket.once('data', () => socket.end()), { wrong: { kind: 'cut' } }],
  [
    'nothing, and breaks off',
    (socket) => socket.once('data', () => socket.resetAndDestroy()),
    { wrong: { kind: 'cut' } },
  ],
  ['nothing for ever', () => {}, { answer: 'timed-out', wrong: { kind: 'silent' } }],
  [
    'one byte now and then',
    (socket) => {
      const timer = setInterval(() => socket.write('H'), 20);
      socket.once('close', () => clearInterval(timer));
    },
    { answer: 'timed-out' },
  ],
  [
    'a first line without an end',
    (socket) => forever(socket, 'x'.repeat(65_536)),
    { wrong: { kind: 'no-http' } },
  ],
  [
    'a header of ten megabytes',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      socket.write(`X: ${'y'.repeat(10_000_000)}\r\n`);
    },
    { answer: 'answers', status: 200 },
  ],
  [
    'an answer without an end',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      forever(socket, Buffer.alloc(65_536));
    },
    { answer: 'answers', status: 200 },
  ],
])('asked for a path it gives %s', async (_what, handle, expected) => {
  expect(await ask(HTTP, handle)).toMatchObject(expected);
});

test('what does not speak TLS', async () => {
  expect(await ask({ kind: 'tls' }, (socket) => socket.end('hello\r\n'))).toMatchObject({
    answer: 'wrong',
    wrong: { kind: 'no-tls' },
  });
  expect(await ask({ kind: 'tls' }, () => {})).toMatchObject({ answer: 'timed-out' });
  expect(await ask({ kind: 'tls' }, (socket) => forever(socket, Buffer.alloc(65_536, 22)))).toMatchObject({
    answer: 'wrong',
  });
});

test('one that is given up is no result', async () => {
  const place = await listen(() => {});
  const controller = new AbortController();
  const result = connectOnce(place, HTTP, QUICK, controller.signal);
  controller.abort();
  expect(await result).toBeNull();
  expect(await connectOnce(place, HTTP, QUICK, controller.signal)).toBeNull();
});
