import type { ServerResponse } from 'node:http';
import { constants, createGzip, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineError, EngineEvent, OpenEventsOptions } from '#lib/engine/port.ts';
import { type Handler, startTestServer, type TestServer } from '#lib/testing/start-test-server.ts';

let server: TestServer;
afterEach(() => server.stop());

const event = (Action: string, id = 'c1', name = 'web.1') =>
  `${JSON.stringify({
    Type: 'container',
    Action,
    Actor: { ID: id, Attributes: { 'com.docker.swarm.task.id': 't', name } },
    time: 10,
    timeNano: 10_500_000_000,
  })}\n`;

/** Opens a stream on a server that answers as set up, and collects what comes. */
async function open(handler: Handler, options: Partial<OpenEventsOptions> = {}, onWarning = vi.fn()) {
  server = await startTestServer({ '/events': handler });
  const client = server.client({ onWarning });
  const events: EngineEvent[] = [];
  const closes: (EngineError | null)[] = [];
  const onOpen = vi.fn();
  const stream = client.openEvents({
    scope: 'engine',
    sinceMs: null,
    onOpen,
    onEvent: (seen) => events.push(seen),
    onClose: (error) => closes.push(error),
    ...options,
  });
  return { client, stream, events, closes, onOpen, onWarning };
}

/** As an agent sends them: each piece is there at once, though the stream goes on. */
function zipInto(response: ServerResponse) {
  const zip = createGzip({ flush: constants.Z_SYNC_FLUSH });
  zip.pipe(response);
  return zip;
}

const zipped =
  (send: (response: ServerResponse) => void): Handler =>
  (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
    response.flushHeaders();
    send(response);
  };

const streaming =
  (send: (response: ServerResponse) => void): Handler =>
  (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    send(response);
  };

/** It closed once, for this reason and after so many events, and let its connection go. */
async function expectOneClose(
  { events, closes }: Awaited<ReturnType<typeof open>>,
  kind: string | null,
  count: number,
) {
  await vi.waitFor(() => expect(closes).toHaveLength(1));
  expect(closes[0]?.kind ?? null).toBe(kind);
  expect(events).toHaveLength(count);
  await vi.waitFor(() => expect(server.sockets.size).toBeLessThanOrEqual(1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(closes).toHaveLength(1);
}

describe('openEvents', () => {
  it('reads several events of one chunk and one event of many chunks, cut anywhere', async () => {
    const text = Buffer.from(event('start', 'c3', 'wéb-€-😀.1'));
    const { events, onOpen, closes } = await open(
      streaming(async (response) => {
        response.write(event('start', 'c1') + event('health_status: unhealthy', 'c2'));
        for (const byte of text) {
          response.write(Buffer.from([byte]));
          await new Promise(setImmediate);
        }
      }),
    );
    await vi.waitFor(() =>
      expect(events.map((seen) => 'containerId' in seen && seen.containerId)).toEqual(['c1', 'c2', 'c3']),
    );
    expect(events[1]).toEqual({
      kind: 'health',
      status: 'unhealthy',
      containerId: 'c2',
      taskId: 't',
      atMs: 10_500,
      engineAtMs: 10_500,
    });
    expect(onOpen).toHaveBeenCalledOnce();
    expect(closes).toEqual([]);
  });

  it('reads each compressed event when it comes, and counts what came over the wire', async () => {
    let more: (text: string) => void = () => {};
    const { client, events, closes } = await open(
      zipped((response) => {
        const zip = zipInto(response);
        more = (text) => void zip.write(text);
        zip.write(event('start', 'c1'));
      }),
    );
    await vi.waitFor(() => expect(events).toHaveLength(1));
    for (let n = 2; n <= 50; n++) more(event('start', `c${n}`));
    await vi.waitFor(() => expect(events).toHaveLength(50));
    expect(closes).toEqual([]);
    expect(client.traffic().bytesRead).toBeLessThan((event('start').length * 50) / 2);
  });

  it.each([
    ['ends', (response: ServerResponse) => void zipInto(response).end(event('die')), null, 1],
    [
      'breaks off',
      (response: ServerResponse) => {
        zipInto(response).write(event('die'));
        setTimeout(() => response.destroy(), 50);
      },
      'unreachable',
      1,
    ],
    [
      'ends in its middle',
      (response: ServerResponse) => void response.end(gzipSync(event('die')).subarray(0, 20)),
      'unreachable',
      0,
    ],
    ['is no gzip', (response: ServerResponse) => void response.write(event('die')), 'unreachable', 0],
  ])('closes once when the compressed stream %s', async (_, send, kind, count) => {
    await expectOneClose(await open(zipped(send)), kind, count);
  });

  it('lets go of a compressed stream when it is closed', async () => {
    const { stream, events } = await open(zipped((response) => void zipInto(response).write(event('die'))));
    await vi.waitFor(() => expect(events).toHaveLength(1));
    stream.close();
    await vi.waitFor(() => expect(server.sockets.size).toBeLessThanOrEqual(1));
  });

  it.each([
    ['ends', (response: ServerResponse) => void response.end(event('die')), null, 1],
    [
      'breaks off',
      (response: ServerResponse) => {
        response.write(event('die'));
        setTimeout(() => response.destroy(), 20);
      },
      'unreachable',
      1,
    ],
    [
      'sends garbage',
      (response: ServerResponse) => void response.write(`${event('die')}<html>\n${event('die')}`),
      'garbled',
      1,
    ],
  ])('closes once when the stream %s', async (_, send, kind, count) => {
    await expectOneClose(await open(streaming(send)), kind, count);
  });

  it.each([
    ['is refused', ((_, response) => response.writeHead(403).end()) as Handler, 'forbidden'],
    ['is never accepted', (() => {}) as Handler, 'timeout'],
  ])('closes once, without opening, when it %s', async (_, handler, kind) => {
    const { closes, onOpen } = await open(handler);
    await vi.waitFor(() => expect(closes).toEqual([expect.objectContaining({ kind })]));
    expect(onOpen).not.toHaveBeenCalled();
  });

  it('stays open long after the time to accept it, though nothing comes', async () => {
    const { closes, onOpen } = await open(streaming(() => {}));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(onOpen).toHaveBeenCalledOnce();
    expect(closes).toEqual([]);
  });

  it.each([0, 1, 5, 20])(
    'can be closed at any moment (after %i ms), without a word or a leak',
    async (delayMs) => {
      const { stream, events, closes } = await open(
        streaming((response) => {
          const timer = setInterval(() => response.write(event('start')), 1);
          response.on('close', () => clearInterval(timer));
        }),
      );
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      stream.close();
      const count = events.length;
      stream.close();
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(events).toHaveLength(count);
      expect(closes).toEqual([]);
      // What remains is the kept-alive connection that /version came over.
      await vi.waitFor(() => expect(server.sockets.size).toBeLessThanOrEqual(1));
    },
  );

  it('drops an event that is too long, says so, and reads on', async () => {
    const { events, closes, onWarning } = await open(
      streaming((response) => {
        response.write(event('start', 'c1', 'x'.repeat(100_000)));
        response.write(event('start', 'c2', 'x'.repeat(1_100_000)));
        response.write(event('start', 'c3'));
      }),
    );
    await vi.waitFor(() => expect(events).toHaveLength(2));
    expect(onWarning).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('dropped'));
    expect(closes).toEqual([]);
  });

  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
  const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;

  it.each([
    ['in chunks', CHUNKED + chunk(event('start', 'c1') + event('start', 'c2')) + chunk('')],
    [
      'after words that it is to wait',
      `HTTP/1.1 103 Early\r\nLink: x\r\n\r\n${CHUNKED}${chunk(event('start'))}${chunk('')}`,
    ],
    ['until the connection ends', `${HEAD}Connection: close\r\n\r\n${event('start')}`],
    ['with its length', `${HEAD}Content-Length: ${event('start').length}\r\n\r\n${event('start')}`],
    [
      'in chunks, below a long head',
      CHUNKED.replace('OK', `OK\r\nX: ${'x'.repeat(12_000)}`) + chunk(event('start')) + chunk(''),
    ],
  ])('reads a body that comes %s, in pieces of a byte and as a whole', async (_, text) => {
    for (const pieceBytes of [1, text.length]) {
      const { events, closes } = await open(async (_request, { socket }) => {
        for (let at = 0; at < text.length; at += pieceBytes) {
          socket?.write(text.slice(at, at + pieceBytes));
          if (at % 50 === 0) await new Promise(setImmediate);
        }
        socket?.end();
      });
      await vi.waitFor(() => expect(closes).toEqual([null]));
      expect(events.length).toBe(text.split('"start"').length - 1);
      await server.stop();
    }
  });

  it.each([
    ['stops in the middle of a chunk', `${CHUNKED}${chunk(event('start'))}40\r\n{"Type"`],
    ['stops between chunks', CHUNKED + chunk(event('start'))],
    ['goes on with what is no chunk', `${CHUNKED}${chunk(event('start'))}so what\r\n`],
  ])('tells that a stream broke off that %s', async (_, text) => {
    const opened = await open((_request, { socket }) => void socket?.end(text));
    await expectOneClose(opened, 'unreachable', 1);
  });

  it('counts what it reads', async () => {
    const { client, events } = await open(streaming((response) => void response.write(event('start'))));
    await vi.waitFor(() => expect(events).toHaveLength(1));
    expect(client.traffic().bytesRead).toBeGreaterThan(event('start').length);
  });

  it.each([
    ['engine', { type: ['container'], label: ['com.docker.swarm.task.id'] }],
    ['manager', { type: ['node', 'service'], event: ['create', 'update', 'remove'] }],
    ['both', { type: ['container', 'node', 'service'] }],
  ] as const)('asks for what it wants as %s', async (scope, filters) => {
    const { onOpen } = await open(
      streaming(() => {}),
      { scope, sinceMs: 1_795_415_226_077 },
    );
    await vi.waitFor(() => expect(onOpen).toHaveBeenCalled());
    const query = new URL(server.asked.at(-1) ?? '', 'http://x').searchParams;
    const asked = JSON.parse(query.get('filters') ?? '');
    expect(asked).toMatchObject(filters);
    expect(scope === 'engine').toBe('label' in asked);
    expect(query.get('since')).toBe('1795415226.077');
  });
});
