import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What is answered to a path (without its version) instead of the engine's own answer; `null`: the engine's own. */
export type Attack = (path: string) => ((response: ServerResponse) => void) | null;

/** An engine in hostile hands: a real one, but for what it answers while it attacks. */
export interface HostileEngine {
  /** As a Docker endpoint: `tcp://127.0.0.1:PORT`. */
  endpoint(): string;
  attack(attack: Attack | null): void;
  /** How often each path was asked for since the last attack began. */
  asked(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** @param target the engine whose answers it gives else, `tcp://ADDRESS:PORT` */
export async function startHostileEngine(target: string): Promise<HostileEngine> {
  const { hostname, port } = new URL(target.replace(/^tcp:/, 'http:'));
  const sockets = new Set<Socket>();
  const asked = new Map<string, number>();
  let attack: Attack | null = null;

  const forward = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const upstream = request({ hostname, port, path: incoming.url, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      // A stream of events may have nothing to send for long.
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    upstream.end();
  };
  const server = createServer((incoming, outgoing) => {
    const path = (incoming.url ?? '').replace(/^\/v1\.\d+/, '').replace(/\?.*/, '');
    asked.set(path, (asked.get(path) ?? 0) + 1);
    const respond = attack?.(path) ?? null;
    if (respond) respond(outgoing);
    else forward(incoming, outgoing);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    endpoint: () => `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    attack(next) {
      attack = next;
      asked.clear();
      // Streams that are open now begin anew.
      for (const socket of sockets) socket.destroy();
    },
    asked: () => asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends this again and again, as fast as it is taken. */
export const flood =
  (bytes: Buffer | string, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(200, headers);
    const write = () => {
      while (!response.destroyed && response.write(bytes));
    };
    response.on('drain', write);
    write();
  };

/** The same, and lets others have their turns, also where it is taken as fast as it is sent. */
export const pour = (bytes: Buffer) => (response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'application/vnd.docker.multiplexed-stream' });
  const write = () => {
    if (!response.destroyed && response.write(bytes)) setImmediate(write);
  };
  response.on('drain', write);
  write();
};

/** A log: so many messages of a container, as Docker frames them. */
export const frames = (text: string, count: number) => {
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat(Array.from({ length: count }, () => [head, Buffer.from(text)]).flat());
};

/** A few hundred kB of gzip that are as many hundred MB. */
export const bomb = () => {
  const packed = gzipSync(Buffer.alloc(250_000_000, ' '));
  return (response: ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
    response.end(packed);
  };
};

export const send = (text: string) => (response: ServerResponse) => void response.end(text);

/** A byte a second, for ever. */
export const drip = (response: ServerResponse) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 1_000);
  response.on('close', () => clearInterval(timer));
};
