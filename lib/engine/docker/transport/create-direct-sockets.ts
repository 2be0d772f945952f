import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { type Answer, createPause } from './answer.ts';
import { createDirectBody, type DirectBody, UnusualAnswer } from './direct-body.ts';
import { isBeginOfHead, parseDirectHead } from './direct-head.ts';
import { type GetRequest, toRequestText } from './get.ts';
import { toReadBuffer } from './read-buffer.ts';

/**
 * Connections to one endpoint, for one purpose, whose answers are read without Node's HTTP client: for the hundreds of small
 * ones a minute that takes two thirds of all that reading costs. It knows answers as Docker writes them alone.
 */
export interface DirectSockets {
  /** Rejects with the socket's error, or with {@link UnusualAnswer}, as reading the answer may. */
  ask(request: GetRequest): Promise<Answer>;
  /** Was nothing unusual answered of late? */
  isUsual(): boolean;
  /** Something unusual was answered: it is not to be asked so for a while. */
  leave(): void;
  close(): void;
}

/** Node's HTTP client reads no larger head either. */
const MAX_HEAD_BYTES = 16_384;
const HEAD_END = Buffer.from('\r\n\r\n');
/** After a rush of reads one is enough for the rest of the day. */
const RUSH_MS = 2_000;
const KEEP_ALIVE_MS = 1_000;
/** A proxy may have answered in the place of an engine that was away. */
const UNUSUAL_MS = 600_000;

interface Connection {
  socket: Socket;
  /** `null`: it is free. */
  exchange: Exchange | null;
}

interface Exchange {
  onBytes(bytes: Buffer): void;
  onClose(error: Error): void;
}

/** `null`: what is said over this endpoint's connections is encrypted, or goes through a program. */
export function createDirectSockets(
  endpoint: Endpoint,
  onSocket: (socket: Socket) => void,
): DirectSockets | null {
  if (endpoint.kind === 'ssh' || (endpoint.kind === 'tcp' && endpoint.tls !== null)) return null;
  const address =
    endpoint.kind === 'unix' ? { path: endpoint.path } : { host: endpoint.host, port: endpoint.port };
  const host = toHost(endpoint);
  const free: Connection[] = [];
  const open = new Set<Socket>();
  let usualFromMs = 0;
  let isClosed = false;
  let trimming: NodeJS.Timeout | null = null;

  const isUsual = () => performance.now() >= usualFromMs;

  function trim(): void {
    trimming = null;
    for (const { socket } of free.splice(1)) socket.destroy();
  }

  function dropFree(): void {
    for (const { socket } of free.splice(0)) socket.destroy();
  }

  function keep(connection: Connection) {
    if (connection.socket.destroyed) return;
    if (isClosed || !isUsual()) return void connection.socket.destroy();
    free.push(connection);
    connection.socket.unref();
    if (free.length > 1) trimming ??= setTimeout(trim, RUSH_MS).unref();
  }

  /** One that is free, and on which nothing came that nobody asked for; `null`: there is none. */
  async function takeFree(): Promise<Connection | null> {
    for (;;) {
      const connection = free.pop();
      if (connection === undefined) return null;
      // Two turns: what came before now is read in between, and ends it.
      await nextTurn();
      await nextTurn();
      if (!connection.socket.destroyed) return connection;
    }
  }

  function dial(): Connection {
    const buffer = toReadBuffer();
    const callback = (length: number) => {
      if (connection.exchange === null) socket.destroy();
      else connection.exchange.onBytes(buffer.subarray(0, length));
      return true;
    };
    const settings = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS };
    const socket = connect({ ...address, ...settings, onread: { buffer, callback } });
    const connection: Connection = { socket, exchange: null };
    let error: Error | null = null;
    open.add(socket);
    onSocket(socket);
    socket.on('error', (reason) => {
      error = reason;
    });
    socket.on('close', () => {
      open.delete(socket);
      const at = free.indexOf(connection);
      if (at >= 0) free.splice(at, 1);
      connection.exchange?.onClose(error ?? toHangUp());
    });
    return connection;
  }

  return {
    async ask(request) {
      const text = toRequestText(request, host);
      const kept = await takeFree();
      if (request.signal.aborted && kept) keep(kept);
      request.signal.throwIfAborted();
      const connection = kept ?? dial();
      connection.socket.ref();
      const answer = exchange(connection, request.signal, {
        onFree: () => keep(connection),
        // What ended one that was kept, as a proxy's restart, ended the others: who asks again is to dial.
        onUnanswered: () => kept && dropFree(),
      });
      connection.socket.write(text, 'latin1');
      return answer;
    },
    isUsual,
    leave() {
      usualFromMs = performance.now() + UNUSUAL_MS;
      dropFree();
    },
    close() {
      isClosed = true;
      if (trimming !== null) clearTimeout(trimming);
      for (const socket of open) socket.destroy();
    },
  };
}

interface ExchangeEnds {
  /** The connection can be asked again. */
  onFree(): void;
  /** It was closed before the head of an answer came. */
  onUnanswered(): void;
}

/** Reads one answer. */
function exchange(
  connection: Connection,
  signal: AbortSignal,
  { onFree, onUnanswered }: ExchangeEnds,
): Promise<Answer> {
  const { socket } = connection;
  return new Promise((resolve, reject) => {
    let head: Buffer | null = null;
    let body: DirectBody | null = null;

    const end = () => socket.destroy();
    const part = () => {
      connection.exchange = null;
      signal.removeEventListener('abort', end);
    };
    const refuse = () => {
      part();
      end();
      reject(new UnusualAnswer());
    };
    function takeHead(bytes: Buffer) {
      const all = head === null ? bytes : Buffer.concat([head, bytes]);
      const endAt = all.indexOf(HEAD_END);
      if (endAt < 0) {
        if (all.length > MAX_HEAD_BYTES || !isBeginOfHead(all, head?.length ?? 0)) return refuse();
        head = Buffer.from(all);
        return;
      }
      const known = endAt > MAX_HEAD_BYTES ? null : parseDirectHead(all.toString('latin1', 0, endAt));
      if (known === null) return refuse();
      const onPiece = createPause(socket);
      const made = createDirectBody(known.length, {
        onWhole(isExact) {
          part();
          if (isExact && known.isKept) onFree();
          else end();
        },
        onFailed: end,
      });
      body = made;
      resolve({
        statusCode: known.statusCode,
        date: known.date,
        headBytes: endAt + HEAD_END.length,
        read(reading) {
          const onBytes = (count: number) => {
            reading.onBytes(count);
            onPiece();
          };
          return made.read({ ...reading, onBytes });
        },
      });
      made.write(all.subarray(endAt + HEAD_END.length));
    }

    signal.addEventListener('abort', end, { once: true });
    connection.exchange = {
      onBytes: (bytes) => (body === null ? takeHead(bytes) : body.write(bytes)),
      onClose(error) {
        part();
        if (body !== null) return body.cut();
        onUnanswered();
        reject(error);
      },
    };
  });
}

/** As Node's HTTP client says it. */
function toHangUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

function toHost(endpoint: Exclude<Endpoint, { kind: 'ssh' }>): string {
  if (endpoint.kind === 'unix') return 'localhost';
  return `${endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`;
}
