import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { Agent, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { SIZES } from '#e2e/bench/sizes.ts';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { ask } from '#e2e/support/ask.ts';
import {
  HOSTILE_KINDS,
  type HostileKind,
  openHostile,
  toForgedSeal,
} from '#e2e/support/hostile/open-hostile.ts';
import { startHostile } from '#e2e/support/hostile/start-hostile.ts';
import { root } from '#e2e/support/root.ts';
import { sendRaw } from '#e2e/support/send-raw.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { MAX_STRANGERS, MAX_WAITING } from '#lib/server/http/limits.ts';

// Thousands of connections leave no processor and few ports to a test beside them.
test.describe.configure({ lock: '-exclusive-' });

const PASSWORD = 'correct horse battery';
const MB = 1_000_000;
/** What the stack file gives the server. */
const LIMIT_BYTES = 768 * MB;
const ALL_KINDS = Object.keys(HOSTILE_KINDS) as HostileKind[];
/** Those that one machine can be many of and still measure. */
const isPatient = (kind: HostileKind) => !['busy', 'pages', 'forged', 'far ahead'].includes(kind);
const HOSTILE_FOR_MS = 15_000;
/** Far more than an answer takes: it holds up a test, and says nothing of speed. */
const ANSWER_WITHIN_MS = 60_000;

let demo: DemoProcess;
let vitals: VitalsServer;
let cookie: string;
let dripping: Promise<unknown>;
const ending = new AbortController();

test.beforeAll(async () => {
  demo = await startDemoSwarm(SIZES.S, ending.signal);
  vitals = await startVitals({ ...demo.settings, VITALS_AUTH: 'password', VITALS_PASSWORD: PASSWORD });
  const answer = await fetch(`${vitals.url}/api/login`, {
    method: 'POST',
    body: new URLSearchParams({ password: PASSWORD }),
    redirect: 'manual',
  });
  expect(answer.status).toBe(303);
  cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  await waitFor(async () => (await get('/api/readyz')).status === 200, 30_000, 'the demo swarm');
  dripping = Promise.all([
    drip('GET / HTTP/1.1\r\nHost: localhost\r\nX: '),
    drip('POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\n'),
  ]);
});
test.afterAll(async () => {
  await vitals?.kill();
  await demo?.close();
});

/** Over a connection of its own, as somebody who has just come. */
function get(path: string): Promise<{ status: number; ms: number; body: string }> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const asked = send(`${vitals.url}${path}`, { headers: { cookie }, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, ms: performance.now() - from, body }),
      );
      response.on('error', reject);
    });
    asked.setTimeout(ANSWER_WITHIN_MS, () => asked.destroy(new Error(`${path}: no answer`)));
    asked.on('error', reject).end();
  });
}

/** Sends this, and then a byte a second, until the connection is closed. */
function drip(head: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(vitals.url).port), '127.0.0.1', () => socket.write(head));
    const timer = setInterval(() => socket.write('a'), 1_000);
    socket.on('error', () => {}).resume();
    socket.once('close', () => {
      clearInterval(timer);
      resolve();
    });
  });
}

/** A stream that stays open: how often it brought something, and whether it was ended. */
function follow(path = '/api/stream') {
  const seen = { pieces: 0, ended: false, close: () => {} };
  const asked = send(`${vitals.url}${path}`, { headers: { cookie }, agent: false }, (response) => {
    response.on('data', () => {
      seen.pieces += 1;
    });
    for (const name of ['end', 'close', 'error'])
      response.on(name, () => {
        seen.ended = true;
      });
  });
  asked.on('error', () => {
    seen.ended = true;
  });
  asked.end();
  seen.close = () => asked.destroy();
  return seen;
}

function findLargest(): string {
  const folder = join(root, '.next/standalone/.next/static');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sized = files.map((file) => ({ file, bytes: statSync(join(folder, file)).size }));
  return `/_next/static/${sized.toSorted((a, b) => b.bytes - a.bytes)[0]?.file}`;
}

test('a hundred strangers with 10 MB each where a password is wanted are sent away, and nothing is kept', async () => {
  const before = vitals.readMemoryBytes();
  const kinds = ALL_KINDS.filter((kind) => kind.includes('body') && kind !== 'slow body');
  const hostile = openHostile(vitals.url, 100, kinds, '');
  try {
    await waitFor(() => hostile.made() > 400, 60_000, 'each to have come several times');
    expect(vitals.readMemoryBytes() - before).toBeLessThan(150 * MB);
    expect((await get('/api/swarm')).status).toBe(200);
    const output = [...hostile.answers().keys()];
    expect(output.filter((text) => !/ (400|411|413) /.test(text))).toEqual([]);
    expect(output.length).toBeGreaterThan(0);
  } finally {
    hostile.close();
  }
});

test('a password that comes in pieces is taken, and one whose rest never comes holds nobody up', async () => {
  const body = new URLSearchParams({ password: PASSWORD }).toString();
  const head = `POST /api/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n`;
  const slow = openHostile(vitals.url, 40, ['slow body'], '');
  try {
    const asked = send(`${vitals.url}/api/login`, {
      method: 'POST',
      agent: false,
      headers: { 'content-length': body.length, 'content-type': 'application/x-www-form-urlencoded' },
    });
    const status = new Promise((resolve, reject) => {
      asked.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    asked.write(body.slice(0, 10));
    await sleep(500);
    asked.end(body.slice(10));
    expect(await status).toBe(303);
    const expected = await sendRaw(vitals.url, `${head}Expect: 100-continue\r\n\r\n${body}`);
    expect(expected).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 303 /);
    // More than was said is not part of it.
    expect(await sendRaw(vitals.url, `${head}\r\n${body}${'a'.repeat(1_000)}`)).toMatch(
      /^HTTP\/1\.1 (303|400) /,
    );
  } finally {
    slow.close();
  }
});

const LONG = 'a'.repeat(200_000);
const plain = (line: string, headers = '') => `${line} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const ODD: readonly [string, string, RegExp][] = [
  ['GET *', plain('GET *'), /^HTTP\/1\.1 400 /],
  ['OPTIONS *', plain('OPTIONS *'), /^HTTP\/1\.1 40[05] /],
  ['TRACE', plain('TRACE /'), /^HTTP\/1\.1 405 /],
  ['CONNECT', plain('CONNECT evil.example:443'), /^HTTP\/1\.1 405 /],
  ['CONNECT to a path', plain('CONNECT /'), /^HTTP\/1\.1 40[05] /],
  ['PROPFIND', plain('PROPFIND /'), /^HTTP\/1\.1 405 /],
  ['no method', plain('X /'), /^HTTP\/1\.1 400 /],
  ['an absolute address', plain('GET http://evil.example/'), /^HTTP\/1\.1 400 /],
  ['another host', plain('GET //evil.example/'), /^HTTP\/1\.1 400 /],
  ['another host by backslash', plain('GET /\\evil.example/'), /^HTTP\/1\.1 400 /],
  ['a path that does not decode', plain('GET /api/services/%'), /^HTTP\/1\.1 400 /],
  ['a page that does not decode', plain('GET /services/%E0%A4%A'), /^HTTP\/1\.1 400 /],
  ['a script that does not decode', plain('GET /_next/static/%'), /^HTTP\/1\.1 400 /],
  ['half a sign', plain('GET /nodes/%ff'), /^HTTP\/1\.1 400 /],
  ['NUL', plain('GET /nodes/%00'), /^HTTP\/1\.1 400 /],
  ['NUL as it is', plain('GET /nodes/\0'), /^HTTP\/1\.1 400 /],
  ['a line break', plain('GET /nodes/%0d%0aSet-Cookie:%20a=b'), /^HTTP\/1\.1 400 /],
  ['a query that does not decode', plain('GET /login?next=%&x=%ff'), /^HTTP\/1\.1 200 /],
  ['a long address', plain(`GET /${'a'.repeat(8_000)}`), /^HTTP\/1\.1 414 /],
  ['a very long address', plain(`GET /${LONG}`), /^(HTTP\/1\.1 431 |$)/],
  ['a very long header', plain('GET /', `Cookie: ${LONG}\r\n`), /^(HTTP\/1\.1 431 |$)/],
  ['many cookies', plain('GET /', `Cookie: ${'a=b; '.repeat(2_000)}\r\n`), /^HTTP\/1\.1 303 /],
  ['a part that ends before it begins', plain('GET /icon.svg', 'Range: bytes=5-2\r\n'), /^HTTP\/1\.1 200 /],
  [
    'cookies with their own ends',
    plain('GET /', 'Cookie: vitals-session=x~2~; =; ;;vitals-wall\r\n'),
    /^HTTP\/1\.1 303 /,
  ],
  ['many headers', plain('GET /', 'A: b\r\n'.repeat(20_000)), /^(HTTP\/1\.1 431 |$)/],
  ['two lengths', plain('GET /', 'Content-Length: 1\r\nContent-Length: 2\r\n'), /^HTTP\/1\.1 400 /],
  [
    'a length and chunks',
    plain('POST /api/login', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'),
    /^HTTP\/1\.1 4/,
  ],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['two hosts', plain('GET /login', 'Host: evil.example\r\n'), /^HTTP\/1\.1 400 /],
  ['what is no part of an address', plain('GET /login#/api/swarm'), /^HTTP\/1\.1 400 /],
  [
    'chunks that are not said so',
    plain('POST /api/login', 'Transfer-Encoding: xchunked\r\n'),
    /^HTTP\/1\.1 4/,
  ],
  ['a length that is none', plain('POST /api/login', 'Content-Length: 0x5\r\n'), /^HTTP\/1\.1 400 /],
  ['a header over two lines', plain('GET /', 'X: a\r\n b\r\n'), /^HTTP\/1\.1 400 /],
  ['a header with half a line end', plain('GET /', 'X: a\nCookie: b\r\n'), /^HTTP\/1\.1 400 /],
  ['lines with half their ends', 'GET /api/swarm HTTP/1.1\nHost: localhost\n\n', /^HTTP\/1\.1 400 /],
  [
    'a request in the body of another',
    plain('GET /api/healthz', 'Content-Length: 40\r\n') + plain('GET /api/swarm'),
    /^HTTP\/1\.1 400 (?![\s\S]*HTTP\/1\.1)/,
  ],
  ['HTTP of 1996', 'GET /api/swarm HTTP/1.0\r\nHost: localhost\r\n\r\n', /^HTTP\/1\.1 401 /],
  [
    'another protocol',
    plain(
      'GET /api/swarm',
      'Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n',
    ),
    /^HTTP\/1\.1 401 /,
  ],
  [
    'headers of ours, taken off by name',
    plain(
      'GET /api/swarm',
      'Connection: close, x-vitals-level\r\nx-vitals-level: full\r\nX_Vitals_Level: full\r\n',
    ),
    /^HTTP\/1\.1 401 /,
  ],
  ['not HTTP', '\x16\x03\x01\x02\0\x01\0', /^(HTTP\/1\.1 400 |$)/],
  ['an action of Next', plain('POST /', 'Next-Action: x\r\nContent-Length: 0\r\n'), /^HTTP\/1\.1 405 /],
  ['a state of Next’s router', plain('GET /', 'RSC: 1\r\nNext-Router-State-Tree: x\r\n'), /^HTTP\/1\.1 [34]/],
  [
    'what Next says to itself',
    plain('GET /', 'x-middleware-subrequest: proxy:proxy:proxy:proxy:proxy\r\n'),
    /^HTTP\/1\.1 303 /,
  ],
];

for (const [name, bytes, answer] of ODD) {
  test(`what no route takes is answered in one line, and the log keeps its head: ${name}`, async () => {
    const from = vitals.log().length;
    for (const wearing of ['', `Cookie: ${cookie}\r\n`]) {
      const signed = bytes.replace('\r\n\r\n', `\r\n${wearing}\r\n`);
      const output = await sendRaw(vitals.url, wearing === '' ? bytes : signed);
      if (wearing === '' || name === 'no host') expect(output).toMatch(answer);
      expect(output).not.toMatch(/^HTTP\/1\.1 5/);
      // Whatever is said in words, nobody keeps it, frames it, or takes it for something else.
      if (/^content-type:/im.test(output) && !output.startsWith('HTTP/1.1 200'))
        for (const header of ['content-security-policy', 'x-content-type-options', 'cache-control'])
          expect(output.toLowerCase()).toContain(`${header}:`);
    }
    const output = vitals.log().slice(from);
    expect(output).not.toMatch(/\n\s+at /);
    expect(output.split('\n').length).toBeLessThan(5);
  });
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test('a session is written in one way: nobody makes thousands of cookies of theirs, for which others are forgotten', async () => {
  const [, head = '', last = ''] = /^(.*)(.{20}~2)$/.exec(cookie) ?? [];
  const blanks = ['%20', '%09', '%0A', '%20%20%09'].map((blank) => `${head}${blank}${last}`);
  const letters = [...LETTERS].filter((letter) => letter !== cookie.at(-3));
  const others = [
    ...[`${cookie}~2`, `${cookie}x`, cookie.replace(/~2$/, ''), cookie.replace(/~2$/, '~3')],
    ...[...blanks, cookie.replace(/~2$/, '=~2'), cookie.replace(/~2$/, '%3D~2')],
    ...letters.map((letter) => cookie.replace(/.~2$/, `${letter}~2`)),
  ];
  for (const other of others)
    expect(
      await sendRaw(vitals.url, plain('GET /api/swarm', `Cookie: ${other}\r\nConnection: close\r\n`)),
    ).toMatch(/^HTTP\/1\.1 401 /);
  expect((await get('/api/swarm')).status).toBe(200);
});

test('a thousand requests in one piece are not looked at, also such as are refused at the first look', async () => {
  for (const line of ['GET /api/readyz', 'GET *'])
    expect(await sendRaw(vitals.url, plain(line).repeat(1_000))).toBe('');
});

/** Connections from this address, each kept after an answer, as browsers do: nobody closes them for saying nothing. */
function connectFrom(url: string, localAddress: string, count: number): Promise<Socket[]> {
  const { port, hostname: host } = new URL(url);
  const one = () =>
    new Promise<Socket>((resolve) => {
      const socket = connect({ port: Number(port), host, localAddress }, () =>
        socket.write(plain('GET /api/healthz')),
      );
      // One that is closed is seen closed once it is read.
      socket.on('error', () => {}).resume();
      for (const name of ['data', 'close']) socket.once(name, () => resolve(socket));
    });
  return Promise.all(Array.from({ length: count }, one));
}

test('of more strangers than there are places for the oldest of the busiest address go, and nobody from elsewhere', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: '127.0.1.1' });
  const askElsewhere = () =>
    new Promise<boolean>((resolve, reject) => {
      const asked = send(`${vitals.url}/api/healthz`, { agent }, (response) => {
        response.resume().on('end', () => resolve(asked.reusedSocket));
      });
      asked.on('error', reject).end();
    });
  expect(await askElsewhere()).toBe(false);
  const crowd = await connectFrom(vitals.url, '127.0.0.9', MAX_STRANGERS + 200);
  try {
    await waitFor(
      () => crowd.filter(({ destroyed }) => destroyed).length >= 200,
      30_000,
      'those to go for whom there is no place',
    );
    expect(await askElsewhere()).toBe(true);
    expect((await get('/api/swarm')).status).toBe(200);
  } finally {
    for (const socket of crowd) socket.destroy();
    agent.destroy();
  }
});

test('who comes with a cookie does not wait for all of a crowd that makes up its own, however busy the machine is', async () => {
  // One thread for what takes long, and somebody who guesses passwords keeps it at work.
  const server = await startVitals({
    ...demo.settings,
    VITALS_PASSWORD: PASSWORD,
    UV_THREADPOOL_SIZE: '1',
  });
  const crowd = await connectFrom(server.url, '127.0.0.9', 1_500);
  const answered = new Set<Socket>();
  try {
    for (let n = 1; n <= 20; n += 1)
      ask(`${server.url}/api/login`, {}, { form: 'password=guess', from: `127.0.2.${n}` }).catch(() => {});
    for (const socket of crowd) {
      socket.once('data', () => answered.add(socket));
      socket.write(plain('GET /', `Cookie: vitals-session=${toForgedSeal()}\r\n`));
    }
    // By then they are in line.
    expect((await ask(`${server.url}/login`, {}, { from: '127.0.1.1' })).status).toBe(200);
    const before = answered.size;
    const cookie = `vitals-session=${toForgedSeal()}`;
    const { status } = await ask(`${server.url}/api/swarm`, { cookie }, { from: '127.0.1.1' });
    expect(status).toBe(401);
    expect(answered.size - before).toBeLessThan(60);
    await waitFor(() => answered.size === crowd.length, 60_000, 'all of them to be answered');
  } finally {
    for (const socket of crowd) socket.destroy();
    await server.kill();
  }
});

test('a scan of ten thousand odd requests takes a few lines of the log', async () => {
  const from = vitals.log().length;
  for (let round = 0; round < 100; round += 1)
    await sendRaw(
      vitals.url,
      plain(`GET /api/services/%${round}`, 'Connection: keep-alive\r\n').repeat(100),
      200,
    );
  expect(vitals.log().slice(from).split('\n').length).toBeLessThan(20);
});

test('a head or a body that comes a byte a second is not waited for', async () => {
  // They came first. Else they would be there until somebody needs their place: a test has two minutes.
  await dripping;
});

const CROWDS: readonly { what: string; count: number; kinds: readonly HostileKind[] }[] = [
  { what: '1,000 of every kind', count: 1_000, kinds: ALL_KINDS },
  { what: '1,000 that ask without pause', count: 1_000, kinds: ['busy'] },
  { what: '1,000 that ask without pause with forged cookies', count: 1_000, kinds: ['forged'] },
  { what: '1,000 that send requests ahead', count: 1_000, kinds: ['pipelined', 'far ahead'] },
  { what: '10,000 of every kind that waits', count: 10_000, kinds: ALL_KINDS.filter(isPatient) },
];

for (const { what, count, kinds } of CROWDS) {
  test(`hostile connections, ${what}: the server keeps its memory, and who is signed in is answered`, async () => {
    test.setTimeout(240_000);
    await get('/');
    const stream = follow();
    const { services } = JSON.parse((await get('/api/swarm')).body) as SwarmPicture;
    const running = services.find(({ replicas }) =>
      replicas.some(({ taskState }) => taskState === 'running'),
    );
    const log = follow(`/api/services/${encodeURIComponent(running?.name ?? '')}/log?follow=1&tail=10`);
    await waitFor(() => stream.pieces > 0 && log.pieces > 0, 20_000, 'the stream and the log');
    const hostile = startHostile(vitals.url, count, kinds, findLargest());
    const maxBytes: number[] = [];
    try {
      await waitFor(() => hostile.made() >= count, 60_000, 'all of them');
      const untilMs = performance.now() + HOSTILE_FOR_MS;
      let asked = 0;
      while (performance.now() < untilMs || asked < 6) {
        for (const path of ['/', '/api/swarm', '/nodes']) {
          const { status, body } = await get(path);
          expect({ path, status }).toEqual({ path, status: 200 });
          expect(body.length).toBeGreaterThan(1_000);
          asked += 1;
        }
        maxBytes.push(vitals.readMemoryBytes());
        await sleep(200);
      }
      const pieces = stream.pieces;
      await waitFor(() => stream.pieces > pieces, 30_000, 'the stream to go on');
      expect([stream.ended, log.ended]).toEqual([false, false]);
      expect(Math.max(...maxBytes)).toBeLessThan(LIMIT_BYTES);
      expect(vitals.log()).not.toMatch(/\n\s+at /);
    } finally {
      stream.close();
      log.close();
      hostile.close();
    }
    // And afterwards a stranger can sign in as ever.
    await waitFor(
      async () => (await fetch(`${vitals.url}/login`)).status === 200,
      30_000,
      'the sign-in page',
    );
  });
}

const NAMES = 200;

/**
 * Somebody comes by many names, each of which opens pages that nobody has opened, again and again: nobody else is turned away,
 * neither who comes from elsewhere nor who comes from there, too.
 */
async function expectTurns(
  ask: (path: string, user: string, from?: string) => Promise<number>,
): Promise<void> {
  const answers: number[] = [];
  let isOver = false;
  const crowd = Array.from({ length: NAMES }, async (_, index) => {
    for (let n = 0; !isOver; n += 1) {
      answers.push(await ask(`/nodes?crowd=${index}-${n}`, `name ${index}`));
      await sleep(50);
    }
  });
  try {
    await waitFor(() => answers.includes(503), ANSWER_WITHIN_MS, 'the line to be full');
    expect(await ask('/nodes?good', 'good', '10.0.0.2')).toBe(200);
    // Some of those that wait had a turn by then, and go on asking.
    await waitFor(
      () => answers.filter((status) => status === 200).length > NAMES / 2,
      2 * ANSWER_WITHIN_MS,
      'the crowd to come again',
    );
    for (let n = 0; n < 3; n += 1) expect(await ask(`/nodes?beside=${n}`, `neighbour ${n}`)).toBe(200);
  } finally {
    isOver = true;
    await Promise.all(crowd);
  }
  expect(answers.filter((status) => ![200, 503].includes(status))).toEqual([]);
}

const OPEN_PATHS =
  '/ /matrix /nodes /events /incidents /reports /timeline /wall /api/swarm /api/nodes /metrics'.split(' ');
const VIEWERS = 30;
const EACH = 5;

for (const [who, access] of [
  ['lets everybody in', { VITALS_AUTH: 'none' }],
  [
    'believes a proxy',
    { VITALS_AUTH: 'proxy', VITALS_TRUSTED_PROXIES: '127.0.0.1', VITALS_AUTH_HEADER: 'x-user' },
  ],
] as const) {
  test(`a server that ${who} answers others beside thirty viewers who open everything and hostile strangers`, async () => {
    test.setTimeout(240_000);
    const open = await startVitals({ ...demo.settings, ...access });
    const ask = (path: string, user: string, from = '10.0.0.1'): Promise<number> =>
      new Promise((resolve) => {
        const headers = 'VITALS_AUTH_HEADER' in access ? { 'x-user': user, 'x-forwarded-for': from } : {};
        const asked = send(`${open.url}${path}`, { agent: false, headers }, (response) => {
          response.resume().on('error', () => resolve(0));
          response.on('end', () => resolve(response.statusCode ?? 0));
        });
        asked.on('error', () => resolve(0));
        asked.end();
      });
    try {
      await waitFor(async () => (await ask('/api/readyz', 'good')) === 200, 30_000, 'the demo swarm');
      if ('VITALS_AUTH_HEADER' in access) await expectTurns(ask);
      const hostile = startHostile(open.url, 500, ALL_KINDS.filter(isPatient), '/_next/static/x.js');
      const asked = Array.from({ length: VIEWERS * EACH }, (_, index) =>
        ask(OPEN_PATHS[index % OPEN_PATHS.length] ?? '/', `viewer ${index % VIEWERS}`),
      );
      await waitFor(async () => (await ask('/api/healthz', 'good')) === 200, ANSWER_WITHIN_MS, 'health');
      await waitFor(async () => (await ask('/nodes', 'good')) === 200, ANSWER_WITHIN_MS, 'a page');
      const answers = new Set(await Promise.all(asked));
      hostile.close();
      // 503: asked to come again; 0: closed, as the oldest connection of a crowd is.
      expect([...answers].filter((status) => ![200, 503, 0].includes(status))).toEqual([]);
      expect(answers).toContain(200);
      expect(open.readMemoryBytes()).toBeLessThan(LIMIT_BYTES);
      expect(await ask('/', 'good')).toBe(200);
    } finally {
      await open.kill();
    }
  });
}

test('where everybody is let in, who has a page open is answered beside a crowd that comes later, though all have one address', async () => {
  test.setTimeout(240_000);
  const open = await startVitals({ ...demo.settings, VITALS_AUTH: 'none' });
  // As a browser does, which keeps its connections.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let cookie = '';
  const ask = (path: string) =>
    new Promise<number>((resolve) => {
      const asked = send(
        `${open.url}${path}`,
        { headers: { accept: 'text/html', cookie }, agent },
        (response) => {
          cookie ||= response.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      asked.on('error', () => resolve(0)).end();
    });
  try {
    await waitFor(async () => (await ask('/api/readyz')) === 200, 30_000, 'the demo swarm');
    expect(await ask('/')).toBe(200);
    const hostile = startHostile(open.url, 1.2 * MAX_WAITING, ['pages'], '');
    try {
      await waitFor(() => hostile.open() > MAX_WAITING, 60_000, 'the crowd');
      // The line is full by then, so that who has just come is refused, or waits for all of it.
      await sleep(5_000);
      for (let n = 0; n < 5; n += 1)
        expect([await ask(`/nodes?page=${n}`), await ask('/api/swarm')]).toEqual([200, 200]);
    } finally {
      hostile.close();
    }
  } finally {
    agent.destroy();
    await open.kill();
  }
});

test('a build holds code and nothing else, whatever lay beside the sources', () => {
  const standalone = join(root, '.next/standalone');
  expect(readdirSync(standalone).toSorted()).toEqual(
    [
      ...['.next', 'lib', 'licenses.txt', 'marked', 'node_modules', 'package.json', 'serve.js'],
      ...(existsSync(join(root, 'public')) ? ['public'] : []),
    ].toSorted(),
  );
  expect(readdirSync(join(standalone, 'node_modules'))).not.toContain('sharp');
  expect(readFileSync(join(standalone, 'licenses.txt'), 'utf8')).toContain('dockerode');
});

test('a process that may open no more files still serves the built ones, and lives on', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const status = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const asked = send(`${vitals.url}${path}`, { headers: { cookie }, agent }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
      asked.on('error', reject).end();
    });
  const allow = (files: string) =>
    execFileSync('prlimit', ['--pid', String(vitals.pid), `--nofile=${files}`], { stdio: 'ignore' });
  const soft =
    /Max open files\s+(\d+)/.exec(readFileSync(`/proc/${vitals.pid}/limits`, 'utf8'))?.[1] ?? '1024';
  expect(await status('/icon.svg')).toBe(200);
  try {
    allow('3:');
    expect([
      await status('/icon.svg'),
      await status('/manifest.webmanifest'),
      await status('/api/healthz'),
    ]).toEqual([200, 200, 200]);
  } finally {
    allow(`${soft}:`);
    agent.destroy();
  }
  expect((await get('/')).status).toBe(200);
});
