import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import type { Answer } from './answer-request.ts';
import { zlib } from './builtins.ts';

/** Shorter than this it is not worth it. */
const GZIP_FROM_CHARS = 400;

/** Sends a whole answer, unless the other side left meanwhile; compressed for whoever takes it. */
export function sendAnswer(response: ServerResponse, { statusCode, body, type }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const isZipped = body.length >= GZIP_FROM_CHARS && takesGzip(response.req);
  const bytes = isZipped ? zlib.gzipSync(body, ZIP) : Buffer.from(body);
  response.writeHead(statusCode, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    ...(isZipped ? { 'Content-Encoding': 'gzip' } : {}),
  });
  response.end(bytes);
}

/** 64 kB of memory each instead of 256: answers are small, and the lines of a stream alike and near each other. */
const ZIP = { windowBits: 13, memLevel: 6, chunkSize: 4_096 };

/** What is written comes out at `response`, compressed and at once. Ends with it. */
export function openZip(response: ServerResponse): Writable {
  const zip = zlib.createGzip({ ...ZIP, flush: zlib.constants.Z_SYNC_FLUSH });
  zip.on('error', () => response.destroy());
  response.once('close', () => zip.destroy());
  zip.pipe(response);
  return zip;
}

/** Our server says so, in just these words; whoever asks by hand gets plain text. */
export const takesGzip = (request: IncomingMessage): boolean => request.headers['accept-encoding'] === 'gzip';
