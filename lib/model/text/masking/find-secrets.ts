import type { Client } from './clients.ts';
import { maskLater, maskOnce } from './far-values.ts';
import { readFlag } from './flags.ts';
import { WORD_BREAK } from './fold-text.ts';
import { findKnownRun } from './known-runs.ts';
import { readMark } from './marks.ts';
import { readNamedValue } from './named-values.ts';
import { isKeyQualifier, type SecretName } from './names.ts';
import { findOwned } from './owned-values.ts';
import { isCheapPhrase } from './phrases.ts';
import { isVariable } from './prose.ts';
import type { PhraseReader } from './read-value.ts';
import { COST, leaveClient, maskWord, mergeSpans, type Scan } from './scan.ts';
import { isOnlyHead, maskColumn, maskOnlyColumn } from './tables.ts';
import { findShapeEnd, MIN_SHAPE, NEARLY } from './token-shapes.ts';
import { findParameterEnd } from './urls.ts';
import { findQuoteEnd, findWordEnd, isBlank, readQuote } from './value-ends.ts';

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
    heredoc: '',
    plainCount: 0,
    wordAt: 0,
    argumentAt: -1,
    colonAt: -1,
    loginAt: 0,
    shareAt: 0,
    doubts: 0,
    lineAt: 0,
    lineEnd: -1,
    cellSpans: [],
    tableAt: -1,
    tableEnd: 0,
    beforeAt: 0,
    beforeEnd: 0,
  };
  while (scan.at < text.length) readNext(scan);
  return scan.cellSpans.length === 0 ? scan.spans : mergeSpans([...scan.spans, ...scan.cellSpans]);
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

/** Which quote is open in a client's arguments: a mark within ends no command. */
function readQuoteMark(scan: Scan, code: number): void {
  if (scan.quote === 0) scan.quote = code;
  else if (scan.quote === code) scan.quote = 0;
}

function readSpace(scan: Scan, code: number): void {
  scan.at += 1;
  scan.wordAt = scan.at;
  scan.colonAt = -1;
  if (code === WORD_BREAK) scan.argumentAt = scan.at;
  if (code === 0x0a) {
    const isLast = scan.text.startsWith(scan.heredoc, scan.lineAt);
    scan.lineAt = scan.at;
    if (scan.heredoc === '' ? scan.text[scan.at - 2] !== '\\' : isLast) leaveClient(scan);
  }
}

/** The word behind `authenticate_user guest`: it is a secret because of its place. */
function readPlainWord(scan: Scan): boolean {
  const { text, at, client } = scan;
  if (client === null || text.charCodeAt(at) === 0x2d) return false;
  if (client.slash.size > 0 && text[at] === '/' && readSlashFlag(scan, client.slash)) return true;
  scan.plainCount += 1;
  if (client.firstPair !== null && scan.plainCount <= 2 && maskFirstPair(scan, client.firstPair)) return true;
  if (scan.assigning && maskAssignment(scan, at)) return true;
  if (scan.awaited === 0) return false;
  scan.awaited -= 1;
  if (scan.awaited > 0 || OUTCOME.test(text.slice(at, at + 10))) return false;
  if (client.plainMark !== null) return maskFirstPair(scan, client.plainMark);
  maskWord(scan, at);
  scan.awaited = client.second > 0 && scan.plainCount <= client.second ? client.second : 0;
  return true;
}

/** `sqlplus scott/SECRET@db`, `rman target sys/SECRET`, `userid=scott/SECRET`. */
function maskFirstPair(scan: Scan, mark: string): boolean {
  const { text, at } = scan;
  const end = findWordEnd(text, at);
  const word = text.slice(at, Math.min(end, at + 256));
  const name = /^["']?(?:[a-z]{2,16}=)?["']?[\w$#]{1,64}/i.exec(word)?.[0].length ?? 0;
  const from = at + name + 1;
  if (name === 0 || word[name] !== mark || from >= end) return false;
  const host = text.slice(from, Math.min(end, from + 256)).indexOf('@');
  const until = host < 0 ? end : from + host;
  if (until === from) return false;
  scan.spans.push(from, until);
  scan.at = until;
  return true;
}

/** What is said of a command is no argument of it. */
const OUTCOME = /^(?:failed|denied|refused|succeeded|keys?|tokens?|progress)(?:$|[\s:;,.])/;

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
  const name = /^\/([a-z]{1,8})(?::|[ \t](?=[^\s/]))/i.exec(text.slice(at, at + 11))?.[1];
  if (name === undefined || !flags.has(name.toLowerCase())) return false;
  const from = at + name.length + 2;
  const quote = readQuote(text, from);
  const start = quote === null ? from : quote.from;
  const end = quote === null ? findWordEnd(text, from) : findQuoteEnd(text, quote).end;
  if (!isVariable(text.slice(start, Math.min(end, start + 160))) && end > start) scan.spans.push(start, end);
  scan.at = end;
  return true;
}

/**
 * What all looks at a text may cost, in looks that found nothing where a secret's name was. A text that makes us look
 * more often, or that has more secrets than texts have, is hidden from there on.
 */
const MAX_DOUBTS = 300;
/** What one that was found costs; it is a pair. */
const PER_PLACE = 0.1;

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
  // The rest of one in base64 may not be of this run.
  const isLong = end - at >= MIN_SHAPE || text[end] === '+' || text[end] === '/';
  if (hinted && isLong && maskShapes(scan, at, end)) return;
  if (scan.doubts + scan.spans.length * PER_PLACE > MAX_DOUBTS) {
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
  const last = Math.max(from, end - MIN_SHAPE + 4);
  let inWord = from > 0 && isAlnum(text.charCodeAt(from - 1));
  for (let at = from; at <= last; at += 1) {
    const alnum = isAlnum(text.charCodeAt(at));
    const shapeEnd = alnum && !inWord ? findShapeEnd(text, at) : -1;
    inWord = alnum;
    if (shapeEnd <= 0) {
      if (shapeEnd === NEARLY) scan.doubts += COST.shape;
      if (scan.doubts <= MAX_DOUBTS) continue;
      spans.push(at, text.length);
      scan.at = text.length;
      return true;
    }
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
  const whole = text.slice(Math.max(at, end - MAX_RUN), end);
  // `password..........hunter`: what is behind the dots is its value.
  const dots = whole.indexOf('....');
  if (dots > 0 && findKnownRun(whole.slice(0, dots), scan).name !== null) {
    let behind = end - whole.length + dots;
    while (text[behind] === '.') behind += 1;
    if (behind < end) return readKnownRun(scan, at, behind);
  }
  const run = whole;
  const { client, name, phrase, isKey } = findKnownRun(run, scan);
  // `az sql …` goes on being `az`.
  const isNet = client !== null && phrase !== null && maskPhrase(scan, at, end, phrase);
  if (isNet) return true;
  const isOther = client !== null && !(run === 'sql' && scan.client !== null);
  if (isOther && isCommandWord(text, at, end)) {
    scan.client = client;
    scan.doubts += COST.client;
    scan.assigning = false;
    scan.quote = 0;
    scan.heredoc = '';
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
  if (phrase !== null && maskPhrase(scan, at, end, phrase)) return true;
  if (phrase !== null) scan.doubts += isCheapPhrase(phrase) ? COST.phrase : 1;
  const secret = name ?? (isKey ? nameOfTwoWords(scan, at, run) : null);
  if (secret === null) {
    if (isKey && /\bthis $/i.test(text.slice(Math.max(0, at - 6), at))) {
      scan.doubts += 1;
      maskOnce(scan, end);
    }
    return false;
  }
  if (isHost(text, at, end, secret)) return false;
  if (secret.kind !== 'header') {
    if (isInHead(text, at, end)) maskColumn(scan, at, end, secret);
    if (isOnlyHead(text, scan.lineAt, at, end)) maskOnlyColumn(scan, end, secret);
  }
  const { length } = scan.spans;
  const isRead = readNamedValue(
    scan,
    at,
    name === null || run === 'Secret' ? skipNumber(text, end) : skipPart(text, end, name.kind),
    secret,
  );
  if (scan.spans.length === length) {
    scan.doubts += 1;
    const owned = secret.kind === 'password' ? findOwned(text, at, end) : null;
    if (owned !== null) scan.cellSpans.push(owned.from, owned.end);
    else if (!isRead) maskLater(scan, end, secret);
  }
  return isRead;
}

/** `http://auth:8080/health`, `lookup auth:9000`: a service is called so, and a port follows. */
function isHost(text: string, at: number, end: number, { kind }: SecretName): boolean {
  if (text[end] !== ':' || (kind !== 'weak' && !text.startsWith('://', at - 3))) return false;
  PORT.lastIndex = end + 1;
  return Number(PORT.exec(text)?.[0] ?? Number.NaN) <= 65_535;
}
const PORT = /[1-9]\d{1,4}(?![\w.:@-])/y;

/** Whether a name may stand in the head of a table: an edge, a bar or wide blanks are beside it. */
function isInHead(text: string, at: number, end: number): boolean {
  const next = text.charCodeAt(end);
  const isEnd = Number.isNaN(next) || next === 0x0a || next === 0x0d;
  return (
    (isEnd || BESIDE.test(text.slice(end, end + 2))) &&
    /(?:^|[\n,;|\t"'`]| {2}|\| )$/.test(text.slice(Math.max(0, at - 2), at))
  );
}
const BESIDE = /^(?:[,;|\t"'`]| [ |])/;

function maskPhrase(scan: Scan, at: number, end: number, phrase: PhraseReader): boolean {
  const found = phrase(scan.text, at, end);
  if (found === null) return false;
  // What stands before it was walked over.
  const places = (found.spans[0] ?? at) < at ? scan.cellSpans : scan.spans;
  places.push(...found.spans);
  scan.at = found.until;
  return true;
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

/** `password hash: …`: the name goes on. What is random already is not known by its digest, and `algorithm=…` is none. */
function skipPart(text: string, end: number, kind: SecretName['kind']): number {
  if (text[end] !== ' ') return end;
  const part = kind === 'password' ? PART_OF_PASSWORD : PART;
  part.lastIndex = end;
  return part.test(text) ? part.lastIndex : end;
}
const toPart = (parts: string, others: string) =>
  new RegExp(
    String.raw`[ \t](?:${parts})(?=[ \t]{0,4}[:=][ \t]{0,4}["']?(?!${others}[a-z][\w-]{1,40}=[^=\s"']|[a-z]{3,24}(?:-[a-z]{3,24}){1,4}\d{0,2}(?![^\s"',;)]))(?=\S{0,40}\d)\S{16,})`,
    'iy',
  );
const PART = toPart('hash|value', String.raw`sha\d{1,3}:|`);
const PART_OF_PASSWORD = toPart('hash|value|digest|seed|secret|key', '');

/** `API key: …`, `access key …`. */
function nameOfTwoWords(scan: Scan, at: number, run: string): SecretName | null {
  if (!isBlank(scan.text.charCodeAt(at - 1)) || scan.beforeEnd - scan.beforeAt > 24) return null;
  // `pre-shared key`
  const before = scan.text.slice(scan.beforeAt, scan.beforeEnd).toLowerCase().replaceAll('-', '');
  // `SSH key SHA256:…`: by what a key is known.
  if (FINGERPRINT.test(scan.text.slice(at + run.length, at + run.length + 10))) return null;
  if (/[,;|{]/.test(scan.text.slice(scan.beforeEnd, Math.min(at, scan.beforeEnd + 8)))) return null;
  // `cannot decrypt with key …`
  const isGiven = before === 'with' || before === 'using';
  if (!isGiven && (!isKeyQualifier(before) || before === 'user')) return null;
  return {
    kind: 'token',
    plural: /s$/i.test(run),
    bare: false,
    mayBePath: true,
    mayBeCount: false,
    mayBeError: false,
    mustBeRandom: isGiven,
    mayBeKind: false,
  };
}

const FINGERPRINT = /^[ \t:=]{1,3}(?:SHA\d{1,3}|MD5):/i;

/** A program's name as a command has it: no part of a longer word, and no `mysql:` before a message. */
function isCommandWord(text: string, at: number, end: number): boolean {
  const next = text[end];
  // `["mysqladmin","-p…"]`
  if (next !== undefined && !/[\s\u007f]/.test(next) && !/^\\{0,3}["'],/.test(text.slice(end, end + 5)))
    return false;
  const before = text[at - 1];
  return before === undefined || /[\s\u007f/\\"'`($;|&]/.test(before);
}
