import { stringifySetCookie } from 'cookie';
import { fleetBase, toFleetPath } from '#lib/view/links/to-path.ts';

/**
 * `session`: somebody signed in. `wall`: a screen. `device`: a browser that signed in here before; opens nothing.
 * `flow`: one that is on its way to the provider and back; opens nothing.
 */
export type CookieKind = 'session' | 'wall' | 'device' | 'flow';

export interface OwnCookie {
  kind: CookieKind;
  value: string;
  maxAgeSeconds: number;
}

/**
 * Over TLS a cookie has a name that browsers take from this host's own TLS answers alone: neither another site of the
 * same domain nor somebody on the way can put one of theirs in its place.
 */
export function toCookieName(kind: CookieKind, secure: boolean): string {
  if (!secure) return `vitals-${kind}`;
  return `${fleetBase() === '' ? '__Host-' : '__Secure-'}vitals-${kind}`;
}

/** A cookie of ours alone: no script can read it, and no other site sends it along with anything but a link. */
export function toSetCookie({ kind, value, maxAgeSeconds }: OwnCookie, secure: boolean): string {
  return stringifySetCookie({
    name: toCookieName(kind, secure),
    value,
    path: toFleetPath('/'),
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: maxAgeSeconds,
  });
}
