import { stringifySetCookie } from 'cookie';

/** A cookie that no script can read and no other site sends along with anything but a link. */
export function toSetCookie(
  name: string,
  value: string,
  { maxAgeSeconds, secure, path }: { maxAgeSeconds: number; secure: boolean; path: string },
): string {
  return stringifySetCookie({
    name,
    value,
    path,
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: maxAgeSeconds,
  });
}
