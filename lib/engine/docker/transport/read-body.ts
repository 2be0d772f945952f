import type { IncomingMessage } from 'node:http';

/** A body that did not come whole, was more than we take, or is not what it says. */
export class BodyError extends Error {
  readonly reason: 'cut' | 'too-large' | 'garbled';
  constructor(reason: BodyError['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * The whole body. Ending is the caller's: aborting the request's signal rejects this too. `onBytes` hears of each
 * chunk's size.
 *
 * @throws BodyError when the connection ended before the body did, or it grew beyond `maxBytes`
 */
export function readBody(
  response: IncomingMessage,
  { maxBytes, onBytes }: { maxBytes: number; onBytes: (bytes: number) => void },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      onBytes(chunk.length);
      if (size <= maxBytes) return chunks.push(chunk);
      chunks.length = 0;
      reject(new BodyError('too-large'));
      return response.destroy();
    });
    response.on('end', () =>
      response.complete ? resolve(Buffer.concat(chunks)) : reject(new BodyError('cut')),
    );
    // `end` is not sent for a cut body, and `error` not always: `close` is.
    response.on('error', () => reject(new BodyError('cut')));
    response.on('close', () => reject(new BodyError('cut')));
  });
}
