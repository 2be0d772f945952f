import { describe, expect, it } from 'vitest';
import { parseDirectHead } from './direct-head.ts';

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
    ['an interim answer', 'HTTP/1.1 103 Early Hints\r\nContent-Length: 2'],
    ['another protocol at once', 'HTTP/1.1 101 Switching Protocols\r\nContent-Length: 2'],
    ['no content', 'HTTP/1.1 204 No Content\r\nContent-Length: 2'],
    ['nothing new', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 2'],
    ['an older HTTP', 'HTTP/1.0 200 OK\r\nContent-Length: 2'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2'],
  ])('leaves %s to Node', (_, text) => {
    expect(parseDirectHead(text)).toBeNull();
  });
});
