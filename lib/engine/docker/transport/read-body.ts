import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip, type Gunzip, gunzipSync } from 'node:zlib';
import { type AnswerLimits, MAX_ZIP_RATIO, ZIP_RATIO_FROM_BYTES } from './answer-limits.ts';
import { BodyError } from './body-error.ts';
import { collectBytes } from './collect-bytes.ts';
import type { ByteBudget } from './create-byte-budget.ts';

export interface BodyReading {
  limits: AnswerLimits;
  budget: ByteBudget;
  /** Called with each chunk's size, as it came over the wire. */
  onBytes(bytes: number): void;
}

export interface HeldBody {
  body: Buffer;
  /** To be called when nobody needs it any more: until then the budget counts it. */
  release(): void;
}

/** What so few bytes are packed in is unpacked at once: a stream for it costs ten times as much. */
const SMALL_ZIP_BYTES = 32 * 1024;
/** And what becomes of them is no more than this. */
const SMALL_BYTES = 1_000_000;
/** Large enough that a list takes few steps, small enough for the hundreds of small answers a second of a large swarm. */
const CHUNK_BYTES = 16 * 1024;
/** Each costs some microseconds, however little is in it. A proxy may cut a body as it likes, but not into letters. */
export const FEW_PIECES = 10_000;
export const MIN_PIECE_BYTES = 16;

/**
 * The whole body, unpacked, within its limits while it is read: nothing beyond them is kept or unpacked. Ending is the
 * caller's: aborting the request's signal rejects this too.
 *
 * @throws BodyError when the connection ended before the body did, or it is more than one of the limits
 */
export function readBody(response: IncomingMessage, reading: BodyReading): Promise<HeldBody> {
  const { limits, budget, onBytes } = reading;
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    response.destroy();
    return Promise.reject(new BodyError('encoding'));
  }
  if (encoding === 'identity' && Number(response.headers['content-length']) > limits.maxBytes) {
    response.destroy();
    return Promise.reject(new BodyError('too-large'));
  }
  return new Promise((resolve, reject) => {
    const chunks = collectBytes();
    let wireBytes = 0;
    let size = 0;
    let pieces = 0;
    let source: Readable = response;
    let failed = false;
    const holding = budget.open(limits.maxBytes, () => fail('crowded'));

    const fail = (reason: BodyError['reason']) => {
      if (failed) return;
      failed = true;
      chunks.take();
      holding.close();
      reject(new BodyError(reason));
      if (source !== response) source.destroy();
      response.destroy();
    };
    const onWire = (chunk: Buffer) => {
      wireBytes += chunk.length;
      onBytes(chunk.length);
    };
    const onChunk = (chunk: Buffer) => {
      if (failed) return;
      size += chunk.length;
      pieces += 1;
      if (size > limits.maxBytes) return fail('too-large');
      if (pieces > FEW_PIECES && size < pieces * MIN_PIECE_BYTES) return fail('pieces');
      if (size > ZIP_RATIO_FROM_BYTES && size > wireBytes * MAX_ZIP_RATIO) return fail('ratio');
      chunks.push(chunk);
      holding.grow(chunk.length);
    };
    const onWhole = () => {
      if (failed) return;
      if (!response.complete) return fail('cut');
      resolve({ body: chunks.take(), release: holding.close });
    };

    response.on('data', onWire);
    // `end` is not sent for a cut body, and `error` not always: `close` is.
    response.on('error', () => fail('cut'));
    response.on('close', () => {
      if (!response.complete) fail('cut');
    });
    const onUnzipped = (unzipped: Readable) => {
      source = unzipped;
      unzipped.on('error', () => fail('garbled'));
      unzipped.on('data', onChunk);
      unzipped.on('end', onWhole);
    };
    const onSmall = (whole: Buffer | 'garbled' | 'too-large') => {
      if (typeof whole === 'string') return fail(whole);
      onChunk(whole);
      return onWhole();
    };
    if (encoding === 'gzip') unzip(response, Math.min(limits.maxBytes, SMALL_BYTES), onUnzipped, onSmall);
    else {
      response.on('data', onChunk);
      response.on('end', onWhole);
    }
  });
}

/** Hands on a small body whole or why it cannot be, and of a larger one a stream of what it unpacks to. */
function unzip(
  response: IncomingMessage,
  maxSmallBytes: number,
  onStream: (unzipped: Readable) => void,
  onSmall: (whole: Buffer | 'garbled' | 'too-large') => void,
): void {
  const packed: Buffer[] = [];
  let packedBytes = 0;
  let stream: Gunzip | null = null;

  const openStream = () => {
    stream = createGunzip({ chunkSize: CHUNK_BYTES });
    onStream(stream);
    for (const chunk of packed.splice(0)) stream.write(chunk);
    return stream;
  };
  response.on('data', (chunk: Buffer) => {
    if (stream) return;
    packed.push(chunk);
    packedBytes += chunk.length;
    if (packedBytes > SMALL_ZIP_BYTES) response.pipe(openStream());
  });
  response.on('end', () => {
    if (stream || !response.complete) return;
    try {
      onSmall(gunzipSync(Buffer.concat(packed), { maxOutputLength: maxSmallBytes }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') onSmall('garbled');
      else if (maxSmallBytes < SMALL_BYTES) onSmall('too-large');
      else openStream().end();
    }
  });
}
