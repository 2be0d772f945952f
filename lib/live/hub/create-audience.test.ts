import { expect, test } from 'vitest';
import { createAudience } from './create-audience.ts';

const MB = 1024 * 1024;
/** Above 64 MB connections are closed. */
const WAITING_MAX_BYTES = 48 * MB;
const never = new AbortController().signal;

/** Viewers who begin with what `first` gives, and who begin anew with the same. */
function setUp(first: () => Uint8Array[]) {
  let next: (() => void) | null = null;
  const timers = {
    nowMs: () => 0,
    setTimer(_: number, run: () => void) {
      next = run;
      return { cancel: () => {} };
    },
  };
  const audience = createAudience({ timers, anew: first, beat: () => text('beat') });
  return {
    audience,
    open: () => audience.open(first, never).getReader(),
    /** As after two seconds each. */
    beat(times: number) {
      for (let index = 0; index < times; index += 1) next?.();
    },
  };
}

const text = (value: string) => new TextEncoder().encode(value);
const large = (bytes: number, letter = 'a') => new Uint8Array(bytes).fill(letter.charCodeAt(0));

/** Everything up to the first piece that ends with `last`. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, last: string): Promise<string> {
  const pieces: string[] = [];
  while (pieces.at(-1)?.endsWith(last) !== true) {
    const { value, done } = await reader.read();
    if (done) return `${pieces.join('')} ended`;
    pieces.push(new TextDecoder().decode(value));
  }
  return pieces.join('');
}

test.each([50, 500])(
  '%i viewers come to a large swarm at once: little of it waits in their connections',
  async (count) => {
    const snapshot = large(8 * MB);
    const { open } = setUp(() => [snapshot]);
    let bytes = 0;
    for (const viewer of Array.from({ length: count }, open))
      bytes += (await viewer.read()).value?.byteLength ?? 0;
    expect(bytes).toBeLessThan(WAITING_MAX_BYTES);
  },
);

test('a viewer gets what it begins with whole, in whatever pieces, while others come and leave', async () => {
  const snapshot = Uint8Array.from({ length: 600_000 }, (_, index) => index % 251);
  const frames = [snapshot.subarray(0, 300_000), snapshot.subarray(300_000)];
  const { open } = setUp(() => frames);
  const many = Array.from({ length: 600 }, open);
  const viewer = open();
  const pieces = [(await viewer.read()).value ?? new Uint8Array()];
  for (const other of many) await other.cancel();
  while (Buffer.concat(pieces).byteLength < snapshot.byteLength)
    pieces.push((await viewer.read()).value ?? new Uint8Array());
  expect(Buffer.concat(pieces).equals(snapshot)).toBe(true);
});

test('what happens while a viewer reads what it begins with comes after that, whole and in order', async () => {
  const { audience, open } = setUp(() => [large(MB), text('|due|')]);
  const viewer = open();
  await viewer.read();
  audience.send(text('1|'));
  audience.send(large(100_000, 'b'));
  audience.send(text('|2'));
  const rest = await readUntil(viewer, '|2');
  expect(rest.replace(/a+/, 'a').replace(/b+/, 'b')).toBe('a|due|1|b|2');
  expect(rest.match(/b/g)).toHaveLength(100_000);
});

test('a viewer reads a large beginning slowly while much happens: it need not begin again', async () => {
  const { audience, open } = setUp(() => [large(2 * MB)]);
  const viewer = open();
  for (let index = 0; index < 10; index += 1) audience.send(large(100_000, 'b'));
  audience.send(text('end'));
  const all = await readUntil(viewer, 'end');
  expect(all.match(/^a+b+end$/)).not.toBeNull();
  expect(all).toHaveLength(2 * MB + 1_000_000 + 3);
});

test('more happens than a viewer begins with: it begins anew after what it has', async () => {
  let letter = 'a';
  const { audience, open } = setUp(() => [large(MB, letter), text(`|${letter}|`)]);
  const viewer = open();
  letter = 'c';
  for (let index = 0; index < 12; index += 1) audience.send(large(100_000, 'b'));
  expect((await readUntil(viewer, '|c|')).replace(/(.)\1+/g, '$1')).toBe('a|a|bc|c|');
});

test('twelve slow viewers come to a large swarm that changes on and on: each gets all of it, and none comes twice', async () => {
  let letter = 0;
  const { audience, open } = setUp(() => [
    large(8 * MB, String.fromCharCode(97 + (letter++ % 26))),
    text('|'),
  ]);
  const viewers = Array.from({ length: 12 }, open);
  for (const got of await Promise.all(viewers.map((viewer) => readUntil(viewer, '|'))))
    expect(got.replace(': wait\n\n', '').replaceAll(got.at(-2) ?? '', '')).toBe('|');
  expect(audience.size()).toBe(12);
});

test('too much is unread: who comes then hears that the server is there, and begins together with all that wait', async () => {
  let last = large(0);
  const { audience, open, beat } = setUp(() => [last, text('|')]);
  const old = ['a', 'b', 'c'].map((next) => {
    last = large(20 * MB, next);
    return open();
  });
  last = large(20 * MB, 'd');
  const later = [open(), open(), open()];
  audience.send(text('not for who has no picture yet'));
  beat(1);
  const reading = later.map((viewer) => readUntil(viewer, '|'));
  for (let index = 0; index < 100; index += 1) void old[0]?.read();
  for (const got of await Promise.all(reading)) expect(got.replaceAll('d', '')).toMatch(/^(: wait\n\n)+\|$/);
  expect(audience.size()).toBe(6);
});

test('viewers who read nothing keep others waiting for half a minute, and are ended only where somebody waits', async () => {
  const { audience, open, beat } = setUp(() => [large(30 * MB), text('|')]);
  const [first, second] = [open(), open()];
  beat(20);
  expect(audience.size()).toBe(2);
  const third = open();
  expect(audience.size()).toBe(2);
  expect(await readUntil(first as NonNullable<typeof first>, 'never')).toBe(' ended');
  expect(await readUntil(third, '|')).toMatch(/^a+\|$/);
  await second?.cancel();
});

test('a viewer who reads slowly on and on is not ended for one who waits', async () => {
  const { audience, open, beat } = setUp(() => [large(30 * MB), text('|')]);
  const [first, second] = [open(), open(), open()];
  for (let index = 0; index < 30; index += 1) {
    await Promise.all([first?.read(), second?.read()]);
    beat(2);
  }
  expect(audience.size()).toBe(3);
});

test('who comes back and missed little begins at once, while others wait for room', async () => {
  const { audience, open } = setUp(() => [large(30 * MB), text('|')]);
  const slow = [open(), open(), open()];
  const back = audience.open(() => [text('missed|')], never).getReader();
  expect(await readUntil(back, '|')).toBe('missed|');
  expect(await readUntil(slow[2] as NonNullable<(typeof slow)[2]>, '\n')).toBe(': wait\n\n');
});

test('sixty who each read as slowly as they may, and come again when they are ended, do not keep the next one out', async () => {
  const { audience, open, beat } = setUp(() => [large(4 * MB), text('|')]);
  const readers = Array.from({ length: 60 }, open);
  let beats = 0;
  let isServed = false;
  const good = readUntil(open(), '|').then(() => {
    isServed = true;
  });
  for (; !isServed && beats < 120; beats += 1) {
    beat(1);
    for (const [index, reader] of readers.entries()) {
      if (beats % 12 !== 0) continue;
      // The last of them was ended, and this one comes in its place.
      void reader.closed.then(() => {
        if (readers[index] === reader) readers[index] = open();
      });
      void reader.read();
      void reader.read();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isServed).toBe(true);
  audience.close();
  await good;
});

test('five thousand slow viewers hold no copies of what they begin with', async () => {
  const snapshot = large(8 * MB);
  const { open } = setUp(() => [snapshot]);
  const pieces = await Promise.all(Array.from({ length: 5_000 }, async () => (await open().read()).value));
  expect(pieces.every((piece) => piece?.buffer === snapshot.buffer)).toBe(true);
});

test('a beginning that is larger than all of that together is read by many', () => {
  const snapshot = large(80 * MB);
  const { audience, open } = setUp(() => [snapshot]);
  for (let index = 0; index < 10; index += 1) open();
  expect(audience.size()).toBe(10);
});

test('a viewer that leaves in the middle of its beginning, or at the end of the server, is gone', async () => {
  const { audience, open } = setUp(() => [large(MB)]);
  const [gone, stays] = [open(), open()];
  await gone.read();
  await gone.cancel();
  expect(audience.size()).toBe(1);
  audience.send(text('x'));
  audience.close();
  expect(audience.size()).toBe(0);
  expect(await readUntil(stays, 'x')).toBe(' ended');
});

test('a thousand come to a small swarm that changes on and on, and read nothing: what they hold is bounded, and a good one gets in', async () => {
  let letter = 0;
  const { audience, open, beat } = setUp(() => [
    large(200_000, String.fromCharCode(97 + (letter++ % 26))),
    text('|'),
  ]);
  const many = Array.from({ length: 1_000 }, open);
  const good = readUntil(open(), '|');
  beat(1);
  const firsts = await Promise.all(many.map((viewer) => viewer.read()));
  const begun = firsts.filter(({ value }) => (value?.byteLength ?? 0) > 100).length;
  expect(begun * 200_000).toBeLessThan(150 * MB);
  for (let index = 0; index < 40; index += 1) beat(1);
  expect((await good).replaceAll(': wait\n\n', '')).toMatch(/^(.)\1+\|$/);
  audience.close();
});

test('a phone that reads 20 kB a second gets all of it where a line lasts, while those who read nothing are ended', async () => {
  let letter = 0;
  const { audience, open, beat } = setUp(() => [
    large(2 * MB, String.fromCharCode(97 + (letter++ % 26))),
    text('|'),
  ]);
  const phone = open();
  let bytes = 0;
  let takenBytes = 0;
  let isEnded = false;
  for (let beats = 0; takenBytes < 2 * MB && beats < 80 && !isEnded; beats += 1) {
    for (let index = 0; index < 10; index += 1) open();
    beat(1);
    for (bytes += 40_000; takenBytes < bytes && !isEnded; ) {
      const { value, done } = await phone.read();
      isEnded = done;
      takenBytes += value?.byteLength ?? 0;
    }
  }
  expect([isEnded, takenBytes >= 2 * MB]).toEqual([false, true]);
  audience.close();
});
