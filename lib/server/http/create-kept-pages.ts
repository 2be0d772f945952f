import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import {
  LEVEL_HEADER,
  NONCE_HEADER,
  SCOPE_HEADER,
  SESSION_HEADER,
} from '#lib/server/access/guard-request.ts';
import { ADDRESS_HEADER, SWARM_HEADER } from '#lib/server/fleet/fleet-address.ts';
import { PackedResponse } from './packed-response.ts';

/** The pages that show nothing but what `listShown` lists. Of an address with a query nothing is kept. */
export const KEPT_PATHS: readonly string[] = ['/', '/matrix', '/nodes', '/wall', '/fleet', '/fleet/wall'];
/** So much younger than it is may a page say that things are, until its stream is there. */
export const KEPT_MS = 1_000;
const MAX_PAGES = 4;
const MAX_BYTES = 4_000_000;
/** How a page ends that was drawn to its end. */
const WHOLE = '</html>';

/** All that the layout and these pages read of a request, and by which Next tells robots. */
const KEY_HEADERS = [
  LEVEL_HEADER,
  SCOPE_HEADER,
  SESSION_HEADER,
  SWARM_HEADER,
  ADDRESS_HEADER,
  'user-agent',
] as const;
export const KEY_COOKIES = ['theme'] as const;
/** Next's router in a page asks for a part of one; whoever asks for a part of the bytes gets no other either. */
const FOR_PARTS = /^(rsc|next-.*|purpose|range|if-.*)$/;

interface KeptPage {
  /** Our clock, monotonic, when it began to be drawn. */
  atMs: number;
  shown: readonly unknown[];
  headers: OutgoingHttpHeaders;
  bytes: Buffer;
  /** Of its first reader, also in the headers, and where in the bytes; each has their own. */
  nonce: string;
  places: readonly number[];
}

export interface KeptPagesOptions {
  nowMs(): number;
  /** What such a page shows to whoever sent this; `null`: this is nothing that is kept. */
  listShown(request: IncomingMessage): readonly unknown[] | null;
}

/**
 * A page that was drawn is sent again for as long as nothing of what it shows is another object, nor what it went by in the
 * request another text, and for a second at most. Whoever asks while the same is being drawn waits for that. So the fifty
 * pages that load anew when the server has a new version cost what a few of them cost.
 *
 * @returns `draw`, or what spares it
 */
export function createKeptPages({ nowMs, listShown }: KeptPagesOptions) {
  const kept = new Map<string, KeptPage>();
  const drawing = new Map<string, Promise<void>>();

  return async (
    request: IncomingMessage,
    response: ServerResponse,
    draw: () => Promise<unknown>,
  ): Promise<unknown> => {
    const key = toPageKey(request);
    if (key === null || !(response instanceof PackedResponse)) return draw();
    await drawing.get(key);
    const shown = listShown(request);
    if (shown === null) return draw();
    const page = kept.get(key);
    const isAsNow = (of: readonly unknown[]) =>
      of.length === shown.length && of.every((one, at) => Object.is(one, shown[at]));
    if (page !== undefined && nowMs() - page.atMs < KEPT_MS && isAsNow(page.shown))
      return send(page, request, response);
    kept.delete(key);
    if (drawing.has(key)) return draw();
    const { promise, resolve } = Promise.withResolvers<void>();
    drawing.set(key, promise);
    const over = () => {
      if (drawing.get(key) === promise) drawing.delete(key);
      resolve();
    };
    // Whoever takes nothing keeps the page from being drawn: nobody else waits for them.
    response.once('slow', over);
    response.once('close', over);
    record({ atMs: nowMs(), request, response, shown, listShown }, (drawn) => {
      if (drawn !== null) keep(key, drawn);
      over();
    });
    return draw().catch((error: unknown) => {
      over();
      throw error;
    });
  };

  function keep(key: string, page: KeptPage): void {
    kept.delete(key);
    kept.set(key, page);
    for (const oldest of kept.keys()) if (kept.size > MAX_PAGES) kept.delete(oldest);
    setTimeout(() => kept.get(key) === page && kept.delete(key), KEPT_MS).unref();
  }
}

/** What a page goes by in its request; `null`: it is none that is kept. */
export function toPageKey({ method, url = '', headers }: IncomingMessage): string | null {
  if (method !== 'GET' || !KEPT_PATHS.includes(url)) return null;
  if (Object.keys(headers).some((name) => FOR_PARTS.test(name))) return null;
  const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return JSON.stringify([
    url,
    KEY_HEADERS.map((name) => headers[name] ?? null),
    // As they are written: of one that is there twice, or in other quotes, not everybody reads the same.
    KEY_COOKIES.map((name) => cookies.filter((cookie) => cookie.includes(name))),
  ]);
}

interface Recorded {
  atMs: number;
  request: IncomingMessage;
  response: PackedResponse;
  shown: readonly unknown[];
  listShown: KeptPagesOptions['listShown'];
}

/** @param done is given the page as soon as all of it is drawn; `null`: it is not to be kept */
function record(
  { atMs, request, response, shown, listShown }: Recorded,
  done: (page: KeptPage | null) => void,
): void {
  const before = { ...response.getHeaders() };
  const nonce = String(request.headers[NONCE_HEADER] ?? '');
  let own: OutgoingHttpHeaders | null = null;
  let pieces: Uint8Array[] = [];
  let length = 0;
  response.record({
    head(statusCode, headers) {
      // One that was there before is its first reader's own.
      if (statusCode !== 200 || headers['set-cookie'] !== before['set-cookie']) return;
      own = Object.fromEntries(Object.entries(headers).filter(([name, value]) => before[name] !== value));
    },
    piece(bytes) {
      length += bytes.byteLength;
      if (length > MAX_BYTES) pieces = [];
      else pieces.push(bytes);
    },
    end() {
      const now = listShown(request);
      const isSame = now !== null && now.length === shown.length && now.every((one, at) => one === shown[at]);
      // Of a page whose reader went away no more than a part may have been drawn.
      const isPart = request.socket.destroyed || length > MAX_BYTES;
      if (own === null || isPart || nonce === '' || !isSame) return done(null);
      const bytes = Buffer.concat(pieces);
      if (!bytes.subarray(-WHOLE.length).equals(Buffer.from(WHOLE))) return done(null);
      done({ atMs, shown, headers: own, bytes, nonce, places: findPlaces(bytes, nonce) });
    },
  });
}

function findPlaces(bytes: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) places.push(at);
  return places;
}

function send(page: KeptPage, { headers }: IncomingMessage, response: ServerResponse): void {
  const nonce = String(headers[NONCE_HEADER] ?? '');
  const bytes = Buffer.from(page.bytes);
  for (const at of page.places) bytes.write(nonce, at, 'latin1');
  const toOwn = (text: string) => text.replaceAll(page.nonce, nonce);
  for (const [name, value] of Object.entries(page.headers))
    if (value !== undefined)
      response.setHeader(name, Array.isArray(value) ? value.map(toOwn) : toOwn(String(value)));
  response.statusCode = 200;
  response.end(bytes);
}
