import type { Client } from './clients.ts';
import { readFlag } from './flags.ts';
import { WORD_BREAK } from './fold-text.ts';
import { findKnownRun } from './known-runs.ts';
import { readNamedValue } from './named-values.ts';
import { isKeyQualifier, type SecretName } from './names.ts';
import { isCheapPhrase } from './phrases.ts';
import { isVariable } from './prose.ts';
import type { Scan } from './scan.ts';
import { findShapeEnd, MIN_SHAPE } from './token-shapes.ts';
import { findParameterEnd, findPercentEnd, findShareSecrets, findUrlSecrets, isLoginBefore } from './urls.ts';
import { findQuoteEnd, findWordEnd, isBlank, readQuote, skipBlanks } from './value-ends.ts';

const RUN = 1;
const SPACE = 2;
/** Letters, digits, `_`, `-`, `.`: what names, flags and tokens are made of. */
const KIND = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  if (/[A-Za-z0-9_.-]/.test(String.fromCharCode(code))) KIND[code] = RUN;
}
/** What may mark a secret, or end a command. */
const MARK = 3;
const QUOTE = 4;
for (const char of ':@/\\%~${<|;&') KIND[char.charCodeAt(0)] = MARK;
for (const char of '"\'') KIND[char.charCodeAt(0)] = QUOTE;
for (const code of [0x09, 0x0a, 0x0d, 0x20, WORD_BREAK]) KIND[code] = SPACE;

/**
 * The places of the secrets of a folded text, as pairs of beginning and end, in order. One walk from left to right: what
 * was masked is not looked at again, and what decides whether something is a secret is looked for in a bounded window.
 */
export function findSecrets(text: string, hints: Uint32Array): number[] {
  const scan: Scan = {
    text,
    hints,
    hint: 0,
    spans: [],
    at: 0,
    client: null,
    active: true,
    awaited: 0,
    assigning: false,
    quote: 0,
    plainCount: 0,
    wordAt: 0,
    argumentAt: -1,
    colonAt: -1,
    loginAt: 0,
    shareAt: 0,
    doubts: 0,
    lineAt: 0,
    beforeAt: 0,
    beforeEnd: 0,
  };
  while (scan.at < text.length) readNext(scan);
  return scan.spans;
}

function readNext(scan: Scan): void {
  const { text, at } = scan;
  const code = text.charCodeAt(at);
  const kind = code < 128 ? KIND[code] : 0;
  if (kind === SPACE) {
    readSpace(scan, code);
    return;
  }
  if (at === scan.wordAt && readPlainWord(scan)) return;
  if (kind === RUN) {
    readRun(scan);
    return;
  }
  scan.at += 1;
  if (kind === MARK) readMark(scan, code, at);
  else if (kind === QUOTE && scan.client !== null) readQuoteMark(scan, code);
}

function readMark(scan: Scan, code: number, at: number): void {
  if (code === 0x3a) readColon(scan);
  else if (code === 0x40) readAt(scan);
  else if (code === 0x2f || code === 0x5c) readSlash(scan, code);
  else if (code === 0x25) readPercent(scan);
  else if (code === 0x7e) readTilde(scan);
  else if (code === 0x24) readCrypt(scan);
  else if (code === 0x7b) readHash(scan);
  else if (code === 0x3c) readInput(scan);
  else if (endsCommand(scan, at)) leaveClient(scan);
}

/** Which quote is open in a client's arguments: a mark within ends no command. */
function readQuoteMark(scan: Scan, code: number): void {
  if (scan.quote === 0) scan.quote = code;
  else if (scan.quote === code) scan.quote = 0;
}

/** `{SSHA}…`: a password's hash as directories have it. */
function readHash(scan: Scan): void {
  const { text } = scan;
  if (!HASH_STARTS.has(text[scan.at] ?? '')) return;
  HASH.lastIndex = scan.at;
  if (!HASH.test(text)) return;
  const from = HASH.lastIndex;
  let end = from;
  while (end < text.length && !/[\s\u007f"'`,;<>]/.test(text[end] as string)) end += 1;
  scan.spans.push(from, end);
  scan.at = end;
}
const HASH_STARTS = new Set('SsMmCcPpAaBbXx');
const HASH =
  /(?:S?SHA(?:-?\d{3})?|S?MD5(?:-?CRYPT)?|CRYPT|PBKDF2[\w-]{0,16}|ARGON2\w{0,3}|BCRYPT|BLF-CRYPT|SCRYPT|CRAM-MD5|CLEARTEXT|CLEAR|PLAIN|SHA\d{3}-CRYPT|X-[\w-]{1,20}|SCRAM-SHA-\d{1,3})(?:\.(?:hex|b64))?\}(?=[^\s"'`,;<>]{4})/iy;

/** `kinit bob <<< SECRET`, `--password-stdin <<< SECRET`. */
function readInput(scan: Scan): void {
  const { text } = scan;
  if (!text.startsWith('<<', scan.at)) return;
  const at = scan.at + 2;
  const isRead =
    scan.client?.reads === true ||
    /(?:-stdin|--with-token|-fd[ =]\d|\b[Aa]uthtoken -)[^|;&]{0,80}$/.test(
      text.slice(Math.max(scan.lineAt, at - 128), at - 3),
    );
  if (!isRead) return;
  const blank = skipBlanks(text, at);
  const quote = readQuote(text, blank);
  const from = quote === null ? blank : quote.from;
  const end = quote === null ? findWordEnd(text, from) : findQuoteEnd(text, quote).end;
  if (end > from && !isVariable(text.slice(from, Math.min(end, from + 160)))) scan.spans.push(from, end);
  scan.at = Math.max(scan.at, end);
}

function readSpace(scan: Scan, code: number): void {
  scan.at += 1;
  scan.wordAt = scan.at;
  scan.colonAt = -1;
  if (code === WORD_BREAK) scan.argumentAt = scan.at;
  if (code === 0x0a) {
    scan.lineAt = scan.at;
    if (scan.text[scan.at - 2] !== '\\') leaveClient(scan);
  }
}

function leaveClient(scan: Scan): void {
  scan.client = null;
  scan.awaited = 0;
  scan.assigning = false;
  scan.quote = 0;
}

/** `|`, `;` and `&` end a command where a blank follows, or another of them. */
const endsCommand = ({ text, quote }: Scan, at: number) =>
  quote === 0 && (/[\s|&;]/.test(text[at + 1] ?? ' ') || text[at + 1] === undefined);

/** The word behind `authenticate_user guest`: it is a secret because of its place. */
function readPlainWord(scan: Scan): boolean {
  const { text, at, client } = scan;
  if (client === null || text.charCodeAt(at) === 0x2d) return false;
  if (client.slash.size > 0 && text[at] === '/' && readSlashFlag(scan, client.slash)) return true;
  scan.plainCount += 1;
  if (client.firstPair !== null && scan.plainCount === 1) {
    const end = findWordEnd(text, at);
    const mark = at + text.slice(at, Math.min(end, at + 256)).indexOf(client.firstPair);
    if (mark > at && mark < end - 1 && text.charCodeAt(at) !== 0x2f) {
      const host = text.slice(mark + 1, Math.min(end, mark + 256)).indexOf('@');
      const until = host < 0 ? end : mark + 1 + host;
      if (until > mark + 1) {
        scan.spans.push(mark + 1, until);
        scan.at = until;
        return true;
      }
    }
  }
  if (scan.assigning && maskAssignment(scan, at)) return true;
  if (scan.awaited === 0) return false;
  scan.awaited -= 1;
  if (scan.awaited > 0) return false;
  maskWord(scan, at);
  return true;
}

/** `name=SECRET`, whatever its name. */
function maskAssignment(scan: Scan, at: number): boolean {
  const { text } = scan;
  const end = findWordEnd(text, at);
  const mark = text.slice(at, Math.min(end, at + 128)).indexOf('=');
  const from = at + mark + 1;
  if (
    mark < 1 ||
    from >= end ||
    text[from] === '@' ||
    isVariable(text.slice(from, Math.min(end, from + 160)))
  )
    return false;
  scan.spans.push(from, end);
  scan.at = end;
  return true;
}

/** `/p:SECRET`. */
function readSlashFlag(scan: Scan, flags: ReadonlySet<string>): boolean {
  const { text, at } = scan;
  const name = /^\/([a-z]{1,8}):/.exec(text.slice(at, at + 10))?.[1];
  if (name === undefined || !flags.has(name)) return false;
  const from = at + name.length + 2;
  const quote = readQuote(text, from);
  const start = quote === null ? from : quote.from;
  const end = quote === null ? findWordEnd(text, from) : findQuoteEnd(text, quote).end;
  if (!isVariable(text.slice(start, Math.min(end, start + 160))) && end > start) scan.spans.push(start, end);
  scan.at = end;
  return true;
}

function maskWord(scan: Scan, from: number): void {
  const end = findWordEnd(scan.text, from);
  scan.spans.push(from, end);
  scan.at = end;
}

/**
 * So many times something that may be a secret's name was none. Finding that out costs a look at what follows: a text
 * that makes us look more often is hidden from there on.
 */
const MAX_DOUBTS = 300;

/** A maximal run of letters, digits, `_`, `-` and `.`. */
function readRun(scan: Scan): void {
  const { text, at } = scan;
  let end = at + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code > 127 || KIND[code] !== RUN) break;
    end += 1;
  }
  const hinted = isHinted(scan, at, end);
  if (hinted && end - at >= MIN_SHAPE && maskShapes(scan, at, end)) return;
  if (scan.doubts > MAX_DOUBTS) {
    scan.spans.push(at, text.length);
    scan.at = text.length;
    return;
  }
  if (hinted || scan.client !== null) {
    const code = text.charCodeAt(at);
    if (code === 0x2d && (at === scan.wordAt || isOpening(text.charCodeAt(at - 1))) && readFlag(scan, end))
      return;
    if (readKnownRun(scan, at, end)) return;
  }
  scan.beforeAt = at;
  scan.beforeEnd = end;
  scan.at = Math.max(scan.at, end);
}

/** Whether one of the hints is in the run or at its end. */
function isHinted(scan: Scan, at: number, end: number): boolean {
  const { hints } = scan;
  while ((hints[scan.hint] as number) < at) scan.hint += 1;
  return (hints[scan.hint] as number) <= end + 2;
}

const isOpening = (code: number) =>
  code === 0x22 ||
  code === 0x27 ||
  code === 0x60 ||
  code === 0x28 ||
  code === 0x3d ||
  code === 0x5b ||
  code === 0x2c;

/** All tokens that are known by how they begin, wherever in the run they do. */
function maskShapes(scan: Scan, from: number, end: number): boolean {
  const { text, spans } = scan;
  const { length } = spans;
  const last = end - MIN_SHAPE + 4;
  let inWord = from > 0 && isAlnum(text.charCodeAt(from - 1));
  for (let at = from; at <= last; at += 1) {
    const alnum = isAlnum(text.charCodeAt(at));
    const shapeEnd = alnum && !inWord ? findShapeEnd(text, at) : -1;
    inWord = alnum;
    if (shapeEnd <= 0) continue;
    spans.push(at, shapeEnd);
    scan.at = shapeEnd;
    at = shapeEnd - 1;
    inWord = isAlnum(text.charCodeAt(at));
  }
  return spans.length > length;
}

const isAlnum = (code: number) =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

const MAX_RUN = 160;

function readKnownRun(scan: Scan, at: number, end: number): boolean {
  const { text } = scan;
  const run = text.slice(Math.max(at, end - MAX_RUN), end);
  const { client, name, phrase, isKey } = findKnownRun(run);
  // `az sql …` goes on being `az`.
  const isOther = client !== null && !(run === 'sql' && scan.client !== null);
  if (isOther && isCommandWord(text, at, end)) {
    scan.client = client;
    scan.assigning = false;
    scan.quote = 0;
    scan.active = client.after === null;
    scan.plainCount = 0;
    scan.awaited = client.plain.get('') ?? 0;
    scan.at = end;
    return true;
  }
  if (
    scan.client !== null &&
    (at === scan.wordAt || (at === scan.wordAt + 1 && isQuote(text.charCodeAt(at - 1))))
  ) {
    awaitPlain(scan, scan.client, run);
  }
  const parameterEnd = findParameterEnd(text, at, end);
  if (parameterEnd > 0) {
    scan.spans.push(end + 1, parameterEnd);
    scan.at = parameterEnd;
    return true;
  }
  const found = phrase === null ? null : phrase(text, at, end);
  if (found !== null) {
    scan.spans.push(...found.spans);
    scan.at = found.until;
    return true;
  }
  if (phrase !== null && !isCheapPhrase(phrase)) scan.doubts += 1;
  const secret = name ?? (isKey ? nameOfTwoWords(scan, at, run) : null);
  if (secret === null) return false;
  const { length } = scan.spans;
  const isRead = readNamedValue(
    scan,
    at,
    name === null || run === 'Secret' ? skipNumber(text, end) : end,
    secret,
  );
  if (scan.spans.length === length) scan.doubts += 1;
  return isRead;
}

const isQuote = (code: number) => code === 0x22 || code === 0x27;

/** A plain word of a client, behind which a secret may stand. */
function awaitPlain(scan: Scan, client: Client, run: string): void {
  if (client.after?.has(run) === true) scan.active = true;
  if (!scan.active) return;
  const { plain, assigns } = client;
  if (plain.size === 0 && assigns.size === 0) return;
  const both = `${scan.text.slice(Math.max(scan.beforeAt, scan.beforeEnd - 32), scan.beforeEnd)} ${run}`;
  if (assigns.has(both)) scan.assigning = true;
  const dot = run.indexOf('.');
  const awaited =
    plain.get(run) ??
    plain.get(both) ??
    (dot < 0
      ? undefined
      : (plain.get(`${run.slice(0, dot)}.*`) ?? plain.get(`*${run.slice(run.lastIndexOf('.'))}`)));
  if (awaited !== undefined) scan.awaited = awaited;
}

/** `Unseal Key 1: …`, Nomad's `Secret ID = …`. */
function skipNumber(text: string, end: number): number {
  NUMBER.lastIndex = end;
  return NUMBER.test(text) ? NUMBER.lastIndex : end;
}
const NUMBER = /[ \t](?:#?\d{1,2}|ID)(?=[ \t]{0,8}[:=])/y;

/** `API key: …`, `access key …`. */
function nameOfTwoWords(scan: Scan, at: number, run: string): SecretName | null {
  if (!isBlank(scan.text.charCodeAt(at - 1)) || scan.beforeEnd - scan.beforeAt > 24) return null;
  const before = scan.text.slice(scan.beforeAt, scan.beforeEnd).toLowerCase();
  if (!isKeyQualifier(before) || before === 'user') return null;
  return { kind: 'token', plural: /s$/i.test(run), bare: false, mayBePath: true };
}

/** A program's name as a command has it: no part of a longer word, and no `mysql:` before a message. */
function isCommandWord(text: string, at: number, end: number): boolean {
  const next = text[end];
  if (next !== undefined && !/[\s\u007f]/.test(next)) return false;
  const before = text[at - 1];
  return before === undefined || /[\s\u007f/\\"'`($;|&]/.test(before);
}

function readColon(scan: Scan): void {
  const { text } = scan;
  const at = scan.at - 1;
  if (text.startsWith('//', scan.at)) {
    const scheme =
      /[A-Za-z][A-Za-z0-9+]{0,31}$/.exec(text.slice(Math.max(scan.wordAt, at - 32), at))?.[0] ?? '';
    const { spans, until, end } = findUrlSecrets(text, at + 3, scheme);
    scan.loginAt = end;
    scan.spans.push(...spans);
    scan.at = Math.max(until, at + 3);
    scan.colonAt = -1;
    return;
  }
  const telegram =
    isDigit(text.charCodeAt(at - 1)) &&
    /^\d{8,10}$/.test(text.slice(Math.max(0, at - 10), at).replace(/^\D+/, ''));
  if (telegram) {
    TELEGRAM.lastIndex = scan.at;
    if (TELEGRAM.test(text)) {
      scan.spans.push(scan.at, TELEGRAM.lastIndex);
      scan.at = TELEGRAM.lastIndex;
      return;
    }
  }
  if (isPgpass(scan, at)) {
    maskWord(scan, scan.at);
    return;
  }
  // The one behind a quote ends a name of JSON, and no user's.
  const isFirst = scan.colonAt < scan.wordAt || text.charCodeAt(scan.colonAt - 1) === 0x22;
  if (isFirst) scan.colonAt = at;
}

/** `host:port:database:user:SECRET`, as PostgreSQL's file of passwords has it. */
function isPgpass({ text, wordAt, at: from }: Scan, at: number): boolean {
  if (at - wordAt > 200 || at - wordAt < 7 || !CAN_BE_HOST.test(text[wordAt] as string)) return false;
  if (!PGPASS.test(text.slice(wordAt, at))) return false;
  const end = Math.min(findWordEnd(text, from), from + 160);
  const value = text.slice(from, end);
  return value.length >= 4 && !/^[\da-f:.]*$/i.test(text.slice(wordAt, end)) && !/^\d+$/.test(value);
}
const CAN_BE_HOST = /[\w*]/;
const PGPASS =
  /^[\w.*-]{1,80}:(?:\d{3,5}|\*):(?!(?:INFO|WARN|WARNING|ERROR|DEBUG|\d+):)[\w.*-]{1,64}:[\w.*-]{1,64}$/;
const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const TELEGRAM = /[A-Za-z0-9_-]{34,46}(?![A-Za-z0-9_-])/y;

/** `//name:secret@host/share`, however many slashes or backslashes it begins with. What was walked over once is not again. */
function readSlash(scan: Scan, slash: number): void {
  const { text } = scan;
  if (text.charCodeAt(scan.at) !== slash) return;
  while (text.charCodeAt(scan.at) === slash) scan.at += 1;
  if (scan.at < scan.shareAt) return;
  const { spans, until, end } = findShareSecrets(text, scan.at);
  scan.shareAt = end;
  if (spans.length === 0) return;
  scan.spans.push(...spans);
  scan.at = until;
  scan.loginAt = until + 1;
  scan.colonAt = -1;
}

function readPercent(scan: Scan): void {
  const end = findPercentEnd(scan.text, scan.at - 1);
  if (end < 0) return;
  scan.spans.push(scan.at, end);
  scan.at = end;
}

/** `scott:secret@host`, and Oracle's `thin:scott/secret@`. */
function readAt(scan: Scan): void {
  const { text } = scan;
  const at = scan.at - 1;
  const from = Math.max(scan.wordAt, scan.loginAt);
  scan.loginAt = Math.max(scan.loginAt, scan.at);
  if (scan.colonAt < from || at < from) return;
  const oracle = /\bthin:([\w$]{1,64})\/([^@\s"']{1,128})$/.exec(text.slice(Math.max(from, at - 256), at));
  const colon = scan.colonAt;
  let secretFrom = -1;
  if (oracle?.[2] !== undefined) secretFrom = at - oracle[2].length;
  else if (colon >= from && at - colon <= 256) {
    const name = /[\w.$%+-]{1,64}$/.exec(text.slice(Math.max(from, colon - 64), colon))?.[0] ?? '';
    if (isLoginBefore(text, name, text.slice(colon + 1, at), at)) secretFrom = colon + 1;
  }
  const covered = scan.spans.at(-1) ?? 0;
  if (secretFrom >= covered && secretFrom >= 0) scan.spans.push(secretFrom, at);
  scan.colonAt = -1;
}

/** Azure AD's client secrets: `abc8Q~…`. */
function readTilde(scan: Scan): void {
  const { text } = scan;
  const at = scan.at - 1;
  const from = at - 5;
  if (from < (scan.spans.at(-1) ?? 0) || !/^[A-Za-z0-9_~.-]{3}\dQ$/.test(text.slice(from, at))) return;
  AZURE.lastIndex = at;
  if (!AZURE.test(text)) return;
  scan.spans.push(from, AZURE.lastIndex);
  scan.at = AZURE.lastIndex;
}
const AZURE = /~[A-Za-z0-9_~.-]{28,40}/y;

/** `$apr1$…`, `$2y$10$…`: a password's hash, as htpasswd and shadow files have it. */
function readCrypt(scan: Scan): void {
  const at = scan.at - 1;
  CRYPT.lastIndex = at;
  if (!CRYPT.test(scan.text)) {
    readScram(scan, at);
    return;
  }
  scan.spans.push(at, CRYPT.lastIndex);
  scan.at = CRYPT.lastIndex;
}
/** PostgreSQL's `SCRAM-SHA-256$4096:salt$key:key`. */
function readScram(scan: Scan, at: number): void {
  SCRAM.lastIndex = at + 1;
  if (!SCRAM.test(scan.text)) return;
  scan.spans.push(at + 1, SCRAM.lastIndex);
  scan.at = SCRAM.lastIndex;
}
const SCRAM = /\d{4,7}:[A-Za-z0-9+/=]{4,64}\$[A-Za-z0-9+/=]{3,128}(?::[A-Za-z0-9+/=]{3,128})?/y;
const CRYPT = /\$\$?(?:apr1|[156]|2[abxy]?|g?y|argon2(?:id|i|d))\$[A-Za-z0-9./$=,+-]{8,256}/y;
