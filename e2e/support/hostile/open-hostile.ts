import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** What hostile connections do. None of them shows a password, a cookie or a token. */
export const HOSTILE_KINDS = {
  /** Say nothing at all. */
  silent: () => {},
  /** A request's head, a byte a second. */
  'slow head': (socket) => drip(socket, 'GET / HTTP/1.1\r\nHost: localhost\r\nX: '),
  /** A body that has the right length and never comes. */
  'slow body': (socket) => drip(socket, toPost('Content-Length: 4000')),
  /** 10 MB where a password is wanted. */
  'large body': (socket) => pour(socket, toPost('Content-Length: 10000000')),
  /** The same, without saying so before. */
  'chunked body': (socket) => pour(socket, `${toPost('Transfer-Encoding: chunked')}989680\r\n`),
  /** The same, where no body is wanted at all. */
  'body of a page': (socket) =>
    pour(socket, 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n'),
  /** The same, if it is asked for. */
  'expected body': (socket) => pour(socket, toPost('Content-Length: 10000000\r\nExpect: 100-continue')),
  /** Requests ahead of their answers, which are not taken. */
  pipelined: (socket) => {
    socket.pause();
    socket.write('GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(30));
  },
  /** As many of them as anybody reads at once. */
  'far ahead': (socket) => {
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1_000));
  },
  /** Asks to speak something else. */
  upgrade: (socket) => {
    socket.write(
      'GET /api/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
  },
  /** Asks for the largest that anybody may have, and takes none of it. */
  'slow reader': (socket, largest) => {
    socket.pause();
    socket.write(`GET ${largest} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(8));
  },
  /** One request after the other, as fast as they are answered. */
  busy: (socket) => {
    askOn(socket, () => 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  },
  /** The same, each a page that nobody has asked for: of the answer no more than the head. */
  pages: (socket) => {
    askOn(socket, () => `HEAD /nodes?of=${Math.random()} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  },
  /** The same as `busy`, each with another cookie that has the form of a session: it takes a key to see that it is none. */
  forged: (socket) => {
    askOn(
      socket,
      () => `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: vitals-session=${toForgedSeal()}\r\n\r\n`,
    );
  },
} as const satisfies Record<string, (socket: Socket, largest: string) => void>;

export type HostileKind = keyof typeof HOSTILE_KINDS;

export interface Hostile {
  /** Connections that were made, those that were closed and made again included. */
  made(): number;
  open(): number;
  sentBytes(): number;
  /** What the server said to them first, and how often. */
  answers(): Map<string, number>;
  close(): void;
}

/** Closed connections are made again, so many a second at most: the server has no rest, and the test has its measure. */
const AGAIN_PER_SECOND = 500;
const MAX_OF_ONE_BYTES = 10_000_000;

/**
 * Keeps so many hostile connections to a server on the loopback interface, of each kind as many, until `close`.
 *
 * @param largest path of a built file
 */
export function openHostile(
  url: string,
  count: number,
  kinds: readonly HostileKind[],
  largest: string,
): Hostile {
  const { port, hostname } = new URL(url);
  const againAfterMs = Math.max(250, (count / AGAIN_PER_SECOND) * 1_000);
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const answers = new Map<string, number>();
  let closed = false;
  let made = 0;
  let sent = 0;

  const open = (kind: HostileKind) => {
    const socket = connect(Number(port), hostname, () => HOSTILE_KINDS[kind](socket, largest));
    made += 1;
    sockets.add(socket);
    socket.once('data', (chunk: Buffer) => {
      const key = `${kind}: ${chunk.toString('latin1').split('\r\n', 1)[0]}`;
      answers.set(key, (answers.get(key) ?? 0) + 1);
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      sent += socket.bytesWritten - socket.writableLength;
      if (closed) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        open(kind);
      }, againAfterMs);
      timers.add(timer);
    });
  };
  for (let index = 0; index < count; index += 1) open(kinds[index % kinds.length] ?? 'silent');
  return {
    made: () => made,
    open: () => sockets.size,
    sentBytes: () => sent + [...sockets].reduce((sum, one) => sum + one.bytesWritten - one.writableLength, 0),
    answers: () => answers,
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
}

function toPost(header: string): string {
  return `POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n${header}\r\n\r\n`;
}

function askOn(socket: Socket, toRequest: () => string): void {
  const ask = () => socket.write(toRequest());
  socket.on('data', ask);
  ask();
}

/** As `iron-session` makes them: salt, vector, text, when it ends, salt, code. */
export function toForgedSeal(): string {
  const hex = () => randomBytes(32).toString('hex');
  const text = (bytes: number) => randomBytes(bytes).toString('base64url');
  const endsAtMs = Date.now() + 1_000_000;
  return `Fe26.2*1*${hex()}*${text(16)}*${text(128)}*${endsAtMs}*${hex()}*${text(32)}~2`;
}

function drip(socket: Socket, head: string): void {
  socket.write(head);
  const timer = setInterval(() => socket.write('a'), 1_000);
  socket.once('close', () => clearInterval(timer));
}

/** Writes as fast as it is taken. */
function pour(socket: Socket, head: string): void {
  const piece = Buffer.alloc(65_536, 'a');
  socket.write(head);
  const more = () => {
    while (!socket.destroyed && socket.bytesWritten < MAX_OF_ONE_BYTES) if (!socket.write(piece)) return;
  };
  socket.on('drain', more);
  more();
}
