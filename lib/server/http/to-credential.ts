import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';
import { toCookieName } from '#lib/server/access/cookies.ts';

/** A name for something that a request shows of its sender, which cannot be read back. */
export const toCredential = (shown: string) => createHash('sha256').update(shown).digest('base64url');

/**
 * Names for all that a request shows, whatever it is worth. A proxy may write the same `Authorization` into everybody's
 * requests, so what counts afterwards is what let somebody in (`Admission.shown`). Passwords are none of it: who asks much
 * could see by how soon something is answered that one was right.
 */
export function toCredentials({ authorization, cookie }: IncomingHttpHeaders): string[] {
  const shown = authorization?.startsWith('Bearer ') ? [authorization] : [];
  if (cookie !== undefined) {
    const cookies = parseCookie(cookie);
    for (const kind of ['session', 'wall'] as const)
      for (const isTls of [true, false]) shown.push(cookies[toCookieName(kind, isTls)] ?? '');
  }
  return shown.filter((text) => text !== '').map(toCredential);
}
