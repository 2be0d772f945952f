import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Handler, sendJson, startTestServer, type TestServer } from '#lib/testing/start-test-server.ts';

let server: TestServer;
afterEach(() => server.stop());

const start = async (handlers: Record<string, Handler>) => {
  server = await startTestServer(handlers);
  return server;
};
const node = (ID: string) => ({ ID, Spec: { Role: 'worker' }, Status: { State: 'ready' } });
const head = (response: ServerResponse, length: number) =>
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(length) });

const sendZipped = (response: ServerResponse, body: Buffer) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
  response.end(body);
};

describe('createDockerClient: answers that are not as they should be', () => {
  const cases: [string, Handler, string][] = [
    ['never answers', () => {}, 'timeout'],
    [
      'stalls in the body',
      (_, response) => {
        head(response, 100);
        response.write('[{"ID":');
      },
      'timeout',
    ],
    [
      'drips',
      (_, response) => {
        head(response, 100_000);
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      'timeout',
    ],
    [
      'cuts the body',
      (_, response) => {
        head(response, 100);
        response.write('[{"ID":');
        setTimeout(() => response.destroy(), 20);
      },
      'garbled',
    ],
    [
      'cuts a chunked body that would be JSON already',
      (_, response) => {
        response.writeHead(200);
        response.write('[]');
        setTimeout(() => response.destroy(), 20);
      },
      'garbled',
    ],
    ['sends HTML with 200', (_, response) => response.end('<html>Welcome to the hotel</html>'), 'garbled'],
    ['sends nothing', (_, response) => response.end(), 'garbled'],
    ['sends null', (_, response) => sendJson(response, null), 'garbled'],
    ['sends an object', (_, response) => sendJson(response, { message: 'hello' }), 'garbled'],
    ['sends broken JSON', (_, response) => response.end('[{"ID":"a"},'), 'garbled'],
    [
      'sends more than we take',
      (_, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'.repeat(60_000)), 1);
        response.on('close', () => clearInterval(timer));
      },
      'excess',
    ],
    [
      'says 403 in HTML',
      (_, response) => response.writeHead(403).end('<html><body>Forbidden</body></html>'),
      'forbidden',
    ],
    [
      'cuts the body of an error',
      (_, response) => {
        response.writeHead(503, { 'Content-Length': '100' });
        response.write('{"mess');
        setTimeout(() => response.destroy(), 20);
      },
      'unreachable',
    ],
    [
      'stalls in the body of an error',
      (_, response) => {
        response.writeHead(503, { 'Content-Length': '100' });
        response.write('{"mess');
      },
      'timeout',
    ],
    ['says that it is gzip', (_, response) => sendZipped(response, Buffer.from('[]')), 'garbled'],
    [
      'cuts off what is compressed',
      (_, response) => sendZipped(response, gzipSync('[]').subarray(0, 12)),
      'garbled',
    ],
    [
      'sends a few kB that become more than we take',
      (_, response) => sendZipped(response, gzipSync(`[${' '.repeat(10_000_000)}]`)),
      'excess',
    ],
    ['answers no HTTP', (request) => void request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'), 'garbled'],
    ['always resets', (request) => void request.socket.destroy(), 'unreachable'],
    [
      'is no manager',
      (_, response) => sendJson(response, { message: 'This node is not a swarm manager. …' }, 503),
      'not-manager',
    ],
  ];
  it.each(cases)('%s', async (_, handler, kind) => {
    const { client } = await start({ '/nodes': handler });
    const engine = client({ answers: { maxBytes: 500_000 } });
    await expect(engine.listNodes()).rejects.toMatchObject({ name: 'EngineError', kind });
  });

  it('leaves out and reports what has no id, and keeps the rest', async () => {
    const { client } = await start({
      '/nodes': (_, response) => sendJson(response, [node('a'), {}, null, 5]),
    });
    const onWarning = vi.fn();
    expect(await client({ onWarning }).listNodes()).toMatchObject([{ id: 'a' }]);
    expect(onWarning).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('3 of 4 entries of /nodes'));
  });

  it.each([301, 302, 307, 308])('does not follow a redirect (%i)', async (statusCode) => {
    const { client, asked, connections } = await start({
      '/nodes': (_, response) => {
        response.writeHead(statusCode, { Location: `http://127.0.0.1:${server.port}/elsewhere` }).end();
      },
    });
    await expect(client().listNodes()).rejects.toMatchObject({ kind: 'garbled', statusCode });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toEqual(['/version', '/v1.41/nodes']);
    expect(connections()).toBe(1);
  });
});

describe('createDockerClient: connections', () => {
  it('uses GET alone, and one kept-alive connection for one call after another', async () => {
    const { client, methods, connections } = await start({
      '/nodes': (_, response) => sendJson(response, [node('a')]),
      '/containers/gone/json': (_, response) => sendJson(response, { message: 'No such container' }, 404),
    });
    const engine = client();
    for (let round = 0; round < 5; round += 1) {
      await engine.listNodes();
      expect(await engine.inspectContainer('gone')).toBeNull();
    }
    expect(connections()).toBe(1);
    expect([...methods]).toEqual(['GET']);
    expect(engine.traffic().requests).toBe(11);
    expect(engine.traffic().bytesRead).toBeGreaterThan(11 * 50);
  });

  it('asks again, once, when the connection was reset', async () => {
    let times = 0;
    const { client } = await start({
      '/nodes': (request, response) => {
        times += 1;
        if (times === 2) request.socket.resetAndDestroy();
        else sendJson(response, [node('a')]);
      },
    });
    const engine = client();
    await engine.listNodes();
    expect(await engine.listNodes()).toHaveLength(1);
    expect(times).toBe(3);
  });

  it('reaches an engine whose proxy was restarted after a rush of reads', async () => {
    const old = new Set<unknown>();
    const waiting: (() => void)[] = [];
    const { client } = await start({
      '/nodes': ({ socket }, response) => {
        if (waiting.length === 6) {
          if (old.has(socket)) socket.resetAndDestroy();
          else sendJson(response, [node('a')]);
          return;
        }
        old.add(socket);
        waiting.push(() => sendJson(response, [node('a')]));
        if (waiting.length === 6) for (const answer of waiting) answer();
      },
    });
    const engine = client();
    await Promise.all(Array.from({ length: 6 }, () => engine.listNodes()));
    expect(old.size).toBe(6);
    expect(await engine.listNodes()).toHaveLength(1);
    expect(await engine.listNodes()).toHaveLength(1);
  });

  it('asks no more than so many at a time, and gives a place back when a call fails', async () => {
    let now = 0;
    let max = 0;
    const { client } = await start({
      '/nodes': (_, response) => {
        now += 1;
        max = Math.max(max, now);
        setTimeout(() => {
          now -= 1;
          if (Math.random() < 0.3) response.destroy();
          else sendJson(response, [node('a')]);
        }, 5);
      },
    });
    const engine = client({ limits: { maxConcurrent: 4, swarmListMs: 5000 } });
    const results = await Promise.allSettled(Array.from({ length: 60 }, () => engine.listNodes()));
    expect(results).toHaveLength(60);
    expect(max).toBe(4);
  });

  it('counts the time in line too', async () => {
    const { client } = await start({ '/nodes': () => {} });
    const engine = client({ limits: { maxConcurrent: 1, swarmListMs: 100 } });
    const startedAt = performance.now();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => engine.listNodes()));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('pings though every place is taken, and takes only Docker’s answer', async () => {
    let body = 'OK';
    const { client } = await start({ '/nodes': () => {}, '/_ping': (_, response) => response.end(body) });
    const engine = client({ limits: { maxConcurrent: 1 } });
    const list = engine.listNodes().catch(() => {});
    await engine.ping(200);
    body = '<html>';
    await expect(engine.ping(200)).rejects.toMatchObject({ kind: 'garbled' });
    await list;
  });

  it('lists though logs hang, and refuses one more that is to be followed at once', async () => {
    const id = 'a'.repeat(64);
    const { client } = await start({
      '/nodes': (_, response) => sendJson(response, [node('a')]),
      [`/containers/${id}/logs`]: (_, response) => response.writeHead(200).flushHeaders(),
    });
    const engine = client({
      limits: { maxConcurrent: 2, maxLogs: 3, engineMs: 5_000, openMs: 5_000, versionMs: 5_000 },
    });
    const range = { tail: 1, sinceMs: null, untilMs: null };
    for (let count = 0; count < 20; count += 1) engine.readLog(id, range).catch(() => {});
    const follow = () =>
      new Promise<{ close(): void; why: string | null }>((resolve) => {
        const log = engine.openLog(id, {
          ...{ tail: 1, sinceMs: null, follow: true, onLines: () => {} },
          onOpen: () => resolve({ close: log.close, why: null }),
          onClose: (error) => resolve({ close: log.close, why: error?.message ?? 'ended' }),
        });
      });
    const followed = await Promise.all([follow(), follow(), follow()]);
    expect(await engine.listNodes()).toHaveLength(1);
    expect((await follow()).why).toMatch(/^3 logs of tcp:.* are read already\.$/);
    followed[0]?.close();
    expect((await follow()).why).toBeNull();
  });

  it('never sends the secret of the agents in clear', async () => {
    const { client, asked, connections } = await start({});
    const engine = client({ agentSecret: 'hunter2' });
    const error = await engine.ping(200).catch((cause: Error) => cause);
    expect([asked, connections()]).toEqual([[], 0]);
    expect(String(error)).toContain("no place to send an agent's secret to");
    expect(String(error)).not.toContain('hunter2');
  });

  it('asks nobody but agents for compressed answers', async () => {
    const accepted: (string | undefined)[] = [];
    const { client } = await start({
      '/nodes': (request, response) => {
        accepted.push(request.headers['accept-encoding']);
        sendJson(response, []);
      },
    });
    await client().listNodes();
    expect(accepted).toEqual([undefined]);
  });

  it('ends everything when it is closed, and stays closed', async () => {
    const { client, sockets } = await start({
      '/nodes': () => {},
      '/events': (_, response) => response.writeHead(200).flushHeaders(),
      '/_ping': (_, response) => response.end('OK'),
    });
    const engine = client();
    await engine.ping(200);
    const onClose = vi.fn();
    await new Promise<void>((onOpen) => {
      engine.openEvents({ scope: 'both', sinceMs: null, onOpen, onEvent: () => {}, onClose });
    });
    const list = engine.listNodes();
    list.catch(() => {});
    await vi.waitFor(() => expect(sockets.size).toBe(3));
    engine.close();
    engine.close();
    await expect(list).rejects.toMatchObject({ kind: 'closed' });
    await expect(engine.identify()).rejects.toMatchObject({ kind: 'closed' });
    expect(onClose).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ kind: 'closed' }));
    const late = vi.fn();
    engine.openEvents({ scope: 'both', sinceMs: null, onOpen: late, onEvent: late, onClose: late });
    await vi.waitFor(() => expect(sockets.size).toBe(0));
    expect(late).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ kind: 'closed' }));
  });

  it('refuses an id that would lead elsewhere', async () => {
    const { client, asked } = await start({});
    const engine = client();
    for (const id of ['', '../../info', 'a/b', 'a?all=1', 'a#', '%2e%2e']) {
      await expect(engine.inspectContainer(id)).rejects.toMatchObject({ kind: 'garbled' });
    }
    expect(asked).toEqual([]);
  });

  it('says what is wrong with an endpoint that nobody serves', async () => {
    const { client } = await start({});
    await server.stop();
    await expect(client().identify()).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('nothing listens'),
    });
  });
});

describe('createDockerClient: lists', () => {
  it('keeps exactly the services asked for, though the filter takes prefixes', async () => {
    const service = (ID: string) => ({ ID, Spec: { Name: ID, Mode: { Global: {} } } });
    const { client, asked } = await start({
      '/services': (_, response) => sendJson(response, [service('abc'), service('abcd')]),
    });
    expect((await client().listServices(['abc'])).map(({ id }) => id)).toEqual(['abc']);
    const query = new URL(asked[1] ?? '', 'http://x').searchParams;
    expect(query.get('filters')).toBe('{"id":["abc"]}');
  });

  it('takes tasks of the services that are still there', async () => {
    const { client } = await start({
      '/tasks': (request, response) => {
        const filters = new URL(request.url ?? '', 'http://x').searchParams.get('filters') ?? '{}';
        const ids: string[] = JSON.parse(filters).service;
        if (ids.includes('gone')) sendJson(response, { message: 'service gone not found' }, 404);
        else
          sendJson(
            response,
            ids.map((id) => ({ ID: `t-${id}`, ServiceID: id })),
          );
      },
    });
    const tasks = await client().listTasks(['a', 'gone', 'b']);
    expect(tasks.map(({ id }) => id).sort()).toEqual(['t-a', 't-b']);
  });

  it('takes tasks that are over from what is known, and asks by id what became of the others', async () => {
    const toJson = (id: string, state: string, desired: string) => ({
      ID: id,
      ServiceID: 'a',
      Status: { State: state },
      DesiredState: desired,
    });
    const filters: Record<string, string[]>[] = [];
    const { client } = await start({
      '/tasks': (request, response) => {
        const asked = JSON.parse(new URL(request.url ?? '', 'http://x').searchParams.get('filters') ?? '{}');
        filters.push(asked);
        const wanted = [toJson('new', 'ready', 'ready'), toJson('up', 'running', 'running')];
        const all = [...wanted, toJson('died', 'failed', 'shutdown'), toJson('over', 'failed', 'shutdown')];
        if (asked.id)
          sendJson(response, [toJson('died', 'failed', 'shutdown'), toJson('died2', 'new', 'new')]);
        else sendJson(response, asked['desired-state'] ? wanted : all);
      },
    });
    const engine = client();
    const known = (await engine.listTasks(['a'])).map((task) =>
      task.id === 'died' ? { ...task, state: 'running' as const, desiredState: 'running' as const } : task,
    );
    const gone = known
      .map((task) => ({ ...task, id: 'removed', desiredState: 'remove' as const }))
      .slice(0, 1);
    const tasks = await engine.relistTasks(['a'], [...known, ...gone]);
    expect(tasks.map(({ id, state }) => `${id} ${state}`).sort()).toEqual([
      'died failed',
      'new ready',
      'over failed',
      'up running',
    ]);
    expect(filters.slice(1)).toEqual([
      { service: ['a'], 'desired-state': ['ready', 'running', 'complete'] },
      { id: ['died', 'removed'] },
    ]);
    expect(await engine.relistTasks(['a'], tasks)).toHaveLength(4);
    expect(filters).toHaveLength(4);
    // Of a part alone, what is known of the others stays, and nobody asks what became of them.
    const part = { namePrefixes: ['a.1.'], has: ({ id }: { id: string }) => id !== 'died' };
    const alive = tasks.map((task) => (task.id === 'died' ? { ...task, state: 'running' as const } : task));
    const again = await engine.relistTasks(['a'], alive, part);
    expect(again.find(({ id }) => id === 'died')?.state).toBe('running');
    expect(filters.slice(4)).toEqual([
      { service: ['a'], name: ['a.1.'], 'desired-state': ['ready', 'running', 'complete'] },
    ]);
  });

  it('asks for dead containers too, and only those of Swarm', async () => {
    const { client, asked } = await start({
      '/containers/json': (_, response) => sendJson(response, [{ Id: 'c', State: 'exited' }]),
    });
    expect(await client().listContainers()).toHaveLength(1);
    const query = new URL(asked[1] ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({ all: '1', filters: '{"is-task":["true"]}' });
  });
});
