import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { zlib } from './builtins.ts';

/** 64 kB of memory each instead of 256: answers are small, and the lines of a stream alike and near each other. */
export const ZIP = { windowBits: 13, memLevel: 6, chunkSize: 4_096 };

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
