/**
 * Keys that nothing names: their letters tell that a machine made them. What programs print to be read (digests, ids of
 * Docker, slugs, names of classes, paths) has small letters alone, or words in it, or is called an id.
 */

/** Shorter ones are what Elasticsearch and Kafka call their nodes, and how web pages number what is asked of them. */
const MIN_ALONE = 32;
/** Behind `name=`, `name: ` or `--name `. */
const MIN_ASSIGNED = 20;
/** Of longer ones the beginning tells. */
const MAX_LOOK = 256;
const MAX_BEFORE = 48;

const OF_KEY = new Uint8Array(128);
for (let code = 0; code < 128; code += 1)
  if (/[A-Za-z0-9+/=_-]/.test(String.fromCharCode(code))) OF_KEY[code] = 1;
const isOfKey = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code < 128 && OF_KEY[code] === 1;
};

/** Pairs of beginning and end, in order. Most characters are jumped over: a key is longer than a word. */
export function findMadeKeys(text: string): readonly number[] {
  let spans: number[] | null = null;
  let least = 0;
  const blocks: Blocks = { at: -1, next: -1 };
  for (let at = MIN_ASSIGNED - 1; at < text.length; ) {
    if (!isOfKey(text, at)) {
      at += MIN_ASSIGNED;
      continue;
    }
    let from = at;
    while (from > least && isOfKey(text, from - 1)) from -= 1;
    let end = at + 1;
    while (end < text.length && isOfKey(text, end)) end += 1;
    least = end;
    at = end + MIN_ASSIGNED;
    // What a name and its sign, or the folders of a path, have before the key is none of it.
    const value = skipName(text, from, end);
    if (NO_SECRET.test(text.slice(value, value + 80))) continue;
    const start = skipPath(text, value, end);
    if (end - start < MIN_ASSIGNED || !isMade(text, value, start, end)) continue;
    if (isInPublicBlock(text, blocks, start)) continue;
    spans ??= [];
    spans.push(start, end);
  }
  return spans ?? NONE;
}
const NONE: readonly number[] = [];

/** `NAME=` before the key, however short that is; what `=` ends it is its own. */
function skipName(text: string, from: number, end: number): number {
  let sign = text.slice(from, Math.min(end, from + 80)).lastIndexOf('=', 78);
  while (sign > 0 && (from + sign + 1 >= end || text[from + sign + 1] === '=')) sign -= 1;
  return sign > 0 && text[from + sign] === '=' ? from + sign + 1 : from;
}

/** `/hooks/KEY`: a part that is a word, or has what base64 has not, belongs to a path. */
function skipPath(text: string, from: number, end: number): number {
  if (end - from > MAX_LOOK) return from;
  const word = text.slice(from, end);
  const slash = word.lastIndexOf('/');
  if (slash < 0 || !(OF_PATH.test(word) || from === 0 || text[from - 1] === '.' || word[0] === '/'))
    return from;
  return from + slash + 1;
}
const OF_PATH = /(?:^|\/)(?:[a-z]{3,}|[A-Za-z]+[_-][\w-]*|v\d|\d{1,4})\//;

/** @param value where the path begins that the key ends */
function isMade(text: string, value: number, from: number, end: number): boolean {
  const word = text.slice(from, Math.min(end, from + MAX_LOOK));
  if (!looksMade(word) || NO_SECRET.test(word) || isSlug(word)) return false;
  // A class of C++.
  if (text.startsWith('::', end)) return false;
  const before = text.slice(Math.max(0, from - MAX_BEFORE), from);
  if (
    IS_TOLD.test(before) ||
    (value < from && IS_TOLD.test(text.slice(Math.max(0, value - MAX_BEFORE), value)))
  )
    return false;
  return end - from >= MIN_ALONE || ASSIGNED.test(before);
}

/** Public keys of SSH, digests, addresses of IPFS and of Ethereum. */
const NO_SECRET = /^(?:AAAA[A-Z]|sha\d{1,3}-|0x[\da-fA-F]+$|Qm[1-9A-Za-z]{44}$|12D3KooW)/;
/** Words, numbers and dates with hyphens between; a UUID with a word before it. */
const isSlug = (word: string): boolean => {
  let parts = 0;
  for (const part of word.split(/[-_/]/)) if (!PART.test(part)) parts += 1;
  return parts === 0 || UUID.test(word);
};
const PART =
  /^(?:[A-Za-z]*|[a-z]{2,10}\d{1,8}|PKCS[157](?:Padding)?|[\da-f]{6,}|\d+[A-Za-z]?|[vV]\d+|\d{1,2}T\d{2,6}Z?|\d{8}T\d{4,6}Z?)$/;
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;
const ASSIGNED =
  /(?:[\w\])"'][ \t]{0,2}[:=]|(?:^|[\s\u007f"'])--?[A-Za-z][\w.-]{0,40}["',]{0,2}[\s\u007f])[ \t]{0,2}["']?$/;
/** What names it says that everybody may know it. */
const IS_TOLD =
  /(?:(?:^|[^A-Za-z0-9]|[a-z])(?:[Ii][Dd](?:-\d)?|UUID)|uuid|guid|digest|hash|e-?tag|fingerprint|thumbprint|integrity|checksum|sha\d{1,3}|h1|md5|boundary|cursor|scroll|public(?:[ _-]?key)?|pubkey|peer|cert(?:ificate)?|kid|jti|nonce|accept|challenge|revision|version|commit|build|request|trace|span|image|address|serial|continue|marker|offset)["']?\]?(?:[ \t]{0,2}(?:[:=(#]|\/\/)|[ \t])?[ \t]{0,2}["'[]?$|\/acme-challenge\/$/i;

/** The block of a key or a certificate that began last, and where the next one begins. */
interface Blocks {
  at: number;
  next: number;
}

function isInPublicBlock(text: string, blocks: Blocks, at: number): boolean {
  while (blocks.next < at) {
    blocks.at = blocks.next;
    const next = text.indexOf('-----BEGIN', blocks.next + 1);
    blocks.next = next < 0 ? text.length : next;
  }
  return blocks.at >= 0 && PUBLIC.test(text.slice(blocks.at, blocks.at + 80));
}
/** What follows is everybody's. */
export const PUBLIC =
  /^-----BEGIN [A-Z0-9 ]{0,40}(?:CERTIFICATE|PUBLIC KEY|SIGNATURE|MESSAGE|CRL|PARAMETERS)/;

/** Capitals, small letters and digits, and hardly three small ones together: names have words in them. */
export function looksMade(word: string): boolean {
  if (!/\d/.test(word) || !/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false;
  // `job_1445144423722_0020Job`: of twenty a machine makes more capitals.
  if (word.length >= MIN_ASSIGNED && !CAPITALS.test(word)) return false;
  let inWords = 0;
  for (const [run] of word.matchAll(/[A-Z]?[a-z]{3,}/g)) inWords += run.length;
  return inWords <= word.length * MOST_IN_WORDS;
}
const CAPITALS = /[A-Z][^A-Z]*[A-Z]/;
const MOST_IN_WORDS = 0.42;
