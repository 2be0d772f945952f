import type { IncomingMessage, ServerResponse } from 'node:http';
import { PEER_HEADER } from '#lib/server/access/stamp-peers.ts';
import { ADDRESS_HEADER, SWARM_HEADER } from '#lib/server/fleet/fleet-address.ts';
import { toOwnPath } from '#lib/view/links/to-path.ts';
import { stripInternalHeaders } from './strip-internal-headers.ts';

/** Next's router in the page takes the parameters of a route from here, where it is not what was asked for. */
const ROUTE_HEADER = 'x-nextjs-rewritten-path';

/** Writes what routes and Next go by over whatever a request says there itself. */
export function stampAddress(
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  swarm: string | null,
): void {
  const asked = request.url ?? '/';
  request.url = url;
  const { headers } = request;
  stripInternalHeaders(headers);
  headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
  if (swarm !== null) headers[SWARM_HEADER] = swarm;
  if (asked === url) return;
  headers[ADDRESS_HEADER] = toOwnPath(asked.split('?', 1)[0] ?? '/');
  if (headers.rsc !== undefined) response.setHeader(ROUTE_HEADER, url.split('?', 1)[0] ?? '/');
}

/** What is answered before any route does not say which it would have been: that tells a swarm that there is from others. */
export const forgetRoute = (response: ServerResponse): void => response.removeHeader(ROUTE_HEADER);

/** From here on it is as if its address named no swarm that anybody knows. @param route the one that says so */
export function leadElsewhere(
  request: IncomingMessage,
  response: ServerResponse,
  route: string,
  query: string,
): void {
  request.url = route + query;
  delete request.headers[SWARM_HEADER];
  if (request.headers.rsc !== undefined) response.setHeader(ROUTE_HEADER, route);
}
