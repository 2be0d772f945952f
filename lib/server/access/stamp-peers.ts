import { type IncomingMessage, Server } from 'node:http';

/** The address of the other end of a request's connection, as `stampPeers` writes it. */
export const PEER_HEADER = 'x-vitals-peer';

const STAMPED = Symbol.for('swarm-vitals-peers');

/**
 * Writes on each request who is at the other end, over whatever it says there itself. Next hands no socket to routes,
 * and `X-Forwarded-For` is anybody's word. Servers that listen already are covered too.
 */
export function stampPeers(): void {
  const server = Server.prototype as Server & { [STAMPED]?: true };
  if (server[STAMPED]) return;
  server[STAMPED] = true;
  const emit = server.emit;
  server.emit = function stamped(this: Server, event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'request') {
      const request = args[0] as IncomingMessage;
      request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
    }
    return Reflect.apply(emit, this, [event, ...args]);
  };
}
