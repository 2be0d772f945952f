import { randomBytes } from 'node:crypto';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { PACKED_AS } from './encodings.ts';
import { FrontResponse } from './front-response.ts';

const PAGE = '<p>web is healthy</p>'.repeat(4_000);
const BROWSER = 'gzip, deflate, br, zstd';
let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Answer = (response: FrontResponse) => void;

interface Asked {
  encodings: string;
  onPiece?(): void;
}

async function ask(answer: Answer, { encodings, onPiece }: Asked) {
  const own = createServer({ ServerResponse: FrontResponse as typeof ServerResponse }, (_, response) =>
    answer(response as FrontResponse),
  );
  server = own;
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const { port } = own.address() as AddressInfo;
  const message = await new Promise<IncomingMessage>((resolve) =>
    get({ port, headers: { 'accept-encoding': encodings } }, resolve),
  );
  const pieces: Buffer[] = [];
  for await (const piece of message) {
    pieces.push(piece);
    onPiece?.();
  }
  return { headers: message.headers, bytes: Buffer.concat(pieces) };
}

const page: Answer = (response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(PAGE);
};

test.each([
  ['a browser over https gets zstd', BROWSER, 'zstd', zstdDecompressSync],
  ['one that does not know it gets brotli', 'gzip, deflate, br', 'br', brotliDecompressSync],
  ['a browser over http gets gzip', 'gzip, deflate', 'gzip', gunzipSync],
  ['who refuses brotli gets gzip', 'br;q=0, gzip', 'gzip', gunzipSync],
] as const)('a page: %s', async (_title, encodings, name, unpack) => {
  const { headers, bytes } = await ask(page, { encodings });
  expect(headers).toMatchObject({ 'content-encoding': name, vary: 'Accept-Encoding' });
  expect(headers['content-length']).toBeUndefined();
  expect(unpack(bytes).toString()).toBe(PAGE);
  expect(bytes.length).toBeLessThan(PAGE.length / 10);
});

test('what a route has compressed is sent so, once, and says so: Next leaves out that it is', async () => {
  const body = JSON.stringify({ sentence: 'web is healthy'.repeat(400) });
  const answer: Answer = (response) => {
    response.setHeader('content-type', 'application/json');
    response.setHeader(PACKED_AS, 'gzip');
    response.appendHeader('vary', 'Accept-Encoding');
    response.write(gzipSync(body));
    response.end();
  };
  const { headers, bytes } = await ask(answer, { encodings: BROWSER });
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
  expect(headers[PACKED_AS]).toBeUndefined();
  expect(gunzipSync(bytes).toString()).toBe(body);
});

test('who takes neither gets it as it is, with its length', async () => {
  const { headers, bytes } = await ask(page, { encodings: 'identity' });
  expect(headers).toMatchObject({ 'content-length': String(PAGE.length), vary: 'Accept-Encoding' });
  expect(bytes.toString()).toBe(PAGE);
});

test.each<[string, Answer, string]>([
  [
    'a stream of events, which must not be held back',
    (response) => {
      response.setHeader('content-type', 'text/event-stream; charset=utf-8');
      response.setHeader('cache-control', 'no-store, no-transform');
      response.write(PAGE);
      response.end();
    },
    PAGE,
  ],
  [
    'a built file, sent with its headers',
    (response) => response.writeHead(200, { 'content-type': 'text/css' }).end(PAGE),
    PAGE,
  ],
  [
    'a few words',
    (response) => {
      response.setHeader('content-type', 'text/plain');
      response.end('well');
    },
    'well',
  ],
  [
    'a picture',
    (response) => {
      response.setHeader('content-type', 'image/png');
      response.end(PAGE);
    },
    PAGE,
  ],
])('not compressed: %s', async (_title, answer, text) => {
  const { headers, bytes } = await ask(answer, { encodings: BROWSER });
  expect(headers['content-encoding']).toBeUndefined();
  expect(bytes.toString()).toBe(text);
});

test('a page that changed nothing has no body to compress', async () => {
  const { headers, bytes } = await ask(
    (response) => {
      response.statusCode = 304;
      response.setHeader('content-type', 'text/html');
      response.end();
    },
    { encodings: BROWSER },
  );
  expect(headers['content-encoding']).toBeUndefined();
  expect(bytes).toHaveLength(0);
});

test('a page written piece by piece arrives whole, and what was flushed arrives before the end', async () => {
  const shown = Promise.withResolvers<void>();
  const answer: Answer = (response) => {
    response.setHeader('content-type', 'text/html');
    response.flushHeaders();
    response.write(PAGE);
    response.flush();
    void shown.promise.then(() => response.end('<p>the rest</p>'));
  };
  // Its end waits until its beginning has come.
  const { bytes } = await ask(answer, { encodings: BROWSER, onPiece: shown.resolve });
  expect(zstdDecompressSync(bytes).toString()).toBe(`${PAGE}<p>the rest</p>`);
});

test('a slow reader gets 10 MB whole, and the page is told to wait meanwhile', async () => {
  const noise = Array.from({ length: 200 }, (_, at) => `${at} ${'x'.repeat(50_000)}`);
  let waited = 0;
  const { bytes } = await ask(
    (response) => {
      response.setHeader('content-type', 'application/json');
      void (async () => {
        for (const piece of noise)
          if (!response.write(piece)) {
            waited += 1;
            await new Promise((resolve) => response.once('drain', resolve));
          }
        response.end();
      })();
    },
    { encodings: 'gzip' },
  );
  expect(gunzipSync(bytes).toString()).toBe(noise.join(''));
  expect(waited).toBeGreaterThan(0);
});

test.each(['gzip', 'identity'])(
  'of an answer that its reader does not take it is said that it waits (%s)',
  async (encodings) => {
    const piece = randomBytes(512 * 1024);
    const slow = Promise.withResolvers<void>();
    const own = createServer({ ServerResponse: FrontResponse as typeof ServerResponse }, (_, response) => {
      response.once('slow', slow.resolve);
      response.setHeader('content-type', 'text/html');
      let left = 128;
      const write = () => {
        while (left > 0) {
          left -= 1;
          if (!response.write(piece)) return void response.once('drain', write);
        }
        response.end();
      };
      write();
    });
    server = own;
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    const { port } = own.address() as AddressInfo;
    const request = get({ port, headers: { 'accept-encoding': encodings } }, (message) => message.pause());
    request.on('error', () => {});
    await slow.promise;
    request.destroy();
  },
);
