import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';
import { toCookieName } from '#lib/server/access/cookies.ts';

/** A name for what a request shows of its sender, which cannot be read back; `null`: it shows nothing. */
export function toCredential({ authorization, cookie }: IncomingHttpHeaders): string | null {
  const shown = authorization ?? (cookie === undefined ? undefined : findCookie(cookie));
  return shown === undefined ? null : createHash('sha256').update(shown).digest('base64url');
}

function findCookie(header: string): string | undefined {
  const cookies = parseCookie(header);
  for (const kind of ['session', 'wall'] as const) {
    const value = cookies[toCookieName(kind, true)] ?? cookies[toCookieName(kind, false)];
    if (value !== undefined) return value;
  }
  return undefined;
}
