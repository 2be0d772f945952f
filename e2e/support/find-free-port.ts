import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that Linux and others give to outgoing connections: between the moment that one is found and the one
 * that somebody listens on it, none of the thousands of connections of another test gets it.
 */
const FIRST = 10_000;
const LAST = 32_000;
const MAX_TRIES = 100;

const given = new Set<number>();

/** A TCP port of the loopback interface that nobody listens on, another one each time. */
export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const port = randomInt(FIRST, LAST);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${MAX_TRIES} ports from ${FIRST} to ${LAST} was free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
