import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { takeBody } from './connect-directly.ts';

/** A stream that was accepted. */
export interface OpenBody {
  /** As it was before it was compressed. Destroying it ends the request. */
  body: Readable;
  /** Called with each of its chunks: it counts what came over the wire. */
  count(chunk: Buffer): void;
  /**
   * In place of reading `body` and counting: hands on what comes, by the shortest way, and its end. A piece is not to be kept: its
   * memory holds the next one.
   */
  listen(onPiece: (piece: Buffer) => void, onEnd: () => void): void;
}

/** There may be a stream for each of hundreds of nodes, and what comes in one piece is a line or a few. */
const CHUNK_BYTES = 4_096;

/** The body of an answer whose bytes are looked at as they come, be they compressed with gzip or not. */
export function openBody(response: IncomingMessage, countBytes: (bytes: number) => void): OpenBody {
  if (response.headers['content-encoding'] !== 'gzip') return openPlain(response, countBytes);
  const body = createGunzip({ flush: constants.Z_SYNC_FLUSH, chunkSize: CHUNK_BYTES });
  response.on('data', (chunk: Buffer) => countBytes(chunk.length));
  // What breaks one of them ends both; `body` passes it to whoever reads it, if anybody does yet.
  body.on('error', () => {});
  pipeline(response, body, () => {});
  return {
    body,
    count: () => {},
    listen(onPiece, onEnd) {
      body.on('data', onPiece);
      body.on('end', onEnd);
    },
  };
}

function openPlain(body: IncomingMessage, countBytes: (bytes: number) => void): OpenBody {
  const count = (chunk: Buffer) => countBytes(chunk.length);
  return {
    body,
    count,
    listen(onPiece, onEnd) {
      const onData = (piece: Buffer) => {
        count(piece);
        onPiece(piece);
      };
      if (takeBody(body, { onData, onEnd })) return;
      body.on('data', onData);
      body.on('end', onEnd);
    },
  };
}
