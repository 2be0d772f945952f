import { beforeNext } from '#lib/server/before-next.ts';

/** The address of the other end of a request's connection, as `stampPeers` writes it. */
export const PEER_HEADER = 'x-vitals-peer';

/**
 * Writes on each request who is at the other end, over whatever it says there itself. Next hands no socket to routes,
 * and `X-Forwarded-For` is anybody's word.
 */
export function stampPeers(): void {
  beforeNext('peers', (request) => {
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
    return false;
  });
}
