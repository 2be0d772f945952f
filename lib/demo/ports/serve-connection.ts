import type { Socket } from 'node:net';

/** What a port does with a connection. The last ones are of somebody who wants to hurt whoever connects. */
export const BEHAVIOURS = [
  'serve',
  'closed',
  'silent',
  'held',
  'one-dead',
  'error',
  'redirect',
  'drip',
  'endless',
  'long-header',
  'reset',
] as const;

export type Behaviour = (typeof BEHAVIOURS)[number];

/** @param nth which connection to this port it is, from 0 on; behind it are so many `replicas` in turn */
export function serveConnection(
  socket: Socket,
  behaviour: Behaviour,
  { nth, replicas }: { nth: number; replicas: number },
): void {
  socket.on('error', () => {});
  // As Docker's own listener for the mesh: no process takes the connection, and none sees that it ended.
  if (behaviour === 'held') return;
  socket.once('end', () => socket.end());
  const reply = (text: string) => void socket.once('data', () => socket.end(text));
  switch (behaviour) {
    case 'closed':
      socket.destroy();
      return;
    case 'silent':
      socket.resume();
      return;
    case 'one-dead':
      if (nth % Math.max(1, replicas) === 0) socket.resume();
      else reply(OK);
      return;
    case 'error':
      reply('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    case 'redirect':
      // A check that followed it would come to this engine's own port.
      reply('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n');
      return;
    case 'drip': {
      let nth = 0;
      const timer = setInterval(() => socket.write(SLOW[nth++] ?? '0'), 100);
      socket.once('close', () => clearInterval(timer));
      return;
    }
    case 'endless':
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      writeForever(socket);
      return;
    case 'long-header':
      socket.write(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(10_000_000)}\r\n\r\n`);
      return;
    case 'reset':
      socket.resetAndDestroy();
      return;
    case 'serve':
      reply(OK);
  }
}

/** The first line of an answer, which never ends. */
const SLOW = 'HTTP/1.1 2';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';

function writeForever(socket: Socket): void {
  const chunk = Buffer.alloc(65_536, 'x');
  const write = () => {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once('drain', write);
  };
  write();
}
