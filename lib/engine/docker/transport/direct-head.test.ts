import { describe, expect, it } from 'vitest';
import { isBeginOfHead, parseDirectHead } from './direct-head.ts';

const DOCKER = [
  'HTTP/1.1 200 OK',
  'Api-Version: 1.51',
  'Content-Type: application/json',
  'Docker-Experimental: false',
  'Date: Mon, 30 Nov 2026 14:00:00 GMT',
];
const head = (...more: string[]) => [...DOCKER, ...more].join('\r\n');

describe('parseDirectHead', () => {
  it('reads what Docker writes', () => {
    const date = 'Mon, 30 Nov 2026 14:00:00 GMT';
    expect(parseDirectHead(head('Content-Length: 12'))).toEqual({
      ...{ statusCode: 200, date, length: 12, isKept: true },
    });
    expect(parseDirectHead(head('TRANSFER-ENCODING: Chunked', 'Connection: close'))).toEqual({
      ...{ statusCode: 200, date, length: null, isKept: false },
    });
    expect(parseDirectHead('HTTP/1.1 404\r\nContent-Length: 0')).toEqual({
      ...{ statusCode: 404, date: undefined, length: 0, isKept: true },
    });
  });

  it.each([
    ['no length', head()],
    ['two lengths', head('Content-Length: 2', 'Content-Length: 2')],
    ['a length and chunks', head('Content-Length: 2', 'Transfer-Encoding: chunked')],
    ['a length that is none', head('Content-Length: 0x10')],
    ['two codings', head('Transfer-Encoding: gzip, chunked')],
    ['the same coding twice', head('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')],
    ['something compressed', head('Content-Length: 2', 'Content-Encoding: gzip')],
    ['another protocol', head('Content-Length: 2', 'Upgrade: tcp')],
    ['a line that goes on in the next one', head('X: a', ' Content-Length: 2', 'Content-Length: 3')],
    ['a blank before the colon', head('Content-Length : 2')],
    ['a line without a name', head('Content-Length: 2', ': x')],
    ['a line that is none', head('Content-Length: 2', 'hello')],
    ['a line that ends in the middle', head('Content-Length: 2', 'X: a\rContent-Length: 3')],
    ['a bare line feed', head('Content-Length: 2', 'X: a\nContent-Length: 3')],
    ['a name that is no word', head('Content-Length: 2', 'F(o)o: x')],
    ['a name in UTF-8', head('Content-Length: 2', 'F\xc3\xa9: x')],
    ['a control character in a name', head('Content-Length: 2', 'F\x01: x')],
    ['a control character in a value', head('Content-Length: 2', 'X: a\x01')],
    ['a deleted character in a value', head('Content-Length: 2', 'X: a\x7f')],
    ['a blank before a length that is none', head('Content-Length: \xa02')],
    ['a tab before a length that is none', head('Content-Length: \x0b2')],
    ['a blank before chunks that is none', head('Transfer-Encoding: \xa0chunked')],
    ['a tab after chunks that is none', head('Transfer-Encoding: chunked\x0c')],
    ['an interim answer', 'HTTP/1.1 103 Early Hints\r\nContent-Length: 2'],
    ['another protocol at once', 'HTTP/1.1 101 Switching Protocols\r\nContent-Length: 2'],
    ['no content', 'HTTP/1.1 204 No Content\r\nContent-Length: 2'],
    ['nothing new', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 2'],
    ['an older HTTP', 'HTTP/1.0 200 OK\r\nContent-Length: 2'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2'],
  ])('leaves %s to Node', (_, text) => {
    expect(parseDirectHead(text)).toBeNull();
  });

  it('takes blanks and tabs around a value', () => {
    expect(parseDirectHead(head('Content-Length:\t 2 \t', 'X:'))).toMatchObject({ length: 2 });
    expect(parseDirectHead(head('Transfer-Encoding:chunked '))).toMatchObject({ length: null });
  });
});

describe('isBeginOfHead', () => {
  const isBegin = (text: string, from = 0) => isBeginOfHead(Buffer.from(text, 'latin1'), from);

  it.each([
    '',
    'H',
    'HTTP/1.1',
    'HTTP/1.1 200 OK\r',
    'HTTP/1.1 200 OK\r\nX: a',
    'HTTP/1.1 200 OK\r\nX: a\r\n',
  ])('waits for the rest of %j', (text) => {
    expect(isBegin(text)).toBe(true);
    expect(isBegin(text, text.length)).toBe(true);
  });

  it.each(['\n', 'SSH-2.0', 'HTTP/1.0 ', 'HTTP/1.1 200 OK\n', 'HTTP/1.1 200 OK\r\nX: a\n', '\r\nHTTP/1.1'])(
    'does not wait for the rest of %j',
    (text) => expect(isBegin(text)).toBe(false),
  );
});
