import { looksMade, PUBLIC } from './made-keys.ts';

/**
 * A key alone on its line, as `openssl rand` and entry points print one: nothing names it, and its letters tell it. What
 * Docker and Git print alone is lower hexadecimal of a digest's length, or a word of small letters and digits.
 */

const MIN_KEY = 32;
const MAX_LINE = 216;
/** How far back the line before is looked at. */
const MAX_BEFORE = 160;

const KEY = 1;
const AROUND = 2;
const KIND = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z0-9+/=_-]/.test(char)) KIND[code] = KEY;
  else if (/[\s"'`]/.test(char)) KIND[code] = AROUND;
}

/** Pairs of beginning and end, in order. One walk; a line of words is left at its first blank. */
export function findBareKeys(text: string): readonly number[] {
  if (text.length < MIN_KEY) return NONE;
  let spans: number[] | null = null;
  let before = 0;
  let isPublic = false;
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const length = end - at;
    const from = skip(text, at, end, AROUND);
    if (text.charCodeAt(from) === 0x2d && text.startsWith('-----', from))
      isPublic = PUBLIC.test(text.slice(from, from + 80));
    else if (length >= MIN_KEY && length <= MAX_LINE) {
      const until = skip(text, from, end, KEY);
      const isAlone = until - from >= MIN_KEY && skip(text, until, end, AROUND) === end;
      if (isAlone && isKey(text.slice(from, until), text, before, at, isPublic)) {
        spans ??= [];
        spans.push(from, until);
      }
    }
    if (length > 0) before = at;
    at = end + 1;
  }
  return spans ?? NONE;
}
const NONE: readonly number[] = [];

function skip(text: string, from: number, end: number, kind: number): number {
  let at = from;
  while (at < end && KIND[text.charCodeAt(at)] === kind) at += 1;
  return at;
}

function isKey(word: string, text: string, before: number, at: number, isPublic: boolean): boolean {
  if (UUID.test(word) || NAMED.test(word)) return false;
  if (HEX.test(word)) return !DIGESTS.has(word.length) || isAnnounced(text, before, at);
  if (MAILGUN.test(word)) return true;
  return !isPublic && !NO_SECRET.test(word) && looksMade(word);
}

/** Public keys of SSH, digests of packages. */
const NO_SECRET = /^AAAA[A-Z]|^sha\d{3}-/;
/** Of digests (32 to 128), of what Git and Docker print. Other lengths are nobody's but a key's. */
const DIGESTS = new Set([32, 40, 56, 64, 96, 128]);
const HEX = /^(?:[0-9a-f]+|[0-9A-F]+)$/;
/** `boundary=…`: what its name says decides. */
const NAMED = /^[A-Za-z][\w-]{0,40}=[^=]/;
/** Also of a graphics card, as `nvidia-smi` prints it. */
const UUID = /^(?:GPU-|MIG-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAILGUN = /^[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}$/;

/** `Generated key:`, and the key on the next line. */
function isAnnounced(text: string, before: number, at: number): boolean {
  const line = text.slice(Math.max(before, at - MAX_BEFORE), at);
  return /:\s*$/.test(line) && ANNOUNCED.test(line) && !NOT_ANNOUNCED.test(line);
}
const ANNOUNCED = /key|secret|token|passw|passphrase|credential/i;
const NOT_ANNOUNCED = /public|fingerprint|digest|hash|commit|image|container|checksum|\bid\b/i;
