import { type IncomingMessage, Server, type ServerResponse } from 'node:http';

/** @returns whether it has answered: then Next does not hear of the request */
type Look = (request: IncomingMessage, response: ServerResponse) => boolean;

const LOOKS = Symbol.for('swarm-vitals-before-next');

/**
 * Lets `look` see each request before Next does: its standalone server makes its own HTTP server and leaves no other
 * place for it. Servers that listen already are covered too.
 *
 * @param name a second one of this name is the same one, loaded again: only the first counts
 */
export function beforeNext(name: string, look: Look): void {
  const server = Server.prototype as Server & { [LOOKS]?: Map<string, Look> };
  const known = server[LOOKS];
  if (known) {
    if (!known.has(name)) known.set(name, look);
    return;
  }
  const looks = new Map([[name, look]]);
  server[LOOKS] = looks;
  const emit = server.emit;
  server.emit = function looked(this: Server, event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'request') {
      const [request, response] = args as [IncomingMessage, ServerResponse];
      for (const one of looks.values()) if (one(request, response)) return true;
    }
    return Reflect.apply(emit, this, [event, ...args]);
  };
}
