import { crypto } from './builtins.ts';

/** Does `Authorization: Bearer …` carry the secret? In constant time, whatever its length. */
export function isAuthorized(header: string | undefined, secret: string): boolean {
  const given = /^Bearer ([\x21-\x7e]{1,512})$/.exec(header ?? '')?.[1] ?? '';
  return crypto.timingSafeEqual(digest(given), digest(secret)) && given !== '';
}

const digest = (text: string) => crypto.createHash('sha256').update(text).digest();
