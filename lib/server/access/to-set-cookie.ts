import { stringifySetCookie } from 'cookie';
import { toPath } from '#lib/view/links/to-path.ts';

/** A cookie of ours alone: no script can read it, and no other site sends it along with anything but a link. */
export function toSetCookie(
  name: string,
  value: string,
  { maxAgeSeconds, secure }: { maxAgeSeconds: number; secure: boolean },
): string {
  return stringifySetCookie({
    name,
    value,
    path: toPath('/'),
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: maxAgeSeconds,
  });
}
