import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A man in the middle: carries connections to a port of this machine, and keeps every byte. */
export interface Tap {
  port: number;
  /** What each connection carried, in order. */
  recorded: { toServer: Buffer; toClient: Buffer }[];
  /** Ends what it carries; what comes then is carried again. */
  cut(): void;
  close(): Promise<void>;
}

/** @param at where it listens: else on a free port of the loopback interface */
export async function tapConnection(
  targetPort: number,
  at: { host: string; port: number } = { host: '127.0.0.1', port: 0 },
): Promise<Tap> {
  const recorded: Tap['recorded'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    const record = { toServer: Buffer.alloc(0), toClient: Buffer.alloc(0) };
    recorded.push(record);
    near.on('data', (chunk) => {
      record.toServer = Buffer.concat([record.toServer, chunk]);
    });
    far.on('data', (chunk) => {
      record.toClient = Buffer.concat([record.toClient, chunk]);
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(at.port, at.host, resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    recorded,
    cut,
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
