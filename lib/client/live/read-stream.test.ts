import { expect, test } from 'vitest';
import { readStream } from './read-stream.ts';

const TEXT = 'id: e1-6\nevent: beat\ndata: {"atMs":1}\n\n';

async function read(answer: () => Promise<Response>, resumeId: string | null = null) {
  const events: unknown[] = [];
  const asked: Headers[] = [];
  let bytes = 0;
  const fetchStream = (_url: unknown, init?: RequestInit) => {
    asked.push(new Headers(init?.headers));
    return answer();
  };
  const end = await readStream(
    '/api/stream',
    { resumeId, signal: new AbortController().signal, fetchStream: fetchStream as typeof fetch },
    { onEvent: (event) => events.push(event), onBytes: () => bytes++ },
  );
  return { end, events, bytes, lastEventId: asked[0]?.get('last-event-id') };
}

test('what the server sends is handed on until it closes the stream', async () => {
  const { end, events, bytes } = await read(async () => new Response(TEXT));
  expect(events).toEqual([{ event: 'beat', id: 'e1-6', data: '{"atMs":1}' }]);
  expect([end, bytes]).toEqual([{ kind: 'closed' }, 1]);
});

test('a server that asks for a sign-in is not read', async () => {
  const { end, events } = await read(async () => new Response(TEXT, { status: 401 }));
  expect([end, events]).toEqual([{ kind: 'refused', status: 401 }, []]);
});

test('where nothing answers, and where the line breaks in the middle of it, it is broken', async () => {
  const { end } = await read(() => Promise.reject(new TypeError('fetch failed')));
  expect(end).toEqual({ kind: 'broken' });
  let isFirst = true;
  const body = new ReadableStream({
    pull(controller) {
      if (isFirst) controller.enqueue(new TextEncoder().encode(`${TEXT}id: e1-7\nev`));
      else controller.error(new Error('reset'));
      isFirst = false;
    },
  });
  const cut = await read(async () => new Response(body));
  expect([cut.end, cut.events.length]).toEqual([{ kind: 'broken' }, 1]);
});

test('it resumes after what is known, and asks for all of it where nothing is', async () => {
  expect((await read(async () => new Response(TEXT), 'e1-5')).lastEventId).toBe('e1-5');
  expect((await read(async () => new Response(TEXT))).lastEventId).toBeNull();
});
