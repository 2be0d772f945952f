import type { IncomingMessage, ServerResponse } from 'node:http';
import { basePath } from '#lib/view/links/base-path.ts';
import { toOwnPath } from '#lib/view/links/to-own-path.ts';
import { beforeNext } from './before-next.ts';

/** Next's router in the page takes the parameters of a route from here, where it is not what was asked for. */
const ROUTE_HEADER = 'x-nextjs-rewritten-path';

/**
 * Takes the base path off a request, where the proxy in front has left it on, and puts it before where an answer sends
 * on to: neither routes nor Next need know of it. Comes before whatever else looks at requests.
 */
export function serveBelow(): void {
  beforeNext('base-path', (request, response) => {
    place(request, response);
    return false;
  });
}

function place(request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '/';
  const [path = ''] = url.split('?', 1);
  const own = toOwnPath(path);
  request.url = own + url.slice(path.length);
  if (request.headers.rsc !== undefined) response.setHeader(ROUTE_HEADER, own);
  const { writeHead } = response;
  response.writeHead = function placed(this: ServerResponse, ...args: unknown[]): ServerResponse {
    const location = this.getHeader('location');
    if (typeof location === 'string' && location.startsWith('/'))
      this.setHeader('location', basePath() + toOwnPath(location));
    return Reflect.apply(writeHead, this, args);
  };
}
