import { parseCookie } from 'cookie';
import type { Visitor } from './create-gate.ts';
import { PEER_HEADER } from './stamp-peers.ts';

/** What a request shows of itself. `path`: without the base path. */
export function toVisitor(request: Request, path = new URL(request.url).pathname): Visitor {
  const cookies = parseCookie(request.headers.get('cookie') ?? '');
  return {
    method: request.method,
    path,
    header: (name) => request.headers.get(name),
    cookie: (name) => cookies[name] ?? null,
    peer: request.headers.get(PEER_HEADER) || null,
  };
}
