import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import { ADDRESS_HEADER } from '#lib/server/fleet/fleet-address.ts';
import { PEER_HEADER } from './stamp-peers.ts';
import type { Visitor } from './visitor.ts';

/** What a request shows of itself, for a route. */
export function toVisitor(request: Request): Visitor {
  const cookies = parseCookie(request.headers.get('cookie') ?? '');
  return {
    method: request.method,
    path: new URL(request.url).pathname,
    address: request.headers.get(ADDRESS_HEADER) ?? new URL(request.url).pathname,
    header: (name) => request.headers.get(name),
    countLines: (name) => (request.headers.has(name) ? 1 : 0),
    cookie: (name) => cookies[name] ?? null,
    peer: request.headers.get(PEER_HEADER) || null,
  };
}

/** The same before any route, as the request came. Its address is without the base path by then. */
export function toVisitorAt(request: IncomingMessage): Visitor {
  const { method = '', url = '/', headers, socket } = request;
  // What answers it may write into its headers.
  const own = { ...headers };
  const path = url.split('?', 1)[0] ?? '/';
  let cookies: ReturnType<typeof parseCookie> | null = null;
  return {
    method,
    path,
    address: [own[ADDRESS_HEADER]].flat()[0] ?? path,
    header(name) {
      const value = own[name];
      return (Array.isArray(value) ? value.join(', ') : value) ?? null;
    },
    countLines: (name) => request.headersDistinct[name]?.length ?? 0,
    cookie(name) {
      cookies ??= parseCookie(own.cookie ?? '');
      return cookies[name] ?? null;
    },
    peer: socket.remoteAddress ?? null,
    isGone: () => socket.destroyed,
  };
}
