import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does the work while no other process on the machine holds the lock of that name. The lock is an abstract unix
 * socket: no file, and the kernel drops it with the process, however that ends.
 * @throws when the lock is not free within `timeoutMs`; the message says `what` is going on
 */
export async function withLock<T>(
  name: string,
  timeoutMs: number,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  let server = await takeLock(name);
  while (server === null) {
    if (performance.now() >= endMs) throw new Error(`${what} (another process is at it)`);
    await sleep(50);
    server = await takeLock(name);
  }
  const held = server;
  try {
    return await work();
  } finally {
    await new Promise((resolve) => held.close(resolve));
  }
}

function takeLock(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(`\0${name}`, () => resolve(server));
  });
}
