import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { type Handler, sendJson, startTestServer, type TestServer } from '#lib/testing/start-test-server.ts';
import { createKeptLimit } from './create-kept-limit.ts';
import { type ByteBudgets, createByteBudget, createByteBudgets } from './transport/create-byte-budget.ts';

let server: TestServer;
afterEach(() => server.stop());

const start = async (handlers: Record<string, Handler>) => {
  server = await startTestServer(handlers);
  return server;
};

/** Sends without end, as fast as it is taken. */
const flood = (response: ServerResponse, bytes: Buffer) => {
  const write = () => {
    while (!response.destroyed && response.write(bytes));
  };
  response.on('drain', write);
  write();
};
/** The same on the wire, after a head (or none). */
const floodWire = (response: ServerResponse, head: string, text: string) => {
  const { socket } = response;
  if (socket === null) return;
  socket.write(head);
  const bytes = Buffer.from(text.repeat(10_000));
  const write = () => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', write);
  write();
};
const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const zipped = (body: Buffer, encoding: string) => (response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': encoding });
  response.end(body);
};
const MEGABYTE = Buffer.alloc(1_000_000, ' ');
const LIMITS = { limits: { engineMs: 20_000, infoMs: 20_000, versionMs: 20_000, swarmListMs: 20_000 } };

/** How long nothing else ran, while `work` was done. */
async function measureStallMs(work: () => Promise<unknown>): Promise<number> {
  let maxMs = 0;
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    maxMs = Math.max(maxMs, nowMs - lastMs);
    lastMs = nowMs;
  }, 5);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.max(maxMs, performance.now() - lastMs);
}

const nested = (bytes: number) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2);
const objects = (bytes: number) =>
  `[${Array.from({ length: bytes / 12 }, (_, at) => `{"k${at}":1}`).join(',')}]`;

/** What a path is asked by, and an answer to it that no Docker gives. */
const ATTACKS: Record<string, { path: string; kind?: 'garbled'; respond(response: ServerResponse): void }> = {
  '250 kB of gzip that become 250 MB': {
    path: '/info',
    respond: zipped(gzipSync(Buffer.alloc(250_000_000, ' ')), 'gzip'),
  },
  'gzip in gzip members without end': {
    path: '/nodes',
    respond(response) {
      response.writeHead(200, { 'Content-Encoding': 'gzip' });
      flood(response, gzipSync(MEGABYTE));
    },
  },
  'a ping of megabytes': { path: '/_ping', respond: (response) => flood(response, MEGABYTE) },
  'a version of megabytes': { path: '/version', respond: (response) => flood(response, MEGABYTE) },
  'an /info of megabytes': { path: '/info', respond: (response) => flood(response, MEGABYTE) },
  'a list of nodes without end': { path: '/nodes', respond: (response) => flood(response, MEGABYTE) },
  'containers without end': { path: '/containers/json', respond: (response) => flood(response, MEGABYTE) },
  'an inspect without end': { path: '/containers/a/json', respond: (response) => flood(response, MEGABYTE) },
  'an error without end': {
    path: '/nodes',
    respond(response) {
      response.writeHead(500);
      flood(response, MEGABYTE);
    },
  },
  'a Content-Length of an exabyte': {
    path: '/info',
    respond: (response) =>
      void response.writeHead(200, { 'Content-Length': '1000000000000000000' }).write('{'),
  },
  'an /info nested 400,000 levels deep': {
    path: '/info',
    respond: (response) => response.end(nested(800_000)),
  },
  'nodes nested a million levels deep': {
    path: '/nodes',
    respond: (response) => response.end(`[${nested(2_000_000)}]`),
  },
  'an inspect nested a million levels deep': {
    path: '/containers/a/json',
    respond: (response) => response.end(`{"Id":"a","State":${nested(2_000_000)}}`),
  },
  'an inspect of 100,000 objects that are all unlike': {
    path: '/containers/a/json',
    respond: (response) => response.end(`{"Id":"a","State":{},"More":${objects(1_200_000)}}`),
  },
  'a container with 500,000 labels': {
    path: '/containers/json',
    respond: (response) =>
      response.end(`[{"Id":"a","State":"running","Labels":{${'"a":"b",'.repeat(200_000)}"c":"d"}}]`),
  },
  'a million containers': {
    path: '/containers/json',
    respond: (response) => response.end(`[${'{},'.repeat(1_000_000)}{}]`),
  },
  'a million nodes': {
    path: '/nodes',
    respond: (response) => response.end(`[${'{},'.repeat(1_000_000)}{}]`),
  },
  'headers of a megabyte': {
    path: '/info',
    respond: (response) => void response.socket?.write(`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(1_000_000)}`),
  },
  // Node itself ends these two, without saying why.
  'trailers of megabytes': {
    path: '/info',
    kind: 'garbled',
    respond(response) {
      const { socket } = response;
      socket?.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n');
      socket?.write('A: b\r\n'.repeat(1_000_000));
    },
  },
  'chunk extensions of megabytes': {
    path: '/info',
    kind: 'garbled',
    respond: (response) =>
      void response.socket?.write(
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;${'x'.repeat(2_000_000)}\r\n{}\r\n0\r\n\r\n`,
      ),
  },
  'a list in chunks of a byte, each of which takes a hundred bytes of memory': {
    path: '/containers/json',
    respond: (response) => floodWire(response, CHUNKED, '1\r\n \r\n'),
  },
  'line breaks before its answer, without end': {
    path: '/nodes',
    respond: (response) => floodWire(response, '', '\r\n'),
  },
  'zeros before the length of a chunk, without end': {
    path: '/nodes',
    respond: (response) => floodWire(response, CHUNKED, '0'),
  },
  'interim answers without end': {
    path: '/info',
    respond: (response) => void response.socket?.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(10_000)),
  },
};

const ask = (engine: ReturnType<TestServer['client']>, path: string): Promise<unknown> => {
  if (path === '/_ping') return engine.ping(20_000);
  if (path === '/nodes') return engine.listNodes();
  if (path === '/containers/json') return engine.listContainers();
  return path === '/containers/a/json' ? engine.inspectContainer('a') : engine.identify(20_000);
};

describe('an engine that answers with more than Docker does', () => {
  it.each(Object.entries(ATTACKS))(
    '%s: it is said, and holds up nothing',
    async (_, { path, kind = 'excess', respond }) => {
      const { client } = await start({
        '/info': (__, response) => sendJson(response, { ID: 'e' }),
        [path]: (__, response) => respond(response),
      });
      const engine = client(LIMITS);
      let outcome: unknown = null;
      const stallMs = await measureStallMs(async () => {
        outcome = await ask(engine, path).catch((error: unknown) => error);
      });
      expect(outcome).toBeInstanceOf(EngineError);
      expect(outcome).toMatchObject({ kind });
      // Three seconds and more without limits; the machine may be busy.
      expect(stallMs).toBeLessThan(2_500);
      expect(engine.traffic().bytesRead).toBeLessThan(40_000_000);
    },
  );

  it('is left alone for a while after that, but for a ping, and is not asked again', async () => {
    const { client, asked } = await start({
      '/_ping': (_, response) => response.end('OK'),
      '/nodes': (_, response) => sendJson(response, []),
      '/containers/json': (_, response) => flood(response, MEGABYTE),
    });
    const engine = client(LIMITS);
    await expect(engine.listContainers()).rejects.toMatchObject({
      kind: 'excess',
      message: expect.stringMatching(/containers\/json is larger than 16 MB, where Docker sends some 1 kB/),
    });
    const count = asked.length;
    await expect(engine.listNodes()).rejects.toMatchObject({ kind: 'excess' });
    await expect(engine.identify()).rejects.toMatchObject({ kind: 'excess' });
    expect(asked).toHaveLength(count);
    await engine.ping(1_000);
  });

  it('is not taken for one where sixty logs wait for slow readers, are read on, and are left', async () => {
    const frame = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 100]), Buffer.alloc(100, 'x')]);
    const { client } = await start({
      '/nodes': (_, response) => sendJson(response, []),
      '/containers/a/logs': (_, response) => {
        response.writeHead(200);
        flood(response, Buffer.concat(Array.from({ length: 500 }, () => frame)));
      },
    });
    const engine = client({ ...LIMITS, limits: { ...LIMITS.limits, openMs: 20_000 } });
    for (let round = 0; round < 2; round += 1) {
      const logs = Array.from({ length: 60 }, () =>
        engine.openLog('a', { tail: 10, sinceMs: null, follow: true, onLines() {}, onClose() {} }),
      );
      for (const log of logs) log.pause();
      await new Promise((resolve) => setTimeout(resolve, 1_300));
      for (const log of logs) log.close();
    }
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await engine.listNodes()).toEqual([]);
  });

  it('ends what else is under way with it, streams too', async () => {
    const { client } = await start({
      '/events': (_, response) => void response.writeHead(200).flushHeaders(),
      '/containers/json': (_, response) => flood(response, MEGABYTE),
    });
    const engine = client(LIMITS);
    const closed = new Promise((resolve) => {
      engine.openEvents({
        scope: 'engine',
        sinceMs: null,
        onOpen: () => void engine.listContainers().catch(() => {}),
        onEvent() {},
        onClose: resolve,
      });
    });
    expect(await closed).toMatchObject({ kind: 'excess' });
  });
});

describe('an engine that answers in a way that nobody asked for', () => {
  const cases: [string, (response: ServerResponse) => void, string][] = [
    ['packs with deflate', zipped(deflateSync('[]'), 'deflate'), 'garbled'],
    ['packs with brotli', zipped(brotliCompressSync('[]'), 'br'), 'garbled'],
    ['says that it packs with zstd', zipped(Buffer.from('[]'), 'zstd'), 'garbled'],
    ['packs twice', zipped(gzipSync(gzipSync('[]')), 'gzip, gzip'), 'garbled'],
    [
      'redirects',
      (response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/nodes' }).end(),
      'garbled',
    ],
    ['says that there is no content', (response) => response.writeHead(204).end(), 'garbled'],
    [
      'gives a Content-Length that is too long',
      (response) => void response.socket?.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[]'),
      'timeout',
    ],
    [
      'gives two lengths',
      (response) =>
        void response.socket?.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]'),
      'garbled',
    ],
  ];
  it.each(cases)('%s', async (_, respond, kind) => {
    const { client } = await start({ '/nodes': (__, response) => respond(response) });
    await expect(client().listNodes()).rejects.toMatchObject({ kind });
  });

  it('wants to speak another protocol (101)', async () => {
    const { client } = await start({
      '/nodes': (_, response) =>
        void response.socket?.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: tcp\r\nConnection: Upgrade\r\n\r\n[]',
        ),
    });
    await expect(client().listNodes()).rejects.toBeInstanceOf(EngineError);
  });

  it('says more than it announced: what follows is not taken for the next answer', async () => {
    let asked = 0;
    const poisoned = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        asked += 1;
        const body = chunk.toString().includes('/version')
          ? '{"ApiVersion":"1.41","MinAPIVersion":"1.12"}'
          : '[]';
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n[{"ID":"poisoned"}]');
      });
    });
    server = await startTestServer({});
    await new Promise<void>((resolve) => server.server.close(() => resolve()));
    await new Promise<void>((resolve) => poisoned.listen(server.port, '127.0.0.1', resolve));
    const engine = server.client();
    const nodes = await engine.listNodes().catch((error: unknown) => error);
    expect(nodes instanceof EngineError || (Array.isArray(nodes) && nodes.length <= 1)).toBe(true);
    expect(asked).toBeGreaterThan(0);
    engine.close();
    await new Promise((resolve) => poisoned.close(resolve));
  });
});

describe('an engine that answers in what is not quite HTTP', () => {
  const cases: [string, string][] = [
    ['lines that end as in a file', 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n'],
    ['a last line that ends so', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\n'],
    ['a name that is no word', 'HTTP/1.1 200 OK\r\nF(o)o: x\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ];
  it.each(cases)('%s: it is said at once, of a list and of events', async (_, text) => {
    const answer: Handler = (__, response) => void response.socket?.write(`${text}2\r\n[]\r\n`);
    const { client } = await start({ '/nodes': answer, '/events': answer });
    const engine = client();
    const closed = new Promise((resolve) => {
      engine.openEvents({ scope: 'engine', sinceMs: null, onOpen() {}, onEvent() {}, onClose: resolve });
    });
    await expect(engine.listNodes()).rejects.toThrow('but not in HTTP');
    expect(await closed).toMatchObject({ message: expect.stringContaining('but not in HTTP') });
  });

  it('an answer that nobody asked for is not taken for that of the next question', async () => {
    const { client, sockets } = await start({ '/nodes': (_, response) => sendJson(response, []) });
    const engine = client();
    await engine.listNodes();
    for (const socket of sockets)
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n[{"ID":"poisoned"}]');
    expect(await engine.listNodes()).toEqual([]);
  });
});

describe('an event stream that brings more than an engine has to say', () => {
  const event = (more: object = {}) =>
    JSON.stringify({
      ...{ Type: 'container', Action: 'exec_die', time: 1_800_000_000, timeNano: 1.8e18 },
      Actor: { ID: 'c', Attributes: { 'com.docker.swarm.task.id': 't', exitCode: '0', ...more } },
    });
  const cases: [string, Buffer][] = [
    ['100,000 events a second', Buffer.from(`${event()}\n`.repeat(500))],
    ['events of half a megabyte', Buffer.from(`${event({ label: 'x'.repeat(500_000) })}\n`)],
    ['a line that does not end', MEGABYTE],
    ['an event that is nested deep', Buffer.from(`${nested(20_000)}\n`)],
    ['an event of 100,000 labels', Buffer.from(`{"a":{${'"a":1,'.repeat(100_000)}"b":1}}\n`)],
    ['empty lines', Buffer.alloc(65_536, '\n')],
    ['blanks', Buffer.alloc(65_536, ' \n')],
    ['lines that are too long to be looked at', Buffer.from(`${'x'.repeat(1_100_000)}\n`)],
  ];
  it.each(cases)('%s: it is ended with the reason', async (_, bytes) => {
    const { client } = await start({
      '/events': (__, response) => {
        response.writeHead(200);
        flood(response, bytes);
      },
    });
    const engine = client({ limits: { openMs: 20_000 } });
    let events = 0;
    const closed = new Promise((resolve) => {
      engine.openEvents({
        scope: 'engine',
        sinceMs: null,
        onOpen() {},
        onEvent: () => {
          events += 1;
        },
        onClose: resolve,
      });
    });
    expect(await closed).toMatchObject({ kind: 'excess' });
    expect(events).toBeLessThan(60_000);
    await expect(engine.listNodes()).rejects.toMatchObject({ kind: 'excess' });
  });
});

describe('an engine that has more and more to keep, in answers that are each within their limits', () => {
  const budgets = (limits: Partial<ByteBudgets>) => ({ ...createByteBudgets(768_000_000), ...limits });
  const at = (second: number) => new Date(1.7e12 + second * 1_000).toISOString();
  const probe = (second: number) => ({
    ...{ Start: at(second), End: at(second), ExitCode: 1, Output: `${second} ${'é漢'.repeat(4_000)}` },
  });
  const container = (id: string) => ({
    Id: id,
    State: {
      Status: 'running',
      Health: { Status: 'healthy', Log: Array.from({ length: 16 }, (_, second) => probe(second)) },
    },
    Config: { Labels: { 'com.docker.swarm.task.id': id } },
  });
  const ids = (count: number) => Array.from({ length: count }, (_, n) => `c${n}`);
  const inspects = (count: number) =>
    Object.fromEntries(
      ids(count).map((id): [string, Handler] => [
        `/containers/${id}/json`,
        (_, response) => sendJson(response, container(id)),
      ]),
    );
  const task = (id: string, service: string) => ({
    ...{ ID: id, ServiceID: service, Slot: 1, DesiredState: 'running' },
    Status: { State: 'running', Err: `${id} ${'x'.repeat(16_000)}` },
  });

  it('containers whose probes print as much as they may: it is given up, and nothing of it counted any more', async () => {
    const { client } = await start(inspects(20));
    const kept = createByteBudget(100_000_000);
    const engine = client({ ...LIMITS, budgets: budgets({ kept, keptOfEngineBytes: 1_000_000 }) });
    const read = ids(20).map((id) => () => engine.inspectContainer(id));
    for (const one of read.slice(0, 7)) expect(await one()).not.toBeNull();
    expect(kept.heldBytes()).toBeGreaterThan(400_000);
    const more = read.slice(7).reduce((last, one) => last.then(one), Promise.resolve<unknown>(null));
    await expect(more).rejects.toMatchObject({
      kind: 'excess',
      message: expect.stringMatching(/tells of its containers is more than 1 MB/),
    });
    expect(kept.heldBytes()).toBe(0);
    await expect(engine.listNodes()).rejects.toMatchObject({ kind: 'excess' });
  });

  it('the same container again and again, and others after it is gone, are no more than it is', async () => {
    const { client } = await start({
      ...inspects(20),
      '/containers/json': (_, response) => sendJson(response, []),
    });
    const engine = client({ ...LIMITS, budgets: budgets({ keptOfEngineBytes: 200_000 }) });
    for (let round = 0; round < 30; round += 1) await engine.inspectContainer('c0');
    for (const id of ids(20)) {
      await engine.inspectContainer(id);
      await engine.listContainers();
    }
  });

  it('where all engines together have too much, the one that has the most is given up, and no other', async () => {
    const { client } = await start(inspects(20));
    const shared = budgets({ kept: createByteBudget(800_000), keptOfEngineBytes: 700_000 });
    const [hostile, well] = [client({ ...LIMITS, budgets: shared }), client({ ...LIMITS, budgets: shared })];
    for (const id of ids(7)) await hostile.inspectContainer(id);
    for (const id of ids(6)) await well.inspectContainer(id);
    await expect(hostile.inspectContainer('c0')).rejects.toMatchObject({
      kind: 'excess',
      message: expect.stringMatching(/all engines tell of their containers is more than 800 kB/),
    });
    expect(await well.inspectContainer('c0')).not.toBeNull();
  });

  it('tasks that a manager lists, all at once: the reason says what to do', async () => {
    const { client } = await start({
      '/tasks': (_, response) =>
        sendJson(
          response,
          ids(200).map((id) => task(id, 'web')),
        ),
    });
    const engine = client({ ...LIMITS, budgets: budgets({ keptOfSwarmBytes: 2_000_000 }) });
    await expect(engine.listTasks(null)).rejects.toMatchObject({
      kind: 'excess',
      message: expect.stringMatching(/more than the 2 MB that this server has .* more memory/),
    });
  });

  it('more running tasks than there is memory for replicas: dead ones are not counted', async () => {
    const dead = (id: string) => ({ ...task(id, 'web'), DesiredState: 'shutdown' });
    let ups = 100;
    const { client } = await start({
      '/tasks': (_, response) =>
        sendJson(response, [
          ...ids(ups).map((id) => task(id, 'web')),
          ...ids(50).map((id) => dead(`d${id}`)),
        ]),
    });
    const engine = client({ ...LIMITS, budgets: budgets({ maxReplicas: 100 }) });
    expect(await engine.listTasks(null)).toHaveLength(150);
    ups += 1;
    await expect(engine.listTasks(null)).rejects.toMatchObject({
      kind: 'excess',
      message: expect.stringMatching(/lists more than 100 running tasks.* more memory/),
    });
  });

  it('tasks of one service after another; those of one again and again are no more than they are', async () => {
    const { client } = await start({
      '/tasks': (request, response) => {
        const filters = new URL(request.url ?? '', 'http://x').searchParams.get('filters') ?? '{}';
        const [service = ''] = (JSON.parse(filters) as { service: string[] }).service;
        // Another one's, which nobody asked for, is not taken.
        const more = Array.from({ length: 30 }, (_, n) => task(`${service}-${n}`, service));
        sendJson(response, [...more, task('foreign', 'foreign')]);
      },
    });
    const engine = client({ ...LIMITS, budgets: budgets({ keptOfSwarmBytes: 4_000_000 }) });
    for (let round = 0; round < 20; round += 1) expect(await engine.listTasks(['s0'])).toHaveLength(30);
    const more = ['s1', 's2', 's3', 's4', 's5'].map((id) => () => engine.listTasks([id]));
    await expect(
      more.reduce((last, one) => last.then(one), Promise.resolve<unknown>(null)),
    ).rejects.toMatchObject({ kind: 'excess' });
  });

  it('errors as long as they may be, each of which is in sentences, pictures and records: fewer are enough', async () => {
    const { client } = await start({
      '/tasks': (_, response) =>
        sendJson(
          response,
          ids(400).map((id) => task(id, 'web')),
        ),
    });
    // 400 × 4 kB is 1.6 MB.
    const engine = client({ ...LIMITS, budgets: budgets({ keptOfSwarmBytes: 10_000_000 }) });
    await expect(engine.listTasks(null)).rejects.toMatchObject({ kind: 'excess' });
  });

  it('an honest swarm of 36,000 replicas, with labels and five probes each, fits in the stack’s memory', () => {
    const shared = createByteBudgets(768_000_000);
    const fail = (error: EngineError) => {
      throw error;
    };
    const manager = createKeptLimit('manager', shared, fail);
    const labels = Object.fromEntries(ids(8).map((id) => [`com.example.${id}`, 'a value of a label']));
    manager.nodes(ids(200).map((id) => buildNode({ id, labels })));
    manager.services(
      null,
      ids(1_800).map((id) => buildService({ id })),
    );
    manager.tasks(
      null,
      Array.from({ length: 36_000 }, (_, n) => buildTask({ id: `task-${n}`, serviceId: `c${n % 1_800}` })),
    );
    const probes = Array.from({ length: 5 }, (_, n) =>
      buildProbe({ startedAtMs: n, output: 'x'.repeat(60) }),
    );
    for (let node = 0; node < 200; node += 1) {
      const engine = createKeptLimit(`engine ${node}`, shared, fail);
      const own = Array.from({ length: 180 }, (_, n) => `${node}-${n}`.padStart(64, 'c'));
      engine.containersListed(own);
      for (const id of own) engine.container(id, buildCheckedContainer({ probes }, { id }));
    }
    expect(shared.kept.heldBytes()).toBeGreaterThan(50_000_000);
  });

  it('nodes with labels that grow when what is hidden in them is written out', async () => {
    const Labels = Object.fromEntries(ids(60).map((id) => [id, '\u007f'.repeat(1_000)]));
    const { client } = await start({
      '/nodes': (_, response) =>
        sendJson(
          response,
          ids(40).map((id) => ({ ID: id, Spec: { Labels } })),
        ),
    });
    const engine = client({ ...LIMITS, budgets: budgets({ keptOfSwarmBytes: 2_000_000 }) });
    await expect(engine.listNodes()).rejects.toMatchObject({
      kind: 'excess',
      message: expect.stringMatching(/nodes, services, networks and tasks .* more than the 2 MB/),
    });
  });

  it('containers that are listed and never told more of', async () => {
    const { client } = await start({
      '/containers/json': (_, response) =>
        sendJson(
          response,
          ids(2_000).map((id) => ({ Id: id, State: 'running', Labels: {} })),
        ),
    });
    const engine = client({ ...LIMITS, budgets: budgets({ keptOfEngineBytes: 2_000_000 }) });
    await expect(engine.listContainers()).rejects.toMatchObject({
      kind: 'excess',
      message: expect.stringMatching(/tells of its containers is more than 2 MB/),
    });
  });

  it('answers of megabytes without a pause', async () => {
    // A machine that has much else to do reads less than that a second: then the second is longer.
    const now = performance.now.bind(performance);
    const fromMs = now();
    const slow = vi.spyOn(performance, 'now').mockImplementation(() => fromMs + (now() - fromMs) / 20);
    onTestFinished(() => slow.mockRestore());
    const big = { Id: 'c0', State: { Running: true }, Config: { Env: ['x'.repeat(3_500_000)] } };
    const body = JSON.stringify(big);
    const { client, asked } = await start({
      '/containers/c0/json': (_, response) => void response.end(body),
    });
    const engine = client(LIMITS);
    const read = async () => {
      for (let n = 0; n < 200; n += 1) await engine.inspectContainer('c0');
    };
    await expect(read()).rejects.toMatchObject({
      kind: 'excess',
      message: expect.stringMatching(/more than 10 MB a second/),
    });
    expect(asked.length).toBeLessThan(120);
  });
});
