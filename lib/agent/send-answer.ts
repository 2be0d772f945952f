import type { ServerResponse } from 'node:http';
import type { Answer } from './answer-request.ts';
import { zlib } from './builtins.ts';
import { takesGzip, ZIP } from './zip.ts';

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
