import type { IncomingMessage } from 'node:http';

/**
 * Calls back once the body of a request is there: `bytes` of it, few enough for Node to keep them until somebody reads.
 * Nobody works on a request whose body comes slowly, until it has come.
 */
export function whenWhole(request: IncomingMessage, bytes: number, done: () => void): void {
  if (bytes === 0) {
    done();
    return;
  }
  const look = () => {
    // Asks for no byte, but for an event with the next one.
    request.read(0);
    if (request.readableLength < bytes) return;
    request.off('readable', look);
    // Only then does it forget that somebody listened this way, and flow to who reads it.
    setImmediate(done);
  };
  request.on('readable', look);
}
