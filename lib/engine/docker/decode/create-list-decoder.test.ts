import { describe, expect, it, vi } from 'vitest';
import { type AnswerLimits, findAnswerLimits } from '#lib/engine/docker/transport/answer-limits.ts';
import { createListDecoder } from './create-list-decoder.ts';

interface Item {
  id: string;
  name: string;
}

const entry = (id: string, version: number, name = id) => ({
  ID: id,
  Version: { Index: version },
  Spec: { Name: name },
});

function setUp(limits: Partial<AnswerLimits> = {}) {
  const toItem = vi.fn((raw: unknown): Item | null => {
    const { ID, Spec } = raw as ReturnType<typeof entry>;
    return Spec.Name === 'unreadable' ? null : { id: ID, name: Spec.Name };
  });
  const decoder = createListDecoder({
    limits: { ...findAnswerLimits('tasks'), ...limits },
    toItem,
    versioned: true,
  });
  const decodeText = (text: string) => decoder.decode(Buffer.from(text), new AbortController().signal);
  const decode = (...entries: object[]) => decodeText(`${JSON.stringify(entries)}\n`);
  return { decoder, decode, decodeText, toItem };
}

describe('createListDecoder', () => {
  it('takes a service that publishes ten thousand ports, which telephony does', async () => {
    const { decode } = setUp(findAnswerLimits('services'));
    const ports = Array.from({ length: 10_000 }, (_, i) => ({
      ...{ Protocol: 'udp', TargetPort: 20_000 + i, PublishedPort: 20_000 + i, PublishMode: 'host' },
    }));
    const service = {
      ...entry('a', 1),
      Spec: { Name: 'a', EndpointSpec: { Ports: ports } },
      PreviousSpec: { EndpointSpec: { Ports: ports } },
      Endpoint: { Spec: { Ports: ports }, Ports: ports },
    };
    expect((await decode(service)).items).toHaveLength(1);
  });

  it('gives what did not change as the same objects, without a look at it', async () => {
    const { decode, toItem } = setUp();
    const first = await decode(entry('a', 1), entry('b', 2), entry('c', 3));
    expect(first.items.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    toItem.mockClear();
    const second = await decode(entry('a', 1), entry('b', 7, 'changed'), entry('d', 8));
    expect(toItem).toHaveBeenCalledTimes(2);
    expect(second.items.map(({ name }) => name)).toEqual(['a', 'changed', 'd']);
    expect(second.items[0]).toBe(first.items[0]);
  });

  it('forgets what is no longer listed, and everything when asked to', async () => {
    const { decode, decoder, toItem } = setUp();
    await decode(entry('a', 1), entry('b', 2));
    await decode(entry('b', 2));
    await decode(entry('a', 1), entry('b', 2));
    expect(toItem).toHaveBeenCalledTimes(3);
    decoder.clear();
    await decode(entry('a', 1), entry('b', 2));
    expect(toItem).toHaveBeenCalledTimes(5);
  });

  it('counts what cannot be read, also when it is seen again', async () => {
    const { decode } = setUp();
    const entries = [entry('a', 1, 'unreadable'), entry('b', 2)];
    expect(await decode(...entries)).toMatchObject({ lost: 1, items: [{ id: 'b' }] });
    expect(await decode(...entries)).toMatchObject({ lost: 1, items: [{ id: 'b' }] });
  });

  it('is not misled by texts that look like the end of an entry', async () => {
    const { decode } = setUp();
    const odd = '"},{"ID":"x","Version":{"Index":1},"é😀';
    const { items } = await decode(entry('a', 1, odd), entry('b', 2));
    expect(items.map(({ name }) => name)).toEqual([odd, 'b']);
  });

  it('reads entries of another form every time', async () => {
    const { decode, toItem } = setUp();
    const other = { ID: 'a', Spec: { Name: 'a' } };
    await decode(other, entry('b', 2));
    await decode(other, entry('b', 2));
    expect(toItem.mock.calls.map(([raw]) => (raw as { ID: string }).ID)).toEqual(['a', 'b', 'a']);
  });

  it.each([
    ['an entry holds a list of things with an id', [{ ...entry('a', 1), Parts: [{ A: 1 }, { ID: 'x' }] }]],
    ['keys come in another order', [{ Version: { Index: 1 }, ID: 'a', Spec: { Name: 'a' } }]],
  ])('follows each entry to its end when %s', async (_what, entries) => {
    expect(await setUp().decode(...entries)).toEqual({ items: [{ id: 'a', name: 'a' }], lost: 0 });
  });

  it('reads a list that is empty, or written for people', async () => {
    const { decode, decodeText } = setUp();
    expect(await decode()).toEqual({ items: [], lost: 0 });
    expect(await decodeText(' [\n ] \n')).toEqual({ items: [], lost: 0 });
    const pretty = JSON.stringify([entry('a', 1, '"]}[{'), entry('b', 2)], null, 2);
    expect((await decodeText(`\n${pretty}\n`)).items.map(({ name }) => name)).toEqual(['"]}[{', 'b']);
  });

  it.each([
    ...['', '[', '<html>', '[{"ID":"a","Version":{"Index":1},"Spec":{"Name":', '[{"ID":"a"},]', '[,]'],
    ...['[{"ID":"a"}{"ID":"b"}]', '[{"ID":"a"}}]', '[1 2]', '[{"ID":"a]'],
  ])('refuses what is broken: %s', async (text) => {
    await expect(setUp().decodeText(text)).rejects.toMatchObject({ reason: 'no-json' });
  });

  it.each(['null', '{}', '"[]"', '7'])('refuses what is no list: %s', async (text) => {
    await expect(setUp().decodeText(text)).rejects.toMatchObject({ reason: 'no-list' });
  });

  const filler = (count: number) => `${'"x",'.repeat(count)}"x"`;
  it.each([
    ['entries', `[${'{},'.repeat(50)}{}]`],
    ['elements', `[{"ID":"a","Parts":[${filler(5_000)}]}]`],
    ['elements', `[[${filler(5_000)}]]`],
    ['depth', `[${'['.repeat(10_000)}${']'.repeat(10_000)}]`],
    ['object-too-large', `[{"ID":"a","Name":"${'x'.repeat(200_000)}"}]`],
    ['object-too-large', `[{"Name":"${'x'.repeat(200_000)}"}]`],
  ])('refuses what is beyond a limit: %s', async (reason, text) => {
    const { decodeText } = setUp({ maxEntries: 50, maxElements: 5_000, maxObjectBytes: 100_000 });
    await expect(decodeText(text)).rejects.toMatchObject({ reason });
  });

  it('takes an entry that our own code stumbles over for one that cannot be read', async () => {
    const { decoder, toItem } = setUp();
    toItem.mockImplementationOnce(() => {
      throw new RangeError('Maximum call stack size exceeded');
    });
    const body = Buffer.from(JSON.stringify([entry('a', 1), entry('b', 2)]));
    expect(await decoder.decode(body, new AbortController().signal)).toMatchObject({ lost: 1 });
  });

  it('gives way to timers while it decodes a long list, and stops when asked to', async () => {
    const { decoder } = setUp();
    const body = Buffer.from(JSON.stringify(Array.from({ length: 60_000 }, (_, at) => entry(`e${at}`, at))));
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new Error('late')), 1);
    await expect(decoder.decode(body, controller.signal)).rejects.toThrow('late');
    clearTimeout(timer);
  });
});

it('a list that comes in parts is remembered as one, and what is in none of them is forgotten', async () => {
  const { decoder, toItem } = setUp();
  const { signal } = new AbortController();
  const part = (...entries: object[]) => decoder.decodePart(Buffer.from(JSON.stringify(entries)), signal);
  const first = [await part(entry('a', 1), entry('b', 1)), await part(entry('c', 1))];
  decoder.endParts();
  toItem.mockClear();
  const second = [await part(entry('a', 1)), await part(entry('c', 2))];
  decoder.endParts();
  expect(toItem).toHaveBeenCalledTimes(1);
  expect(second[0]?.items[0]).toBe(first[0]?.items[0]);
  toItem.mockClear();
  await part(entry('b', 1));
  expect(toItem).toHaveBeenCalledTimes(1);
});
