import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import { startRelaySource } from '#lib/testing/start-relay-source.ts';
import { english } from '#lib/words/english.ts';
import { createLogReader } from './create-log-reader.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
const line = (atMs: number, text = `at ${atMs}`): LogLine => ({
  atMs,
  stream: 'stdout',
  text,
  truncated: false,
});
const source = (state: string, error: string | null = null) => ({
  kind: 'sources',
  sources: [{ taskId: 't1', key: '1', slot: 1, hostname: 'a', error, state }],
  leftOut: 0,
});
const say = (response: ServerResponse, ...messages: unknown[]) => {
  for (const message of messages) response.write(`${JSON.stringify(message)}\n`);
};

async function setUp(answer: (response: ServerResponse) => void, quietMs?: number) {
  const asked: string[] = [];
  const { link, close } = await startRelaySource((request, response) => {
    asked.push(request.url ?? '');
    answer(response);
  });
  closing.push(close);
  const place = { serviceName: 'shop web', key: '1', taskId: 't1' };
  const reader = createLogReader(link, {
    findPlace: (id) => (id === 'c1' ? place : null),
    word: english.source,
    ...(quietMs === undefined ? {} : { quietMs }),
  });
  /** Follows it until it ends. */
  const follow = (sinceMs: number | null = null) => {
    const lines: LogLine[] = [];
    let opened = 0;
    return new Promise<{ lines: LogLine[]; opened: number; end: string | null }>((resolve) => {
      reader.openLog('c1', {
        tail: 5,
        sinceMs,
        follow: true,
        onOpen: () => (opened += 1),
        onLines: (more) => lines.push(...more),
        onClose: (error) => resolve({ lines, opened, end: error?.message ?? null }),
      });
    });
  };
  return { reader, asked, follow };
}

test('a log is read of the source as its API has it', async () => {
  const lines = [1, 2, 3].map((atMs) => ({ taskId: 't1', ...line(atMs) }));
  const answer = { atMs: 9, sources: [], lines, leftOut: 0, newer: 1 };
  const { reader, asked } = await setUp((response) => response.end(JSON.stringify(answer)));
  const range = { tail: 50_000, sinceMs: 2, untilMs: null };
  expect(await reader.readLog('c1', range)).toEqual([line(2), line(3)]);
  expect(asked).toEqual(['/api/services/shop%20web/1/log?task=t1&tail=1000']);
  await expect(reader.readLog('other', range)).rejects.toThrow('not known any more');
});

test.each<[string, (response: ServerResponse) => void, string]>([
  ['off at the source', (it) => it.writeHead(403).end('{"error":"Logs are off."}'), 'Logs are off.'],
  ['garbage', (it) => it.end('{}'), 'does not understand (log)'],
  [
    'an engine that is not read',
    (it) =>
      it.end(
        JSON.stringify({
          atMs: 1,
          sources: [{ taskId: 't1', key: '1', slot: 1, hostname: 'a', error: 'Its engine is not read.' }],
          lines: [],
          leftOut: 0,
        }),
      ),
    'Its engine is not read.',
  ],
])('a log that cannot be read says why: %s', async (_what, answer, error) => {
  const { reader } = await setUp(answer);
  await expect(reader.readLog('c1', { tail: 5, sinceMs: null, untilMs: null })).rejects.toThrow(error);
});

test.each<[string, unknown[], { texts: number[]; end: string | null }]>([
  [
    'to its end',
    [
      source('opening'),
      source('following'),
      { kind: 'lines', taskId: 't1', lines: [line(1), line(2)] },
      source('ended'),
    ],
    { texts: [1, 2], end: null },
  ],
  [
    'until the source skips some of it: it is asked for again',
    [
      source('following'),
      { kind: 'lines', taskId: 't1', lines: [line(1)] },
      { kind: 'skipped', taskId: 't1', atMs: 2, count: 9 },
    ],
    { texts: [1], end: 'The source left lines out.' },
  ],
  [
    'until it fails',
    [source('following'), source('failed', 'It is gone.')],
    { texts: [], end: 'It is gone.' },
  ],
  [
    'until it is no log any more',
    [source('following'), { kind: 'lines', taskId: 't1', lines: {} }],
    {
      texts: [],
      end: 'It says something that this version does not understand (log). Run the same version of Swarm Vitals on both.',
    },
  ],
])('a log is followed %s', async (_what, messages, expected) => {
  const { follow } = await setUp((response) => say(response, ...messages));
  const { lines, opened, end } = await follow();
  expect({ texts: lines.map(({ atMs }) => atMs), end }).toEqual(expected);
  expect(opened).toBe(1);
});

test('one that is cut has not ended: the container may write on', async () => {
  const { follow } = await setUp((response) => {
    say(response, source('following'));
    setTimeout(() => response.destroy(), 50);
  });
  expect((await follow()).end).toContain('cut');
});

test.each<[string, (response: ServerResponse) => void]>([
  ['before it began', () => {}],
  ['while it is followed', (it) => say(it, source('following'))],
])(
  'one whose source says nothing more is not followed, and its request there ends: silent %s',
  async (_what, answer) => {
    let over = 0;
    const { follow } = await setUp((response) => {
      response.on('close', () => (over += 1));
      answer(response);
    }, 300);
    expect((await follow()).end).toContain('It has said nothing');
    await expect.poll(() => over).toBe(1);
  },
);

test('who has left hears nothing more, also of what came in one piece', async () => {
  const { reader } = await setUp((response) =>
    response.write(
      [1, 2]
        .map((atMs) => `${JSON.stringify({ kind: 'lines', taskId: 't1', lines: [line(atMs)] })}\n`)
        .join(''),
    ),
  );
  const heard: unknown[] = [];
  await new Promise<void>((resolve) => {
    const stream = reader.openLog('c1', {
      ...{ tail: 5, sinceMs: null, follow: true },
      onLines(lines) {
        heard.push(...lines);
        stream.close();
        setTimeout(resolve, 100);
      },
      onClose: (error) => heard.push(error),
    });
  });
  expect(heard).toEqual([line(1)]);
});
