import { describe, expect, it, vi } from 'vitest';
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

function setUp() {
  const toItem = vi.fn((raw: unknown): Item | null => {
    const { ID, Spec } = raw as ReturnType<typeof entry>;
    return Spec.Name === 'unreadable' ? null : { id: ID, name: Spec.Name };
  });
  const decoder = createListDecoder(toItem);
  const decode = (...entries: object[]) => decoder.decode(Buffer.from(`${JSON.stringify(entries)}\n`));
  return { decoder, decode, toItem };
}

describe('createListDecoder', () => {
  it('gives what did not change as the same objects, without a look at it', () => {
    const { decode, toItem } = setUp();
    const first = decode(entry('a', 1), entry('b', 2), entry('c', 3));
    expect(first?.items.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    toItem.mockClear();
    const second = decode(entry('a', 1), entry('b', 7, 'changed'), entry('d', 8));
    expect(toItem).toHaveBeenCalledTimes(2);
    expect(second?.items.map(({ name }) => name)).toEqual(['a', 'changed', 'd']);
    expect(second?.items[0]).toBe(first?.items[0]);
  });

  it('forgets what is no longer listed, and everything when told to', () => {
    const { decode, decoder, toItem } = setUp();
    decode(entry('a', 1), entry('b', 2));
    decode(entry('b', 2));
    decode(entry('a', 1), entry('b', 2));
    expect(toItem).toHaveBeenCalledTimes(3);
    decoder.clear();
    decode(entry('a', 1), entry('b', 2));
    expect(toItem).toHaveBeenCalledTimes(5);
  });

  it('counts what cannot be read, also when it is seen again', () => {
    const { decode } = setUp();
    const entries = [entry('a', 1, 'unreadable'), entry('b', 2)];
    expect(decode(...entries)).toMatchObject({ lost: 1, items: [{ id: 'b' }] });
    expect(decode(...entries)).toMatchObject({ lost: 1, items: [{ id: 'b' }] });
  });

  it('is not misled by texts that look like the end of an entry', () => {
    const { decode } = setUp();
    const odd = '"},{"ID":"x","Version":{"Index":1},"é😀';
    expect(decode(entry('a', 1, odd), entry('b', 2))?.items.map(({ name }) => name)).toEqual([odd, 'b']);
  });

  it('reads entries of another form every time', () => {
    const { decode, toItem } = setUp();
    const other = { ID: 'a', Spec: { Name: 'a' } };
    decode(other, entry('b', 2));
    decode(other, entry('b', 2));
    expect(toItem.mock.calls.map(([raw]) => (raw as { ID: string }).ID)).toEqual(['a', 'b', 'a']);
  });

  it.each([
    ['an entry holds a list of things with an id', [{ ...entry('a', 1), Parts: [{ A: 1 }, { ID: 'x' }] }]],
    ['it is empty', []],
    ['keys come in another order', [{ Version: { Index: 1 }, ID: 'a', Spec: { Name: 'a' } }]],
  ])('leaves the whole to be parsed when %s', (_what, entries) => {
    expect(setUp().decode(...entries)).toBeNull();
  });

  it.each(['', '[', 'null', '{}', '<html>', '[{"ID":"a","Version":{"Index":1},"Spec":{"Name":'])(
    'leaves what is broken to be parsed: %s',
    (text) => expect(setUp().decoder.decode(Buffer.from(text))).toBeNull(),
  );
});
