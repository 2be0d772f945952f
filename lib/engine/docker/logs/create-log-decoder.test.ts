import { describe, expect, it } from 'vitest';
import { createMasker } from '#lib/engine/docker/decode/create-masker.ts';
import { createLogDecoder } from './create-log-decoder.ts';

const AT = '2026-11-24T10:00:00.123456789Z';
const AT_MS = Date.parse('2026-11-24T10:00:00Z') + 123.456789;
const LATER = '2026-11-24T10:00:01Z';
const LATER_MS = Date.parse(LATER);

function frame(stream: number, body: string | Buffer): Buffer {
  const payload = Buffer.from(body as string);
  const head = Buffer.alloc(8);
  head.writeUInt8(stream, 0);
  head.writeUInt32BE(payload.length, 4);
  return Buffer.concat([head, payload]);
}

const line = (text: string, stream = 'stdout', atMs = AT_MS) => ({ atMs, stream, text, truncated: false });

function decode(bytes: Buffer, chunkBytes = bytes.length, skewMs = 0) {
  const decoder = createLogDecoder(
    () => skewMs,
    () => 42,
    createMasker().line,
  );
  const lines = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    lines.push(...decoder.write(bytes.subarray(at, at + chunkBytes)));
  }
  return [...lines, ...decoder.end()];
}

const long = 'é'.repeat(8 * 1024);
const longBytes = Buffer.from(`${long}tail`);

const CASES: [string, Buffer, object[]][] = [
  ['a line', frame(1, `${AT} hello\n`), [line('hello')]],
  ['stderr apart', frame(2, `${AT} oops\n`), [line('oops', 'stderr')]],
  ['an empty line', frame(1, `${AT} \n`), [line('')]],
  ['blanks at both ends', frame(1, `${AT}   x  \n`), [line('  x  ')]],
  ['a time in another zone', frame(1, '2026-11-24T06:30:01-03:30 x\n'), [line('x', 'stdout', LATER_MS)]],
  ['a text that looks like a time', frame(1, `${AT} ${LATER} x\n`), [line(`${LATER} x`)]],
  [
    'lines of both streams in the order they came',
    Buffer.concat([frame(1, `${AT} a\n`), frame(2, `${AT} b\n`), frame(1, `${LATER} c\n`)]),
    [line('a'), line('b', 'stderr'), line('c', 'stdout', LATER_MS)],
  ],
  [
    'a long line that Docker cut within a character, another stream between',
    Buffer.concat([
      frame(1, Buffer.concat([Buffer.from(`${AT} `), longBytes.subarray(0, 16383)])),
      frame(2, `${LATER} between\n`),
      frame(1, Buffer.concat([Buffer.from(`${LATER} `), longBytes.subarray(16383), Buffer.from('\n')])),
    ]),
    [line('between', 'stderr', LATER_MS), line(`${long}tail`)],
  ],
  ['a last line without its end', frame(1, `${AT} half`), [line('half')]],
  [
    'binary garbage',
    frame(1, Buffer.concat([Buffer.from(`${AT} `), Buffer.from([0, 255, 254, 10])])),
    [line('\0\ufffd\ufffd')],
  ],
  [
    'a line without a time takes the one before',
    Buffer.concat([frame(1, `${AT} a\n`), frame(1, 'b\n')]),
    [line('a'), line('b')],
  ],
  ['none before it had one', frame(1, 'b\n'), [line('b', 'stdout', 42)]],
  ['a message of several lines', frame(1, `${AT} a\nb\n`), [line('a'), line('b')]],
  [
    'a terminal: no frames',
    Buffer.from(`${AT} a\r\n${LATER} b\r\n`),
    [line('a'), line('b', 'stdout', LATER_MS)],
  ],
  ['a terminal, the last line without its end', Buffer.from(`${AT} $ `), [line('$ ')]],
  [
    'a terminal, a long line with a time where Docker cut it',
    Buffer.from(`${AT} ${'x'.repeat(16384)}${LATER} y\r\n${LATER} z\r\n`),
    [line(`${'x'.repeat(16384)}y`), line('z', 'stdout', LATER_MS)],
  ],
  [
    'a terminal, a time elsewhere in a long line is its own',
    Buffer.from(`${AT} ${'x'.repeat(16000)}${LATER} y\r\n`),
    [line(`${'x'.repeat(16000)}${LATER} y`)],
  ],
];

describe('createLogDecoder', () => {
  it.each(CASES)('%s', (_, bytes, lines) => {
    expect(decode(bytes)).toEqual(lines);
  });

  it.each(CASES)('%s, whatever the chunks', (_, bytes, lines) => {
    for (const chunkBytes of [1, 3, 8, 13]) expect(decode(bytes, chunkBytes)).toEqual(lines);
  });

  it('lets no obvious secret through, also where Docker cut the line', () => {
    const bytes = Buffer.concat([frame(1, `${AT} login pass`), frame(1, `${AT} word=hunter2 ok\n`)]);
    expect(decode(bytes)).toEqual([line('login password=••• ok')]);
  });

  it('takes the clock of the engine out', () => {
    expect(decode(frame(1, `${LATER} x\n`), 64, 5_000)).toEqual([line('x', 'stdout', LATER_MS - 5_000)]);
  });

  it('keeps the beginning of a line without end, and goes on after it', () => {
    const endless = Array.from({ length: 40 }, () => frame(1, `${AT} ${'x'.repeat(16384)}`));
    const lines = decode(Buffer.concat([...endless, frame(1, `${LATER} \n`), frame(1, `${LATER} next\n`)]));
    expect(lines).toEqual([
      { ...line('x'.repeat(64 * 1024)), truncated: true },
      line('next', 'stdout', LATER_MS),
    ]);
    const raw = decode(Buffer.from(`${AT} ${'x'.repeat(1_000_000)}\n${LATER} next\n`), 65_536);
    expect(raw.map(({ text, truncated }) => [text.length, truncated])).toEqual([
      [64 * 1024, true],
      [4, false],
    ]);
  });

  it.each([
    ['the engine cannot go on', frame(3, 'Error grabbing logs: invalid character\n'), 'engine'],
    ['frames that are none', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), 'garbled'],
    ['a frame larger than any', Buffer.from([1, 0, 0, 0, 255, 0, 0, 0]), 'garbled'],
  ])('says that %s', (_, bytes, kind) => {
    expect(() => decode(bytes)).toThrow(expect.objectContaining({ kind }));
  });
});
