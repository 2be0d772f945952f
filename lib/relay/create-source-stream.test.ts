import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { SourceProblem } from '#lib/model/contract/statement.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock, type FakeClock } from '#lib/testing/fake-clock.ts';
import { RELAY_TOKEN, startRelaySource } from '#lib/testing/start-relay-source.ts';
import { encodeMessage } from '#lib/wire/encode-message.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { createSourceStream, SILENT_MS } from './create-source-stream.ts';

const ID = 'abcdefghijklmnopqrstuvwxy';
const AT_MS = 1_800_000_000_000;

const picture = (revision: number) => ({
  ...buildSwarmPicture({ services: [{ ...buildServicePicture({ id: ID, replicas: [] }), sinceMs: AT_MS }] }),
  nodes: [],
  atMs: AT_MS,
  revision,
});
const snapshot = (revision: number, wire = WIRE_VERSION, epoch = 'e1') =>
  encodeMessage({ kind: 'snapshot', wire, build: 'b', epoch, picture: picture(revision) }, epoch);
const changes = (from: number, to: number) =>
  encodeMessage(
    { kind: 'changes', from, to, atMs: AT_MS, changes: [{ kind: 'service-gone', serviceId: ID }] },
    'e1',
  );
const beat = (revision: number) =>
  encodeMessage({ kind: 'beat', atMs: AT_MS, seenAtMs: AT_MS, revision }, 'e1');

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A real server that answers as it is told, and who follows it on a clock that stands still. */
async function follow(
  answer: (response: ServerResponse, request: IncomingMessage, time: number) => void,
  onMessage: (message: Message) => void = () => {},
) {
  const asked: IncomingMessage[] = [];
  const source = await startRelaySource((request, response) => {
    asked.push(request);
    answer(response, request, asked.length);
  });
  const clock = createFakeClock();
  const messages: Message[] = [];
  const problems: SourceProblem[] = [];
  const stream = createSourceStream(
    source.link,
    {
      onMessage(message) {
        messages.push(message);
        onMessage(message);
      },
      onProblem: (problem) => problems.push(problem),
    },
    clock,
  );
  closing.push(() => {
    stream.close();
    source.close();
  });
  const last = () => problems.at(-1)?.kind;
  return { asked, messages, problems, last, clock, server: source.server };
}

const open = (response: ServerResponse, ...frames: Uint8Array[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const frame of frames) response.write(frame);
};
/** Turns the clock on until it is so. */
const turn = (clock: FakeClock, read: () => unknown) =>
  expect.poll(
    async () => {
      await clock.advance(200);
      return read();
    },
    { timeout: 20_000 },
  );
const until = (done: () => boolean) => expect.poll(done, { timeout: 20_000 }).toBe(true);
const kinds = (messages: readonly Message[]) => messages.map(({ kind }) => kind);

test('what the source says comes in order, and is asked for with the token, in a header alone', async () => {
  const { messages, problems, asked } = await follow((response) =>
    open(response, snapshot(4), changes(4, 5), beat(5)),
  );
  await until(() => messages.length === 3);
  expect(kinds(messages)).toEqual(['snapshot', 'changes', 'beat']);
  expect(problems).toEqual([]);
  expect(asked[0]?.headers.authorization).toBe(`Bearer ${RELAY_TOKEN}`);
  expect(asked[0]?.url).toBe('/api/stream');
});

test('a connection that is cut is opened anew and goes on where it stood: nobody hears of it', async () => {
  const { messages, problems, asked, clock } = await follow((response, _request, time) => {
    if (time > 1) return open(response, changes(4, 5), beat(5));
    open(response, snapshot(4));
    setTimeout(() => response.destroy(), 50);
  });
  await until(() => messages.length === 1);
  await turn(clock, () => messages.length).toBe(3);
  expect(asked[1]?.headers['last-event-id']).toBe('e1-4');
  expect(problems).toEqual([]);
});

test.each([
  ['no header may have', 'e1-\u2192'],
  ['no header has room for', 'x'.repeat(20_000)],
])('an id that %s is not asked with: the swarm is read again after the next cut', async (_what, id) => {
  const { messages, problems, asked, clock } = await follow((response, _request, time) => {
    open(response, Buffer.from(Buffer.from(snapshot(4)).toString().replace('id: e1-4', `id: ${id}`)));
    if (time === 1) setTimeout(() => response.destroy(), 50);
  });
  await until(() => messages.length === 1);
  await turn(clock, () => messages.length).toBe(2);
  expect(asked[1]?.headers['last-event-id']).toBeUndefined();
  expect(problems).toEqual([]);
});

test('after a change that could not be taken in nothing is believed, and all of it is asked for anew', async () => {
  const { messages, problems, asked, clock } = await follow(
    (response, _request, time) =>
      open(response, snapshot(4), ...(time === 1 ? [changes(4, 5), beat(5)] : [])),
    ({ kind }) => {
      if (kind === 'changes') throw new Error('a value that nobody thought of');
    },
  );
  await until(() => problems.length === 1);
  expect(problems).toEqual([{ kind: 'not-understood', at: 'changes' }]);
  await turn(clock, () => messages.length).toBe(3);
  expect(kinds(messages)).toEqual(['snapshot', 'changes', 'snapshot']);
  expect(asked[1]?.headers['last-event-id']).toBeUndefined();
});

test('one that stays silent is lost, and read again when it speaks', async () => {
  let first: ServerResponse | null = null;
  const { messages, clock, last } = await follow((response, _request, time) => {
    if (time === 1) first = response;
    open(response, ...(time === 1 ? [snapshot(4)] : [beat(4)]));
  });
  await until(() => messages.length === 1);
  await clock.advance(SILENT_MS - 1_000);
  expect(last(), 'a restart takes as long').toBeUndefined();
  await clock.advance(1_500);
  expect(last()).toBe('silent');
  await turn(clock, () => kinds(messages)).toContain('beat');
  expect((first as ServerResponse | null)?.destroyed, 'the silent one is left').toBe(true);
});

test('one that is gone is lost after some seconds, with the reason', async () => {
  const { messages, clock, problems, server } = await follow((response) => open(response, snapshot(4)));
  await until(() => messages.length === 1);
  server.close();
  server.closeAllConnections();
  await turn(clock, () => problems.at(-1)).toEqual({ kind: 'no-answer', code: 'ECONNREFUSED' });
});

test.each<[string, (response: ServerResponse) => void, SourceProblem]>([
  ['a token that it does not know', (it) => it.writeHead(401).end(), { kind: 'unknown-token' }],
  ['a token that may not see it', (it) => it.writeHead(403).end(), { kind: 'refused' }],
  ['a redirect', (it) => it.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), { kind: 'redirects' }],
  ['a proxy without a server behind it', (it) => it.writeHead(502).end(), { kind: 'status', status: 502 }],
  ['a page', (it) => it.writeHead(200, { 'content-type': 'text/html' }).end('<p>'), { kind: 'stranger' }],
  ['another version', (it) => open(it, snapshot(4, 99)), { kind: 'version', theirs: 99, ours: WIRE_VERSION }],
  ['a snapshot without a version', (it) => open(it, frame('snapshot', '{}')), { kind: 'stranger' }],
  ['lists without end', (it) => open(it, frame('snapshot', '['.repeat(100_000))), { kind: 'too-large' }],
  ['garbage', (it) => open(it, frame('snapshot', 'not json')), { kind: 'stranger' }],
  [
    'a word that this version does not know',
    (it) => open(it, Buffer.from(Buffer.from(snapshot(4)).toString().replaceAll('"healthy"', '"splendid"'))),
    { kind: 'not-understood', at: 'snapshot.picture.verdict' },
  ],
  [
    'a change that has no shape',
    (it) => open(it, snapshot(4), frame('changes', '{"kind":"changes","from":4,"to":5,"changes":[{}]}')),
    { kind: 'not-understood', at: 'changes.atMs' },
  ],
])('%s is no picture, and said at once', async (_what, answer, problem) => {
  const { problems } = await follow(answer);
  await until(() => problems.length > 0);
  expect(problems[0]).toEqual(problem);
});

test('changes after a gap ask for the whole again', async () => {
  const { messages, problems, asked, clock } = await follow((response, _request, time) =>
    open(response, snapshot(time === 1 ? 4 : 9), ...(time === 1 ? [changes(6, 7)] : [])),
  );
  await turn(clock, () => messages.length).toBe(2);
  expect(asked[1]?.headers['last-event-id']).toBeUndefined();
  expect(messages[1]).toMatchObject({ kind: 'snapshot', picture: { revision: 9 } });
  expect(problems).toEqual([]);
});

test('what is known already, and a field or a kind that this version does not have, do no harm', async () => {
  const more = Buffer.from(snapshot(4)).toString().replace('"epoch":"e1"', '"epoch":"e1","newer":1');
  const { messages, problems } = await follow((response) =>
    open(response, Buffer.from(more), changes(3, 4), frame('weather', '{"kind":"weather"}'), beat(4)),
  );
  await until(() => messages.length === 2);
  expect(kinds(messages)).toEqual(['snapshot', 'beat']);
  expect(messages[0]).not.toHaveProperty('newer');
  expect(problems).toEqual([]);
});

test('a new life of the source begins with a snapshot of its own', async () => {
  const { messages, clock } = await follow((response, _request, time) => {
    open(response, time === 1 ? snapshot(40) : snapshot(2, WIRE_VERSION, 'e2'));
    if (time === 1) setTimeout(() => response.destroy(), 50);
  });
  await turn(clock, () => messages.length).toBe(2);
  expect(messages[1]).toMatchObject({ epoch: 'e2', picture: { revision: 2 } });
});

function frame(kind: string, data: string): Uint8Array {
  return Buffer.from(`event: ${kind}\ndata: ${data}\n\n`);
}
