import { type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { constants, createBrotliCompress, createGzip, createZstdCompress } from 'node:zlib';
import { setFairTimer } from '#lib/flow/set-fair-timer.ts';
import { PACKED_AS, QUICK_ENCODINGS } from './encodings.ts';

type Chunk = string | Uint8Array;
type Done = (error?: Error | null) => void;
type Packer = ReturnType<typeof createPacker>;

const TEXT = /^(text\/|application\/(json|javascript|manifest\+json)|image\/svg)/;
/** Less than this is one packet anyway. */
const MIN_BYTES = 1_024;
/** A reader that takes nothing for so long is waited for. */
const SLOW_MS = 250;
const BODILESS = new Set([204, 205, 304]);

/** Is given an answer as it is made, before it is compressed. */
export interface AnswerRecorder {
  /** Never called for one that says all of its headers at once. */
  head(statusCode: number, headers: OutgoingHttpHeaders): void;
  piece(bytes: Uint8Array): void;
  /** All of it is there, whenever it will have been sent. */
  end(): void;
}

/**
 * An answer that is compressed while it is sent. Next does it at gzip's usual level and sends each piece by itself, which
 * took twice to three times the time, for more bytes.
 *
 * What is sent with its headers at once (`writeHead` with any) is left as it is: built files are compressed already.
 */
export class PackedResponse extends ServerResponse {
  #isDecided = false;
  #packer: Packer | null = null;
  #isFlushDue = false;
  #isWatched = false;
  #waiting: ReturnType<typeof setFairTimer> | null = null;
  #recorder: AnswerRecorder | null = null;

  record(recorder: AnswerRecorder): void {
    this.#recorder = recorder;
  }

  override write(chunk: Chunk, first?: BufferEncoding | Done, second?: Done): boolean {
    if (!this.headersSent) this.writeHead(this.statusCode);
    const encoding = typeof first === 'string' ? first : 'utf8';
    const done = typeof first === 'function' ? first : second;
    this.#recorder?.piece(toBytes(chunk, encoding));
    if (this.#packer !== null) return this.#packer.write(chunk, encoding, done);
    const hasRoom = super.write(chunk, encoding, done);
    if (!hasRoom) this.#watchReader();
    return hasRoom;
  }

  /** The event `slow`: nothing more is made of it for now, since its reader does not take what is. */
  #watchReader(): void {
    if (!this.#isWatched) {
      const over = () => {
        this.#waiting?.cancel();
        this.#waiting = null;
      };
      this.on('drain', over);
      this.once('close', over);
      this.#isWatched = true;
    }
    this.#waiting ??= setFairTimer(SLOW_MS, () => this.emit('slow'));
  }

  /** The event `drawn`: nothing more is made of it, whenever it will have been sent. */
  override end(chunk?: Chunk | Done | null, first?: BufferEncoding | Done, second?: Done): this {
    this.emit('drawn');
    const last = typeof chunk === 'function' ? null : (chunk ?? null);
    const encoding = typeof first === 'string' ? first : 'utf8';
    const done = [chunk, first, second].find((one): one is Done => typeof one === 'function');
    if (!this.headersSent) this.decide(this.statusCode, last === null ? 0 : Buffer.byteLength(last));
    if (last !== null) this.#recorder?.piece(toBytes(last, encoding));
    this.#recorder?.end();
    this.#recorder = null;
    if (this.#packer === null) return last === null ? super.end(done) : super.end(last, encoding, done);
    if (!this.headersSent) this.writeHead(this.statusCode);
    if (done !== undefined) this.once('finish', done);
    if (last === null) this.#packer.end();
    else this.#packer.end(last, encoding);
    return this;
  }

  /** Next asks for this after each piece of a page: what was written in one turn goes out together. */
  flush(): void {
    if (this.#packer === null || this.#isFlushDue) return;
    this.#isFlushDue = true;
    setImmediate(() => {
      this.#isFlushDue = false;
      if (this.#packer?.writableEnded === false && !this.destroyed) this.#packer.flush();
    });
  }

  /**
   * Decides whether this answer is compressed, once, before its head is sent.
   *
   * @param bytes of all of it; `null`: as many as its header says, if that is known
   */
  protected decide(statusCode: number, bytes: number | null): void {
    if (this.#isDecided) return;
    this.#isDecided = true;
    const packedAs = this.getHeader(PACKED_AS);
    if (packedAs !== undefined) {
      this.removeHeader(PACKED_AS);
      this.setHeader('content-encoding', packedAs);
    }
    this.#recorder?.head(statusCode, { ...this.getHeaders() });
    if (!TEXT.test(String(this.getHeader('content-type') ?? '')) || BODILESS.has(statusCode)) return;
    if (this.hasHeader('content-encoding')) return;
    if (/no-transform/i.test(String(this.getHeader('cache-control') ?? ''))) return;
    this.appendHeader('vary', 'Accept-Encoding');
    if ((bytes ?? Number(this.getHeader('content-length') ?? MIN_BYTES)) < MIN_BYTES) return;
    const takes = String(this.req.headers['accept-encoding'] ?? '');
    const way = QUICK_ENCODINGS.find(({ isTaken }) => isTaken.test(takes));
    if (way === undefined || this.req.method === 'HEAD') return;
    this.removeHeader('content-length');
    this.setHeader('content-encoding', way.name);
    this.#packer = this.#pack(createPacker(way.name));
  }

  #pack(packer: Packer): Packer {
    packer.on('data', (piece: Buffer) => {
      if (super.write(piece)) return;
      packer.pause();
      this.#watchReader();
    });
    packer.on('end', () => super.end());
    packer.on('error', (error) => this.destroy(error));
    packer.on('drain', () => this.emit('drain'));
    this.on('drain', () => packer.resume());
    this.once('close', () => packer.destroy());
    return packer;
  }
}

function toBytes(chunk: Chunk, encoding: BufferEncoding): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
}

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, ZSTD_c_compressionLevel } = constants;

function createPacker(encoding: (typeof QUICK_ENCODINGS)[number]['name']) {
  if (encoding === 'zstd') return createZstdCompress({ params: { [ZSTD_c_compressionLevel]: 1 } });
  if (encoding === 'gzip') return createGzip({ level: 3 });
  // A page has what it shows twice, as HTML and as what React begins with: far apart in a large swarm.
  return createBrotliCompress({ params: { [BROTLI_PARAM_QUALITY]: 3, [BROTLI_PARAM_LGWIN]: 20 } });
}
