import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createSecureContext, createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import type { CheckAsk } from '#lib/model/docker/port-check.ts';
import { connectOnce } from './connect-once.ts';
import { LIMITS } from './limits.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
const QUICK = { ...LIMITS, timeoutMs: 400, takenMs: 200, restMs: 50 };
const NEVER = new AbortController().signal;
const HTTP: CheckAsk = { kind: 'http', path: '/health' };

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A port whose every connection is handled so. */
async function listen(handle: (socket: Socket) => void, host = '127.0.0.1', allowHalfOpen = false) {
  const server = createServer({ allowHalfOpen }, (socket) => {
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

test.each<[string, (socket: Socket) => void, object]>([
  ['greets', (socket) => socket.write('220 ready\r\n'), { answer: 'answers', wrong: null }],
  [
    'breaks it off',
    (socket) => socket.resume().once('end', () => socket.resetAndDestroy()),
    { answer: 'answers', wrong: null },
  ],
  ['ends it as well', (socket) => socket.resume().once('end', () => socket.end()), { wrong: null }],
  ['is not there: Docker alone listens', () => {}, { answer: 'answers', wrong: { kind: 'silent' } }],
])('of a connection and nothing else: who took it %s', async (_what, handle, expected) => {
  const place = await listen(handle, '127.0.0.1', true);
  expect(await connectOnce(place, { kind: 'tcp' }, QUICK, NEVER)).toMatchObject(expected);
});

const HAS_IPV6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
);

test.skipIf(!HAS_IPV6)('at an IPv6 address: a connection, a path, and nobody', async () => {
  expect(await ask({ kind: 'tcp' }, (socket) => socket.write('ready\r\n'), '::1')).toMatchObject({
    answer: 'answers',
  });
  const heads: string[] = [];
  const place = await listen(
    (socket) =>
      void socket.once('data', (head) => heads.push(String(head)) && socket.end('HTTP/1.1 200 OK\r\n\r\n')),
    '::1',
  );
  expect(await connectOnce(place, HTTP, QUICK, NEVER)).toMatchObject({ answer: 'answers', status: 200 });
  expect(heads[0]?.toLowerCase()).toContain(`\r\nhost: [::1]:${place.port}\r\n`);
  for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed));
  expect(await connectOnce(place, HTTP, QUICK, NEVER)).toMatchObject({ answer: 'refused' });
});

/** In a thread of its own: whoever connects there ends it, and so does it, 20 ms later. `seen`: 1 ended, 2 so have we. */
const ELSEWHERE = `
const { createServer } = require('node:net');
const { parentPort, workerData: seen } = require('node:worker_threads');
const note = (value) => { Atomics.store(seen, 0, value); Atomics.notify(seen, 0); };
createServer({ allowHalfOpen: true }, (socket) => {
  socket.resume().once('end', () => {
    note(1);
    setTimeout(() => socket.end(() => note(2)), 20);
  });
}).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });`;

test('a process that took the connection while we computed is not called late', async () => {
  const seen = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(ELSEWHERE, { eval: true, workerData: seen });
  try {
    const [port] = (await once(worker, 'message')) as [number];
    const result = connectOnce({ address: '127.0.0.1', port }, { kind: 'tcp' }, QUICK, NEVER);
    while (Atomics.load(seen, 0) < 1) await new Promise((resolve) => setImmediate(resolve));
    Atomics.wait(seen, 0, 1);
    const untilMs = performance.now() + 2 * QUICK.timeoutMs;
    while (performance.now() < untilMs);
    expect(await result).toMatchObject({ answer: 'answers', wrong: null });
  } finally {
    await worker.terminate();
  }
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
  [
    'what is no answer yet before it',
    reply('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'),
    { answer: 'answers', status: 200 },
  ],
  [
    'hints before it, one line at a time',
    (socket) => {
      const lines = [
        'HTTP/1.1 103 Early Hints',
        'Link: </a.css>',
        '',
        'HTTP/1.1 102 Processing',
        '',
        'HTTP/1.1 503 Down',
        '',
      ];
      const next = () => {
        const line = lines.shift();
        if (line === undefined || socket.destroyed) return;
        socket.write(`${line}\r\n`);
        setTimeout(next, 5);
      };
      socket.once('data', next);
    },
    { answer: 'wrong', wrong: { kind: 'status', code: 503 } },
  ],
  ['what is no answer yet, and goes', reply('HTTP/1.1 100 Continue\r\n\r\n'), { wrong: { kind: 'cut' } }],
  [
    'what is no answer yet, and nothing more',
    (socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'),
    { answer: 'timed-out', wrong: { kind: 'silent' } },
  ],
  [
    'what is no answer yet, for ever',
    (socket) => forever(socket, 'HTTP/1.1 100 Continue\r\n\r\n'),
    { wrong: { kind: 'no-http' } },
  ],
  [
    'another protocol’s start, which nobody asked for',
    reply('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    { answer: 'wrong', wrong: { kind: 'status', code: 101 } },
  ],
  ['a page without a status (HTTP/0.9)', reply('<html>\n</html>\n'), { wrong: { kind: 'no-http' } }],
  ['half a first line', reply('HTTP/1.1 20'), { wrong: { kind: 'no-http' } }],
  [
    'a status, and breaks off',
    (socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\nX: y', () => setTimeout(() => socket.resetAndDestroy(), 10)),
      ),
    { answer: 'answers', status: 200 },
  ],
  [
    'pieces with a trailer',
    reply('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n'),
    { answer: 'answers', status: 200 },
  ],
  [
    'headers without an end, of an answer that does not count',
    (socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\n');
      forever(socket, 'X: y\r\n');
    },
    { wrong: { kind: 'no-http' } },
  ],
  ['another protocol', reply('SSH-2.0-OpenSSH_9.2\r\n'), { answer: 'wrong', wrong: { kind: 'no-http' } }],
  [
    'frames of HTTP/2, and waits for ours',
    (socket) => socket.write(Buffer.from('000006040000000000000300000064', 'hex')),
    { answer: 'wrong', wrong: { kind: 'no-http' } },
  ],
  [
    'a greeting without an end, and waits',
    (socket) => socket.write('220 '),
    { answer: 'wrong', wrong: { kind: 'no-http' } },
  ],
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
      const slow = [...'HTTP/1.1 2', ...'0'.repeat(1_000)];
      const timer = setInterval(() => socket.write(slow.shift() ?? '0'), 20);
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

/** Of its own making, for `other.example`, and over since 2026-11-30: a key that is for nothing but this. */
const STRANGE = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQge5HWFLORa8zs19rh
wZea0WIsFUv6+Q3rM7NZ7T4v5q+hRANCAART1TkUuMW+HgOqobzCNwp+heS5RmOV
BfFSWWxRFEC4mWmOe1WbnV6cj861kiHGd5GWiR4qFecvGcVyTBx28irY
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBhjCCASugAwIBAgIUPdnvEmCnh58mvqEzY1R+nA7GfgEwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNb3RoZXIuZXhhbXBsZTAeFw0yNjExMjkwOTExMThaFw0yNjEx
MzAwOTExMThaMBgxFjAUBgNVBAMMDW90aGVyLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAART1TkUuMW+HgOqobzCNwp+heS5RmOVBfFSWWxRFEC4mWmO
e1WbnV6cj861kiHGd5GWiR4qFecvGcVyTBx28irYo1MwUTAdBgNVHQ4EFgQU2Pcw
y/BdN40tiuAboQGe5MUmDRowHwYDVR0jBBgwFoAU2Pcwy/BdN40tiuAboQGe5MUm
DRowDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA/BqRPYsdeISF
KTP13v0mQKI7FO9oMUugs806qWKbBK8CIQDgBX0LSUy8jWu/cHpAF5Ti0RyxS7Ap
EWoBUiIsGLra1A==
-----END CERTIFICATE-----
`,
};

test('a certificate for another name, that nobody signed, is an answer: nothing is sent through it', async () => {
  let received = 0;
  const answer = await ask({ kind: 'tls' }, (socket) => {
    const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(STRANGE) });
    secure.on('error', () => {});
    secure.on('data', (chunk) => {
      received += chunk.length;
    });
  });
  expect(answer).toMatchObject({ answer: 'answers', wrong: null });
  expect(received).toBe(0);
});

test.each<[who: string, options: TlsOptions]>([
  ['asks for a certificate of ours (TLS 1.2)', { maxVersion: 'TLSv1.2', requestCert: true }],
  ['asks for a certificate of ours (TLS 1.3)', { minVersion: 'TLSv1.3', requestCert: true }],
  ['has no certificate, as one that knows no name', { key: undefined, cert: undefined }],
  ['speaks the newest exchange of keys alone', { minVersion: 'TLSv1.3', ecdhCurve: 'X25519MLKEM768' }],
  ['speaks the oldest curve alone', { ecdhCurve: 'P-521' }],
])('a port that %s speaks TLS', async (_who, options) => {
  const server = createTlsServer({ ...STRANGE, ...options }).on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await connectOnce({ address: '127.0.0.1', port }, { kind: 'tls' }, QUICK, NEVER)).toMatchObject({
    answer: 'answers',
    wrong: null,
  });
  server.close();
});

test('hundreds of answers without an end, eight at a time, leave nothing behind', async () => {
  const place = await listen((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    forever(socket, Buffer.alloc(65_536));
  });
  let left = 300;
  const many = async () => {
    while (left-- > 0) expect(await connectOnce(place, HTTP, LIMITS, NEVER)).toMatchObject({ status: 200 });
  };
  await Promise.all(Array.from({ length: LIMITS.atOnce }, many));
  const isOpen = () => [...sockets].some((socket) => !socket.destroyed);
  await expect.poll(isOpen, { timeout: 10_000 }).toBe(false);
});

test('one that is given up is no result', async () => {
  const place = await listen(() => {});
  const controller = new AbortController();
  const result = connectOnce(place, HTTP, QUICK, controller.signal);
  controller.abort();
  expect(await result).toBeNull();
  expect(await connectOnce(place, HTTP, QUICK, controller.signal)).toBeNull();
});
