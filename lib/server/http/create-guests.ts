import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCookie } from 'cookie';
import { createTokenBucket } from '#lib/flow/create-rate-limit.ts';
import { toCookieName, toSetCookie } from '#lib/server/access/cookies.ts';
import { toVisitorAt } from '#lib/server/access/to-visitor.ts';
import { isSecure } from '#lib/server/access/visitor.ts';
import type { Caller } from './create-connections.ts';
import { isPage } from './create-page-line.ts';

/** Whom requests count for where everybody is let in, and people may share one address with a crowd. */
export interface Guests {
  partyOf(caller: Caller): string;
  /** The cookie by which whoever asks for this page is known from now on; `null`: they are, or it is none for now. */
  greet(caller: Caller, path: string): string | null;
}

/**
 * Who needs more of these than people do, a crowd, gets none: so it makes no thousand guests of itself. As long as one
 * counts there come 1,136 of them at most, which is fewer than a line has places.
 */
const GREETED = { perSecond: 1 / 600, burst: 128 };
const DAY_MS = 24 * 3_600_000;
const KNOWN_FOR_MS = 7 * DAY_MS;
const GUEST = /^([\w-]{16})\.(\d{1,15})\.([\w-]{43})$/;

/**
 * Behind Swarm's routing mesh all come from one address, and nobody signs in. What tells a person from a crowd then is
 * that they were here before it: a browser is given a cookie, which opens nothing, and each that has one takes turns with
 * all that have none. Of those, a connection over which nothing was answered yet takes turns with all over which they
 * ask again.
 *
 * @param options.key of this process alone: after a restart everybody is new
 */
export function createGuests({
  nowMs,
  wallMs,
  key = randomBytes(32),
}: {
  /** Monotonic, in milliseconds. */
  nowMs(): number;
  /** The clock of the machine; epoch milliseconds. */
  wallMs(): number;
  key?: Buffer;
}): Guests {
  const greetings = createTokenBucket({ ...GREETED, nowMs });
  const sign = (id: string, atMs: string) => createHmac('sha256', key).update(`${id} ${atMs}`).digest();

  /** Who it is; `null`: nobody who was here before. */
  function find({ request }: Caller): string | null {
    if (request.headers.cookie === undefined) return null;
    const cookies = parseCookie(request.headers.cookie);
    for (const isTls of [true, false]) {
      const [, id = '', atMs = '', code = ''] =
        GUEST.exec(cookies[toCookieName('device', isTls)] ?? '') ?? [];
      if (id === '' || wallMs() - Number(atMs) > KNOWN_FOR_MS) continue;
      if (timingSafeEqual(Buffer.from(code, 'base64url'), sign(id, atMs))) return id;
    }
    return null;
  }

  return {
    partyOf(caller) {
      const { party, isAnswered } = caller.connection;
      const id = find(caller);
      if (id !== null) return `${party} ${id}`;
      return isAnswered ? party : `${party} new`;
    },
    greet(caller, path) {
      const isForPerson = isPage(path) && caller.request.headers.accept?.includes('text/html') === true;
      if (!isForPerson || find(caller) !== null || !greetings.take()) return null;
      const id = randomBytes(12).toString('base64url');
      const atMs = String(Math.round(wallMs()));
      const value = `${id}.${atMs}.${sign(id, atMs).toString('base64url')}`;
      const maxAgeSeconds = KNOWN_FOR_MS / 1_000;
      return toSetCookie({ kind: 'device', value, maxAgeSeconds }, isSecure(toVisitorAt(caller.request)));
    },
  };
}
