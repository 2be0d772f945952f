import { expect, test } from 'vitest';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { encodeMessage } from '#lib/wire/encode-message.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import type { Connection, Position } from './connection.ts';
import { createConnection } from './create-connection.ts';

interface Opened {
  lastEventId: string | null;
  signal: AbortSignal;
  send(message: Message): Promise<void>;
  sendBytes(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/** A server whose streams the test feeds by hand; `status` is what it answers next. */
function start(from: Position | null) {
  const clock = createFakeClock();
  const opened: Opened[] = [];
  const connections: Connection[] = [];
  const messages: Message[] = [];
  const server = { status: 200, isDown: false };
  const fetchStream = async (_url: unknown, init?: RequestInit) => {
    if (server.isDown) throw new TypeError('fetch failed');
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
    const body = new ReadableStream<Uint8Array>({
      start(own) {
        controller = own;
      },
    });
    const signal = init?.signal as AbortSignal;
    signal.addEventListener('abort', () => controller?.error(new Error('aborted')));
    opened.push({
      lastEventId: new Headers(init?.headers).get('last-event-id'),
      signal,
      async send(message) {
        await this.sendBytes(encodeMessage(message, 'e1'));
      },
      async sendBytes(bytes) {
        controller?.enqueue(bytes);
        await clock.settle();
      },
      async end() {
        controller?.close();
        await clock.settle();
      },
    });
    return new Response(body, { status: server.status });
  };
  const connection = createConnection(
    '/api/stream',
    {
      onMessage: (message) => messages.push(message),
      onConnection: (next) => connections.push(next),
    },
    from,
    { clock, fetchStream: fetchStream as typeof fetch },
  );
  const last = () => opened.at(-1) as Opened;
  return { clock, opened, connections, messages, server, connection, last };
}

const snapshot = (revision: number): Message => ({
  kind: 'snapshot',
  wire: WIRE_VERSION,
  build: 'b1',
  epoch: 'e1',
  picture: buildSwarmPicture({ revision }),
});
const beat = (revision: number): Message => ({ kind: 'beat', atMs: 1, seenAtMs: 1, revision });
const changes = (from: number): Message => ({ kind: 'changes', from, to: from + 1, atMs: 1, changes: [] });

test('a page that was rendered with a revision resumes there; one without asks for the whole', async () => {
  const drawn = start({ epoch: 'e1', revision: 5 });
  await drawn.clock.settle();
  expect(drawn.last().lastEventId).toBe('e1-5');
  const empty = start(null);
  await empty.clock.settle();
  expect(empty.last().lastEventId).toBeNull();
});

test('a large picture comes slowly, after a wait for it: it is not asked for again while anything comes', async () => {
  const { clock, opened, connections, last } = start(null);
  await clock.settle();
  const bytes = encodeMessage(snapshot(5), 'e1');
  const pieces = [0, 1, 2, 3].map((index) =>
    bytes.subarray(index * 100, index === 3 ? undefined : index * 100 + 100),
  );
  for (const piece of [new TextEncoder().encode(': wait\n\n'), ...pieces]) {
    await clock.advance(4_000);
    await last().sendBytes(piece);
  }
  expect(opened).toHaveLength(1);
  expect(connections.at(-1)?.state).toBe('open');
  // What is open and says no whole word is silent, whatever comes of it.
  await clock.advance(4_000);
  await last().sendBytes(new TextEncoder().encode(': wait\n\n'));
  await clock.advance(2_000);
  expect(connections.at(-1)?.state).toBe('down');
});

test('a stream that was well for a minute and is ended goes on at once, and nobody sees it but where it fails', async () => {
  const { clock, opened, connections, last, server } = start(null);
  await clock.settle();
  await last().send(snapshot(5));
  const beWell = async () => {
    for (let second = 0; second < 62; second += 2) {
      await clock.advance(2_000);
      await last().send(beat(5));
    }
  };
  await beWell();
  await last().end();
  expect(opened.map(({ lastEventId }) => lastEventId)).toEqual([null, 'e1-5']);
  await last().send(beat(5));
  expect(connections).toEqual([{ state: 'open' }]);
  await last().end();
  expect(connections.at(-1), 'one that ends at once is not asked for on and on').toMatchObject({
    state: 'down',
  });
  await clock.advance(1_000);
  await last().send(beat(5));
  await beWell();
  server.isDown = true;
  await last().end();
  expect(connections.at(-1)).toMatchObject({ state: 'down' });
});

test('a stream that ends is opened again where it stood, after a pause that grows', async () => {
  const { clock, opened, connections, last, server } = start(null);
  await clock.settle();
  await last().send(snapshot(5));
  await last().send(changes(5));
  expect(connections.at(-1)).toEqual({ state: 'open' });
  await last().end();
  expect(connections.at(-1)).toMatchObject({ state: 'down', reason: 'The server closed the connection' });
  server.isDown = true;
  const pauses: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const connection = connections.at(-1);
    if (connection?.state !== 'down') return expect.unreachable();
    pauses.push(connection.retryInMs);
    await clock.advance(connection.retryInMs);
  }
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(new Set(pauses).size).toBe(4);
  expect(connections.at(-1)).toMatchObject({ reason: 'The server does not answer' });
  server.isDown = false;
  await clock.advance(10_000);
  expect(opened.at(-1)?.lastEventId).toBe('e1-6');
});

test('a stream that falls silent is given up, and opened again', async () => {
  const { clock, opened, connections, last } = start(null);
  await clock.settle();
  await last().send(snapshot(5));
  const first = last();
  await clock.advance(4_000);
  await first.send(beat(5));
  await clock.advance(4_000);
  expect(opened).toHaveLength(1);
  await clock.advance(3_000);
  expect(connections).toContainEqual(expect.objectContaining({ reason: 'The server fell silent' }));
  expect(first.signal.aborted).toBe(true);
  expect(opened).toHaveLength(2);
});

test.each([
  [401, 'You are signed out: reload this page to sign in'],
  [403, 'The server does not let this page in any more'],
  [503, 'The server answers 503'],
])('an answer of %i is said in words', async (status, reason) => {
  const { clock, connections, server, connection } = start(null);
  server.status = status;
  connection.restart();
  await clock.settle();
  expect(connections.at(-1)).toMatchObject({ state: 'down', reason });
});

test('after a gap the whole picture is asked for', async () => {
  const { clock, opened, messages, last } = start({ epoch: 'e1', revision: 5 });
  await clock.settle();
  await last().send(changes(7));
  await clock.advance(1);
  expect(messages).toEqual([]);
  expect(opened).toHaveLength(2);
  expect(last().lastEventId).toBeNull();
});

test('after sleep it is tried at once; while all is well nothing is done', async () => {
  const { clock, opened, last, connection } = start(null);
  await clock.settle();
  await last().send(snapshot(5));
  connection.check();
  await clock.advance(1);
  expect(opened).toHaveLength(1);
  await clock.advance(3_000);
  connection.check();
  await clock.advance(1);
  expect(opened).toHaveLength(2);
});

test('once closed it stays closed, and leaves no timer', async () => {
  const { clock, opened, last, connection } = start(null);
  await clock.settle();
  const { signal } = last();
  connection.close();
  expect(signal.aborted).toBe(true);
  await clock.advance(60_000);
  expect(opened).toHaveLength(1);
  expect(clock.pendingTimers()).toBe(0);
});
