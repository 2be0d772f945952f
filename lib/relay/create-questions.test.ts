import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { startRelaySource } from '#lib/testing/start-relay-source.ts';
import { createQuestions } from './create-questions.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const STATE = { kind: 'disk', sentence: 'It is kept.' };

async function setUp(answer: (response: ServerResponse, path: string) => void) {
  const asked: string[] = [];
  const { link, close } = await startRelaySource((request, response) => {
    asked.push(decodeURIComponent(request.url ?? '').replaceAll('+', ' '));
    answer(response, request.url ?? '');
  });
  closing.push(close);
  const now = { ms: 0, isThere: true };
  const { ask } = createQuestions(link, { isThere: () => now.isThere, steadyMs: () => now.ms });
  return { ask, asked, now };
}
const json = (value: unknown) => (response: ServerResponse) => void response.end(JSON.stringify(value));
const problemOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'answered',
    (error: { problem?: unknown }) => error.problem,
  );

test('a hundred viewers who ask the same are one question; a second later it is asked anew', async () => {
  const { ask, asked, now } = await setUp(json(STATE));
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask('history-state')));
  expect(answers[99]).toEqual(STATE);
  expect(asked).toEqual(['/api/relay?ask=history-state&with=[]']);
  now.ms = 999;
  await ask('history-state');
  expect(asked).toHaveLength(1);
  now.ms = 1_000;
  await ask('history-state');
  expect(asked).toHaveLength(2);
});

test('of ever more questions the last are shared, and not the first alone', async () => {
  const { ask, asked } = await setUp(json(null));
  for (let at = 0; at < 210; at += 1) await ask('service', `web-${at}`);
  await ask('service', 'web-205');
  expect(asked).toHaveLength(210);
  await ask('service', 'web-0');
  expect(asked).toHaveLength(211);
});

test('somebody who asks for more of the past than the source can answer keeps nobody from how something is', async () => {
  const { ask, asked } = await setUp((response, path) => {
    if (path.includes('ask=service&')) response.end('null');
  });
  const problems: unknown[] = [];
  for (let at = 0; at < 200; at += 1)
    void problemOf(ask('timeline', { fromMs: at, untilMs: 1_000 })).then((problem) => problems.push(problem));
  expect(await ask('service', 'web')).toBeNull();
  expect(asked).toHaveLength(6);
  expect(problems).toEqual(Array(72).fill({ kind: 'busy' }));
});

test('while the source is away nobody waits for it', async () => {
  const { ask, asked, now } = await setUp(json(STATE));
  now.isThere = false;
  expect(await problemOf(ask('history-state'))).toEqual({ kind: 'silent' });
  expect(asked).toEqual([]);
});

test('what is asked is asked as it is, whatever is in a name', async () => {
  const { ask, asked } = await setUp(json(null));
  expect(await ask('service', 'a&with="b"/../é')).toBeNull();
  expect(asked).toEqual(['/api/relay?ask=service&with=["a&with=\\"b\\"/../é"]']);
});

test.each<[string, (response: ServerResponse) => void, unknown]>([
  ['garbage', (it) => void it.end('<html>'), { kind: 'stranger' }],
  ['another shape', json({ kind: 'disk' }), { kind: 'not-understood', at: 'history-state.sentence' }],
  [
    'a word nobody knows',
    json({ ...STATE, kind: 'tape' }),
    { kind: 'not-understood', at: 'history-state.kind' },
  ],
  ['401', (it) => void it.writeHead(401).end(), { kind: 'unknown-token' }],
  ['a redirect', (it) => void it.writeHead(307, { location: '/elsewhere' }).end(), { kind: 'redirects' }],
  ['503', (it) => void it.writeHead(503).end('{}'), { kind: 'status', status: 503 }],
  ['a cut', (it) => void it.write('{"kind"', () => it.destroy()), { kind: 'cut' }],
  [
    'more than any answer can be',
    (it) => {
      const again = setInterval(() => it.writableNeedDrain || it.write(Buffer.alloc(1024 * 1024, ' ')), 1);
      it.on('close', () => clearInterval(again));
    },
    { kind: 'too-large' },
  ],
])('%s is no answer, and is not kept', async (_what, answer, problem) => {
  const { ask, asked } = await setUp(answer);
  expect(await problemOf(ask('history-state'))).toEqual(problem);
  expect(await problemOf(ask('history-state'))).toEqual(problem);
  expect(asked).toHaveLength(2);
});
