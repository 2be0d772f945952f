import { describe, expect, it } from 'vitest';
import { splitLines } from './split-lines.ts';

function run(chunks: Buffer[], maxChars = 20) {
  const lines: string[] = [];
  let dropped = 0;
  const onDropped = () => {
    dropped += 1;
  };
  const splitter = splitLines({ maxChars, onLine: (line) => lines.push(line), onDropped });
  for (const chunk of chunks) splitter.write(chunk);
  return { lines, dropped };
}

const bytes = (text: string) => Array.from(Buffer.from(text), (byte) => Buffer.from([byte]));

describe('splitLines', () => {
  it('cuts several lines out of one chunk', () => {
    expect(run([Buffer.from('a\nb\n\r\n\nc\n')]).lines).toEqual(['a', 'b', 'c']);
  });

  it('puts a line together from single bytes, also within a character', () => {
    expect(run(bytes('é€😀\nx\n')).lines).toEqual(['é€😀', 'x']);
  });

  it('keeps what has no end yet', () => {
    expect(run([Buffer.from('a\nhalf')]).lines).toEqual(['a']);
  });

  it.each([
    ['in one chunk', [Buffer.from(`${'x'.repeat(50)}\nok\n`)]],
    ['in single bytes', bytes(`${'x'.repeat(50)}\nok\n`)],
    ['in two chunks', [Buffer.from('x'.repeat(30)), Buffer.from(`${'x'.repeat(20)}\nok\n`)]],
  ])('drops a line that is too long, once: %s', (_, chunks) => {
    expect(run(chunks)).toEqual({ lines: ['ok'], dropped: 1 });
  });
});
