import type { IncomingMessage } from 'node:http';

/** What was refused, logged at most once in ten seconds: a scan must not fill a disk. */
export interface RefusalLog {
  refused(statusCode: number, request: IncomingMessage): void;
  closed(why: string): void;
}

const EVERY_MS = 10_000;
const MAX_SHOWN = 80;

export function createRefusalLog(log: (text: string) => void): RefusalLog {
  let isQuiet = false;
  let suppressed = 0;

  function write(toText: () => string): void {
    if (isQuiet) {
      suppressed += 1;
      return;
    }
    isQuiet = true;
    log(toText());
    setTimeout(() => {
      isQuiet = false;
      const count = suppressed;
      suppressed = 0;
      if (count > 0) write(() => `refused ${count} more requests and connections in the last seconds`);
    }, EVERY_MS).unref();
  }

  return {
    refused: (statusCode, { method, url, socket }) =>
      write(
        () =>
          `refused with ${statusCode}: ${method} ${JSON.stringify((url ?? '').slice(0, MAX_SHOWN))} from ${socket.remoteAddress}`,
      ),
    closed: (why) => write(() => `closed a connection: ${why}`),
  };
}
