import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvents, type ServerEvent } from './read-events.ts';

async function read(chunks: Uint8Array[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  await readEvents(body, (event) => events.push(event));
  return events;
}

const text =
  ': hi\r\n\r\nevent: snapshot\nid: e-1\ndata: {"a":"größe"}\n\nevent: beat\r\ndata: 1\r\ndata:2\r\n\r\ndata: cut';
const expected: ServerEvent[] = [
  { event: 'snapshot', id: 'e-1', data: '{"a":"größe"}' },
  { event: 'beat', id: null, data: '1\n2' },
];

test('events are the same however the bytes are cut', async () => {
  const bytes = new TextEncoder().encode(text);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const chunks = edges.slice(1).map((end, index) => bytes.slice(edges[index], end));
      expect(await read(chunks)).toEqual(expected);
    }),
  );
});

test('a large event in many parts', async () => {
  const data = 'x'.repeat(4_000_000);
  const bytes = new TextEncoder().encode(`data: ${data}\n\n`);
  const chunks = Array.from({ length: Math.ceil(bytes.length / 16_384) }, (_, at) =>
    bytes.slice(at * 16_384, (at + 1) * 16_384),
  );
  const events = await read(chunks);
  expect(events[0]?.data.length).toBe(data.length);
});
