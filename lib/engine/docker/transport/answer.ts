import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type BodyReading, type HeldBody, readBody } from './read-body.ts';

/** The head of an answer, whoever read it. */
export interface Answer {
  statusCode: number;
  /** `Date` of its head. */
  date: string | undefined;
  /** What the head took on the wire, nearly. */
  headBytes: number;
  /** Its body, whole and within its limits. To be called once. @throws BodyError */
  read(reading: BodyReading): Promise<HeldBody>;
}

/** One that Node's HTTP client brought. */
export interface NodeAnswer extends Answer {
  response: IncomingMessage;
}

export function toAnswer(response: IncomingMessage): NodeAnswer {
  return {
    response,
    statusCode: response.statusCode ?? 0,
    date: response.headers.date,
    headBytes: response.rawHeaders.reduce((sum, text) => sum + text.length + 2, 17),
    read(reading) {
      const onPiece = createPause(response.socket);
      const onBytes = (bytes: number) => {
        reading.onBytes(bytes);
        onPiece();
      };
      return readBody(response, { ...reading, onBytes });
    },
  };
}

/** Two megabytes may come in one turn of the event loop, and in chunks of a byte they would hold it for a second. */
const PIECES_AT_ONCE = 1_000;

/** To be called with each piece that a socket brings: lets everybody else have a turn between those of an answer in very many. */
export function createPause(socket: Socket): () => void {
  let pieces = 0;
  return () => {
    pieces += 1;
    if (pieces !== PIECES_AT_ONCE) return;
    socket.pause();
    setImmediate(() => {
      pieces = 0;
      socket.resume();
    });
  };
}
