import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { Certificate } from './make-certificates.ts';

/** What somebody who connects finds there. */
export type Manner =
  | { kind: 'tls'; own: Certificate; clients: Certificate }
  /** No TLS at all. */
  | { kind: 'plain' }
  /** Takes the connection, and says nothing. */
  | { kind: 'silent' };

/** An engine as `dockerd --tlsverify` offers it: it shows a certificate, and wants one of an authority. */
export interface TlsFront {
  port: number;
  endpoint: string;
  /** From now on; those that are connected are cut. */
  set(manner: Manner): void;
  /** So many bytes came through a handshake, or without one, since it was set. */
  heardBytes(): number;
  close(): Promise<void>;
}

/** @param target the engine behind it, `tcp://ADDRESS:PORT` */
export async function startTlsFront(target: string, first: Manner): Promise<TlsFront> {
  const { hostname, port: engine } = new URL(target.replace(/^tcp:/, 'http:'));
  const open = new Set<Socket>();
  let manner = first;
  let tls = toTls(first);
  let heardBytes = 0;

  const server = createServer((raw) => {
    open.add(raw);
    raw.on('error', () => {}).on('close', () => open.delete(raw));
    if (manner.kind === 'silent') raw.resume();
    else if (manner.kind === 'plain') join(raw);
    else tls?.emit('connection', raw);
  });

  /** It listens nowhere: it is given connections. */
  function toTls(next: Manner): TlsServer | null {
    if (next.kind !== 'tls') return null;
    const { own, clients } = next;
    const server = createTlsServer(
      {
        ...{ cert: readFileSync(own.cert), key: readFileSync(own.key), ca: readFileSync(clients.cert) },
        ...{ requestCert: true, rejectUnauthorized: true },
      },
      (socket) => {
        socket.on('error', () => {});
        join(socket);
      },
    );
    return server.on('tlsClientError', () => {});
  }

  function join(from: Socket): void {
    const to = connect({ host: hostname, port: Number(engine) });
    from.on('data', ({ length }: Buffer) => {
      heardBytes += length;
    });
    to.on('error', () => from.destroy()).on('close', () => from.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to).pipe(from);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    endpoint: `tcp://127.0.0.1:${port}`,
    set(next) {
      manner = next;
      tls = toTls(next);
      heardBytes = 0;
      for (const socket of open) socket.destroy();
    },
    heardBytes: () => heardBytes,
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
