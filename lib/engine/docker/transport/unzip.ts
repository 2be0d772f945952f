import { gunzipSync } from 'node:zlib';
import { BodyError } from './read-body.ts';

/** What was compressed with gzip; a few kB may become gigabytes, and `maxBytes` holds for what they become. */
export function unzip(body: Buffer, maxBytes: number): Buffer {
  try {
    return gunzipSync(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const isLarger = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new BodyError(isLarger ? 'too-large' : 'garbled');
  }
}
