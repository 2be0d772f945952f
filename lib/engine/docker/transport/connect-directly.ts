import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ChunkListener, createChunkReader } from './create-chunk-reader.ts';
import { isBeginOfHead } from './direct-head.ts';
import { toReadBuffer } from './read-buffer.ts';

type Connect = (options: object, done: (error: Error | null, socket?: Duplex) => void) => Duplex | undefined;

/** Node's HTTP client reads no larger head either: what is, is its to refuse. */
const MAX_HEAD_BYTES = 16_384;
/** Between the head of an answer and whoever reads its body there is no time for more. */
const MAX_HELD_BYTES = 4_000_000;
const HEAD_END = Buffer.from('\r\n\r\n');

interface Direct {
  /** Hands the body of the answer on this socket over; `false`: it is one for Node to read. */
  take(listener: ChunkListener): boolean;
}

const directs = new WeakMap<object, Direct>();

/**
 * A socket for one answer that never ends, whose body can be read without Node's streams and HTTP parser in between
 * ({@link takeBody}): an engine's events come one by one, and each costs three times as much on the long way. Node's HTTP client
 * reads the head, and any answer that is not in plain chunks or that is an error.
 */
export function connectDirectly(
  connect: Connect,
  options: object,
  done: Parameters<Connect>[1],
): Duplex | undefined {
  let direct: ReturnType<typeof createDirect> | null = null;
  const buffer = toReadBuffer();
  const onread = {
    buffer,
    callback: (length: number) => direct?.onBytes(buffer.subarray(0, length)) ?? false,
  };
  const socket = connect({ ...options, onread }, done) as Socket | undefined;
  if (socket === undefined) return undefined;
  direct = createDirect(socket);
  directs.set(socket, direct);
  return socket;
}

/**
 * From now on the body of this answer is the listener's, piece by piece and not before the next turn; `false`: Node reads it, as any
 * other. Its `error` and `close` come as ever. There is no holding it back but by pausing its socket.
 */
export function takeBody(response: IncomingMessage, listener: Omit<ChunkListener, 'onGarbled'>): boolean {
  const { socket } = response;
  const onGarbled = () => {
    socket.destroy(new Error('not in chunks as HTTP says'));
  };
  return directs.get(socket)?.take({ ...listener, onGarbled }) ?? false;
}

function createDirect(socket: Socket): Direct & { onBytes(bytes: Buffer): boolean } {
  let head: Buffer = Buffer.alloc(0);
  const held: Buffer[] = [];
  let heldBytes = 0;
  let onBytes = readHead;

  const pass = (bytes: Buffer): boolean => socket.push(Buffer.from(bytes));

  function readHead(bytes: Buffer): boolean {
    let from = head.length;
    head = Buffer.concat([head, bytes]);
    for (;;) {
      const endAt = head.indexOf(HEAD_END);
      const text = endAt < 0 ? null : head.toString('latin1', 0, endAt + 2);
      if (text === null && head.length <= MAX_HEAD_BYTES && isBeginOfHead(head, from)) return true;
      const isInterim = text !== null && /^HTTP\/1\.[01] 1\d\d /.test(text);
      if (!isInterim && (text === null || !isPlainStream(text))) {
        onBytes = pass;
        return pass(head);
      }
      const own = head.subarray(0, endAt + HEAD_END.length);
      head = head.subarray(own.length);
      from = 0;
      if (!isInterim) {
        onBytes = hold;
        hold(head);
        return pass(own);
      }
      pass(own);
    }
  }

  function hold(bytes: Buffer): boolean {
    heldBytes += bytes.length;
    if (heldBytes > MAX_HELD_BYTES) socket.destroy(new Error('nobody reads it'));
    else if (bytes.length > 0) held.push(Buffer.from(bytes));
    return true;
  }

  return {
    onBytes: (bytes) => onBytes(bytes),
    take(listener) {
      if (onBytes !== hold) return false;
      const reader = createChunkReader(listener);
      process.nextTick(() => {
        onBytes = (bytes) => {
          reader.write(bytes);
          return true;
        };
        for (const bytes of held.splice(0)) reader.write(bytes);
      });
      return true;
    },
  };
}

/** Is this the head of an answer that comes in chunks, and in nothing else? */
function isPlainStream(head: string): boolean {
  if (!/^HTTP\/1\.1 200[ \r]/.test(head) || /\r\ncontent-(?:encoding|length):/i.test(head)) return false;
  const encodings = head.match(/\r\ntransfer-encoding:.*/gi) ?? [];
  return encodings.length === 1 && /:[ \t]*chunked[ \t]*\r?$/i.test(encodings[0] ?? '');
}
