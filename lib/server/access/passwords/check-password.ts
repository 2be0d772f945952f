import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Password } from '#lib/server/access/access.ts';

/** 2^15 rounds of 8: some 60 ms and 32 MB, as OWASP recommends at least for a login that people wait for. */
const COST = { N: 32_768, r: 8, p: 1 };
const KEY_BYTES = 32;
const MAX_MEMORY = 256 * 1024 * 1024;

const HASH = /^scrypt\$(\d{1,10})\$(\d{1,3})\$(\d{1,3})\$([\w+/=-]+)\$([\w+/=-]+)$/;
const MIN_SALT_BYTES = 8;
const MIN_KEY_BYTES = 16;

/** Whether passwords can be compared with this: of a key that was cut to nothing every one would be the right one. */
export function isWholeHash(text: string): boolean {
  const [, N, r, p, salt = '', key = ''] = HASH.exec(text) ?? [];
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return (
    Number.isInteger(Math.log2(cost.N)) &&
    cost.N > 1 &&
    cost.r > 0 &&
    cost.p > 0 &&
    // What scrypt takes beside `maxmem`.
    128 * cost.r * (cost.N + cost.p) < MAX_MEMORY &&
    Buffer.from(salt, 'base64url').length >= MIN_SALT_BYTES &&
    Buffer.from(key, 'base64url').length >= MIN_KEY_BYTES
  );
}

/** `scrypt$N$r$p$salt$key`, to be given as VITALS_PASSWORD_HASH. */
export async function hashPassword(text: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await stretch(text, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Compares a given password with the one of the settings: slow, and as slow for every wrong one. */
export function createPasswordCheck(password: Password): (given: string) => Promise<boolean> {
  const hash = password.kind === 'hash' ? Promise.resolve(password.text) : hashPassword(password.text);
  return async (given) => {
    const [, N, r, p, salt = '', key = ''] = (await hash).split('$');
    const cost = { N: Number(N), r: Number(r), p: Number(p) };
    const expected = Buffer.from(key, 'base64url');
    const derived = await stretch(given, Buffer.from(salt, 'base64url'), cost, expected.length);
    return timingSafeEqual(derived, expected);
  };
}

/** Makes a password of people's a key of `bytes`: slow, and hungry for memory, at whatever `cost` says. */
export function stretch(text: string, salt: Buffer, cost: typeof COST, bytes = KEY_BYTES): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text.normalize('NFKC'), salt, bytes, { ...cost, maxmem: MAX_MEMORY }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
