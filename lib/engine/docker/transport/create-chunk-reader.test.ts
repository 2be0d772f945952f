import { describe, expect, it } from 'vitest';
import { createChunkReader } from './create-chunk-reader.ts';

/** What a listener heard when these bytes came, in pieces of so many. */
function read(text: string, pieceBytes = text.length) {
  const heard: string[] = [];
  let data = '';
  const reader = createChunkReader({
    onData(piece) {
      data += piece.toString('latin1');
    },
    onEnd: () => heard.push('end'),
    onGarbled: () => heard.push('garbled'),
  });
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  return { data, heard };
}

const BODY = '5\r\nhello\r\nA;a=b\r\n\nwo\r\n0\r\nrl\r\n1;c="d;\\"e";f\r\nd\r\n0\r\nX-Sum: 1\r\n\r\n';

describe('createChunkReader', () => {
  it.each([1, 2, 3, 7, 1_000])('reads chunks that are cut into pieces of %i bytes', (pieceBytes) => {
    expect(read(BODY, pieceBytes)).toEqual({ data: 'hello\nwo\r\n0\r\nrld', heard: ['end'] });
  });

  it('has nothing to say of a body that goes on, or after its end', () => {
    expect(read('3\r\nabc\r\n2\r\nd')).toEqual({ data: 'abcd', heard: [] });
    expect(read(`${BODY}5\r\nhello\r\n`)).toEqual({ data: 'hello\nwo\r\n0\r\nrld', heard: ['end'] });
  });

  it.each([
    ['a length that is none', 'x\r\nabc\r\n'],
    ['a length that is not said', '\r\nabc\r\n'],
    ['a length beyond all memory', 'fffffffff\r\nabc'],
    ['a length below nothing', '-1\r\nabc'],
    ['a line that ends as in a file', '3\nabc\r\n'],
    ['a chunk that is longer than it says', '3\r\nabcd\r\n'],
    ['a length without an end', '0'.repeat(2_000)],
    ['words beside a length without an end', `3;${'x'.repeat(2_000)}`],
    ['a blank after a length', '3 \r\nabc'],
    ['a blank before a word', '3; a=b\r\nabc'],
    ['a word that is none', '3;a(b)\r\nabc'],
    ['a control character in a word', '3;a="\x01"\r\nabc'],
    ['a trailer that is none', '0\r\nhello\r\n'],
    ['a trailer with an odd name', '0\r\nX(y): 1\r\n'],
    ['a control character in a trailer', '0\r\nX: \x7f\r\n'],
    ['a trailer that ends as in a file', '0\r\nX: 1\nY: 2\r\n'],
    ['a length after the end', '0\r\nContent-Length: 3\r\n'],
    ['trailers without an end', `0\r\n${'A: b\r\n'.repeat(100)}`],
  ])('takes nothing more after %s', (_, text) => {
    const { heard } = read(`${text}\r\n3\r\nabc\r\n0\r\n\r\n`, 10);
    expect(heard).toEqual(['garbled']);
  });
});
