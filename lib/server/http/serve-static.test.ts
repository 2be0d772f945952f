import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compressFolder } from '#lib/build/compress.ts';
import { createStaticFiles } from './serve-static.ts';

const SCRIPT = `${'console.log("swarm");\n'.repeat(200)}`;
let root: string;
let server: Server;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'vitals-static-'));
  const folder = join(root, '.next/static');
  mkdirSync(join(folder, 'chunks'), { recursive: true });
  writeFileSync(join(root, 'server.js'), 'secret');
  writeFileSync(join(folder, 'chunks/a.js'), SCRIPT);
  writeFileSync(join(folder, 'font.woff2'), 'font');
  compressFolder(folder);
  mkdirSync(join(root, 'public'));
  writeFileSync(join(root, 'public/manifest.webmanifest'), '{}');
  writeFileSync(join(root, 'public/.hidden'), 'secret');
  writeFileSync(join(root, 'outside'), 'secret');
  symlinkSync(join(root, 'outside'), join(root, 'public/link'));
  const { serve } = createStaticFiles(root);
  server = createServer((request, response) => {
    if (!serve(request, response)) response.writeHead(404).end('Next');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});

afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

/** Nothing between the test and the bytes: `fetch` would decompress them and tidy the path. */
function ask(path: string, encoding = '', method = 'GET', more: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const asked = request(
        { port, path, method, headers: { 'accept-encoding': encoding, ...more } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      asked.on('error', reject).end();
    },
  );
}

test.each([
  ['gzip, deflate', 'gzip', gunzipSync],
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['', undefined, (body: Buffer) => body],
  ['gzip;q=1.0, br;q=0', 'gzip', gunzipSync],
  ['identity, xbr, brotli, gzip; q=0.0', undefined, (body: Buffer) => body],
])('a browser that takes "%s" gets a script as %s', async (takes, encoding, decompress) => {
  const { status, headers, body } = await ask('/_next/static/chunks/a.js?v=1', takes);
  expect({ status, encoding: headers['content-encoding'] }).toEqual({ status: 200, encoding });
  expect(decompress(body).toString()).toBe(SCRIPT);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public,max-age=31536000,immutable',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Encoding',
  });
});

test('a font is sent as it is, and HEAD brings no body', async () => {
  const font = await ask('/_next/static/font.woff2', 'gzip, br');
  expect([font.status, font.headers['content-type'], font.body.toString()]).toEqual([
    200,
    'font/woff2',
    'font',
  ]);
  const head = await ask('/_next/static/chunks/a.js', 'br', 'HEAD');
  expect([head.status, head.body.length]).toEqual([200, 0]);
});

test('a file of public is there for whoever asks, an hour long, and not again when it is the same', async () => {
  const { status, headers, body } = await ask('/manifest.webmanifest');
  expect([status, body.toString()]).toEqual([200, '{}']);
  expect(headers).toMatchObject({
    'content-type': 'application/manifest+json',
    'cache-control': 'public,max-age=3600',
    'x-content-type-options': 'nosniff',
    etag: expect.any(String),
  });
});

test('a file that a browser has is not sent again, and one of another build is', async () => {
  const { headers } = await ask('/manifest.webmanifest');
  const status = async (etag: string) =>
    (await ask('/manifest.webmanifest', '', 'GET', { 'if-none-match': etag })).status;
  expect(await status(String(headers.etag))).toBe(304);
  expect(await status(`"other", W/${headers.etag}`)).toBe(304);
  expect(await status('"other"')).toBe(200);
});

test.each(['bytes=5-2', 'bytes=-1', 'bytes=0-', 'bytes=999999-', 'x'])(
  'a part of a file is never sent: %s',
  async (range) => {
    const { status, body } = await ask('/_next/static/chunks/a.js', '', 'GET', { range });
    expect([status, body.toString()]).toEqual([200, SCRIPT]);
  },
);

test.each([
  '/.hidden',
  '/link',
  '/_next/static/chunks/a.js.br',
  '/_next/static/chunks',
  '/_next/static/chunks/%61.js%00',
  '/%252e%252e/server.js',
  '/public/manifest.webmanifest',
  '/manifest.webmanifest.bak',
  '/%2e%2e/server.js',
  '/../server.js',
  '/',
  '/_next/static/chunks/b.js',
  '/_next/static/../../server.js',
  '/_next/static/%2e%2e/%2e%2e/server.js',
  '/_next/static/..%2f..%2fserver.js',
  '/_next/static/%',
  '/api/swarm',
])('what is not one of these files is left to Next: %s', async (path) => {
  expect((await ask(path, 'gzip')).body.toString()).toBe('Next');
});

test('nor is anything answered but GET and HEAD', async () => {
  expect((await ask('/_next/static/chunks/a.js', '', 'POST')).body.toString()).toBe('Next');
});
