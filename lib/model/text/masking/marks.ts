import { isVersion } from './operations-words.ts';
import { isPlaceholder, isSentenceWord, isVariable, looksSecret } from './prose.ts';
import { isTalk } from './said-words.ts';
import { COST, leaveClient, maskWord, type Scan } from './scan.ts';
import { findPercentEnd, findShareSecrets, findUrlSecrets, isLoginBefore } from './urls.ts';
import { findQuoteEnd, findWordEnd, isBreak, readQuote, skipBlanks } from './value-ends.ts';

/** A mark that may stand beside a secret: the walk is behind it. */
export function readMark(scan: Scan, code: number, at: number): void {
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

/** `|`, `;` and `&` end a command where a blank follows, or another of them. */
const endsCommand = ({ text, quote }: Scan, at: number) =>
  quote === 0 && (/[\s|&;]/.test(text[at + 1] ?? ' ') || text[at + 1] === undefined);

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
  if (!text.startsWith('<<', scan.at)) {
    if (scan.client === null || text[scan.at] !== '<') return;
    HEREDOC.lastIndex = scan.at + 1;
    scan.heredoc = HEREDOC.exec(text)?.[1] ?? '';
    return;
  }
  const at = scan.at + 2;
  const isRead =
    scan.client?.reads === true ||
    /(?:-stdin|-ask-?pass(?:word)?|secret (?:create|put) [^|;&]{1,60}|passwd [^|;&]{1,40}|\bage -p|\bpass insert [^|;&]{1,40}|password_stdin|--with-token|-fd[ =]\d|\b[Aa]uthtoken -)[^|;&]{0,80}$/.test(
      text.slice(Math.max(scan.lineAt, at - 128), at - 3),
    );
  const blank = skipBlanks(text, at);
  const quote = readQuote(text, blank);
  const from = quote === null ? blank : quote.from;
  const end = quote === null ? findWordEnd(text, from) : findQuoteEnd(text, quote).end;
  const value = text.slice(from, Math.min(end, from + 160));
  // Whoever reads a word that looks so: it is a secret.
  if (!isRead && (value.includes(' ') || !looksSecret(value))) return;
  if (end > from && !isVariable(value)) scan.spans.push(from, end);
  scan.at = Math.max(scan.at, end);
}

/** `<<EOF`: the lines below are the program's. */
const HEREDOC = /-?[ \t]{0,2}["']?([A-Z_a-z]\w{0,24})/y;

function readColon(scan: Scan): void {
  const { text } = scan;
  const at = scan.at - 1;
  if (text.startsWith('//', scan.at)) {
    scan.doubts += COST.address;
    const scheme = text.slice(findSchemeStart(text, Math.max(scan.wordAt, at - 32), at), at);
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
  if (isPgpass(scan, at) || isRelayLogin(scan, at) || isListedLogin(scan, at)) {
    maskWord(scan, scan.at);
    return;
  }
  // The one behind a quote ends a name of JSON, and no user's.
  const isFirst = scan.colonAt < scan.wordAt || text.charCodeAt(scan.colonAt - 1) === 0x22;
  if (isFirst) scan.colonAt = at;
}

/** Letters, digits and `+` before the colon. */
function findSchemeStart(text: string, least: number, at: number): number {
  let from = at;
  while (from > least && isOfScheme(text.charCodeAt(from - 1))) from -= 1;
  while (from < at && !isLetter(text.charCodeAt(from))) from += 1;
  return from;
}
const isLetter = (code: number) => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
const isOfScheme = (code: number) => isLetter(code) || isDigit(code) || code === 0x2b;

/** `host:port:database:user:SECRET`, as PostgreSQL's file of passwords has it. */
function isPgpass({ text, wordAt, at: from }: Scan, at: number): boolean {
  if (at - wordAt > 200 || at - wordAt < 7 || !CAN_BE_HOST.test(text[wordAt] as string)) return false;
  if (!PGPASS.test(text.slice(wordAt, at))) return false;
  const end = Math.min(findWordEnd(text, from), from + 160);
  const value = text.slice(from, end);
  return value.length >= 4 && !/^[\da-f:.]*$/i.test(text.slice(wordAt, end)) && !/^\d+$/.test(value);
}
/** `bob@example.com:S3cret1`, `admin:S3cret1`, as lists of users have it. */
function isListedLogin({ text, at: from, wordAt, loginAt }: Scan, at: number): boolean {
  const isMail =
    loginAt > wordAt && at - loginAt < 96 && MAIL.test(text.slice(Math.max(0, loginAt - 65), at));
  if (!isMail && !(ENDS_ADMIN.has(text[at - 1] ?? '') && ADMIN.test(text.slice(Math.max(0, at - 14), at))))
    return false;
  const value = text.slice(from, Math.min(findWordEnd(text, from), from + 65));
  return (
    value.length <= 64 &&
    !/[/.]|^sha\d|^\d+[a-z]?$|^[a-z]+(?:[-_][a-z\d]+)+$/.test(value) &&
    looksSecret(value) &&
    !isVersion(value)
  );
}
const ENDS_ADMIN = new Set('ntrNTR');
const MAIL =
  /(?:^|[^\w.+-])(?!git@)[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,32}){1,4}$/;
const ADMIN = /(?:^|[\s"'(=,])(?:admin|root|administrator|superuser)$/i;

/** `[smtp.example.com]:587 bob@example.com:SECRET`, as Postfix' file of passwords has it. */
function isRelayLogin({ text, lineAt }: Scan, at: number): boolean {
  if (text[lineAt] !== '[' || at - lineAt >= 200) return false;
  const user = RELAY_LOGIN.exec(text.slice(lineAt, at))?.[1];
  if (user === undefined || STATUS.test(user)) return false;
  const end = findWordEnd(text, at);
  const value = text.slice(at + 1, Math.min(end, at + 64));
  if (isPlaceholder(value) || isSentenceWord(value) || isTalk(value)) return false;
  const last = skipBlanks(text, end);
  return last >= text.length || isBreak(text.charCodeAt(last));
}
/** The ports and names of what takes mail: `[db]:5432 user:app` is an ordinary line. */
const RELAY_LOGIN = /^\[[\w.-]{1,80}\]:(?:25|465|587|2525|smtps?|submissions?)[ \t]{1,8}([\w.@+-]{1,64})$/;
const STATUS = /^(?:status|code|state|error|reply|response|user|from|to|queue|relay|host|port)$/i;
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
  scan.doubts += COST.address;
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
  // `scott/secret@//db:1521/XE`
  const easy = text.startsWith('//', scan.at)
    ? EASY.exec(text.slice(Math.max(from, at - 256), at))?.[1]
    : undefined;
  if (easy !== undefined && at - easy.length >= (scan.spans.at(-1) ?? 0))
    scan.spans.push(at - easy.length, at);
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

const EASY = /^[("']?[\w$]{1,64}\/([^@/\s"']{1,128})$/;

/** Azure AD's client secrets: `abc8Q~…`. */
function readTilde(scan: Scan): void {
  const { text } = scan;
  const at = scan.at - 1;
  // OpenShift's.
  OPENSHIFT.lastIndex = at;
  if (text.endsWith('sha256', at) && OPENSHIFT.test(text)) {
    scan.spans.push(scan.at, OPENSHIFT.lastIndex);
    scan.at = OPENSHIFT.lastIndex;
    return;
  }
  const from = at - 5;
  if (from < (scan.spans.at(-1) ?? 0) || !/^[A-Za-z0-9_~.-]{3}\dQ$/.test(text.slice(from, at))) return;
  AZURE.lastIndex = at;
  if (!AZURE.test(text)) return;
  scan.spans.push(from, AZURE.lastIndex);
  scan.at = AZURE.lastIndex;
}
const OPENSHIFT = /~[\w-]{40,64}(?![\w-])/y;
const AZURE = /~[A-Za-z0-9_~.-]{28,40}/y;

/** `$apr1$…`, `$2y$10$…`: a password's hash, as htpasswd and shadow files have it. */
function readCrypt(scan: Scan): void {
  const at = scan.at - 1;
  CRYPT.lastIndex = at;
  const hash = CRYPT.test(scan.text) ? CRYPT : findNamedHash(scan.text, at);
  if (hash === null) {
    readScram(scan, at);
    return;
  }
  scan.spans.push(at, hash.lastIndex);
  scan.at = hash.lastIndex;
}
/** `pbkdf2_sha256$…` of Django, `scrypt:32768:8:1$…` of Werkzeug: how it is made stands before. */
function findNamedHash(text: string, at: number): RegExp | null {
  const code = text.charCodeAt(at - 1);
  if (!isDigit(code) && code !== 0x74) return null;
  if (!MADE_BY.test(text.slice(Math.max(0, at - 32), at))) return null;
  NAMED_HASH.lastIndex = at;
  return NAMED_HASH.test(text) ? NAMED_HASH : null;
}
const MADE_BY =
  /(?:^|[^A-Za-z0-9])(?:pbkdf2_sha\d{1,3}|bcrypt(?:_sha256)?|scrypt|argon2|pbkdf2:sha\d{1,3}:\d{3,8}|scrypt:\d{1,7}:\d{1,2}:\d{1,2})$/;
const NAMED_HASH = /\$[A-Za-z0-9./$=,+-]{16,256}/y;
/** PostgreSQL's `SCRAM-SHA-256$4096:salt$key:key`. */
function readScram(scan: Scan, at: number): void {
  SCRAM.lastIndex = at + 1;
  if (!SCRAM.test(scan.text)) return;
  scan.spans.push(at + 1, SCRAM.lastIndex);
  scan.at = SCRAM.lastIndex;
}
const SCRAM = /\d{4,7}:[A-Za-z0-9+/=]{4,64}\$[A-Za-z0-9+/=]{3,128}(?::[A-Za-z0-9+/=]{3,128})?/y;
const CRYPT =
  /\$\$?(?:apr1|[1567]|2[abxy]?|g?y|argon2(?:id|i|d)|sha1|md5|[HP]|pbkdf2(?:-sha\d{1,3})?|scrypt|bcrypt-sha256)\$[A-Za-z0-9./$=,+-]{8,256}/y;
