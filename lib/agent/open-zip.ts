import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { zlib } from './builtins.ts';
import { ZIP } from './zip.ts';

/** What is written comes out at `response`, compressed and at once. Ends with it. */
export function openZip(response: ServerResponse): Writable {
  const zip = zlib.createGzip({ ...ZIP, flush: zlib.constants.Z_SYNC_FLUSH });
  zip.on('error', () => response.destroy());
  response.once('close', () => zip.destroy());
  zip.pipe(response);
  return zip;
}
