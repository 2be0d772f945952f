import type { Client } from './clients.ts';
import { WORD_BREAK } from './fold-text.ts';
import { findKnownRun } from './known-runs.ts';
import { LATER, matchEnd } from './named-link.ts';
import { isVersion, isWayIn } from './operations-words.ts';
import { isNoValue, isSentenceWord, isVariable, looksRandom, looksSecret } from './prose.ts';
import { COST, type Scan } from './scan.ts';
import { findQuoteEnd, findWordEnd, isBreak, readQuote, skipBlanks } from './value-ends.ts';

/** What a joined short flag cannot be: other flags that begin with its letter. */
const WHOLE_FLAGS =
  /^-(?:port|ping|print|protocol|plugin|pipe|path|prompt|pager|progress|pretty|profile|project|provider|proxy|parallel|all|append|wait|write|warn|Port|sync|socket|ssl|server|status|schema|cert|conf|config|count|color|cacert|pass|passin|passout|password|passwd|passphrase|pw|pwd|version|verbose|PASSWORD|PASS|USER)$/;
const FLAG = /^(?:-[A-Za-z]|--?[a-z][a-z0-9-]*(?:=.*)?|--)$/;
const MAX_FLAG = 80;
/** `--basic-auth user:SECRET`, `--api.basicauth=user:SECRET`, whoever's flag it is. */
const BASIC_AUTH =
  /^--?(?:(?:[\w.-]{1,40}[._-])?basic[._-]?auth|(?:http-|proxy-)?(?:auth|userpwd|user-?pass|login))$/i;
/** Flags whose names hold a secret's, and whose values are none. */
const NO_SECRETS =
  /(?:stdin|ask-?pass(?:word)?|-fd|-file|-path|-command|-cmd|-env|-prompt|-type|-url|-name|-jar|-version)$|^--?(?:no-|cookie-jar|with-token|token-(?:ttl|type|file|policies))/;

/**
 * A flag that begins at `scan.at`, at the beginning of a word, and ends (or has its `=`) at `end`. Masks its value when
 * it is a secret.
 */
export function readFlag(scan: Scan, end: number): boolean {
  const { text, at } = scan;
  if (end - at > MAX_FLAG && scan.client === null) return false;
  const flag = text.slice(at, Math.min(end, at + MAX_FLAG));
  const name = flag.replace(/^-+/, '');
  if (name === '') return false;
  const client = scan.active ? scan.client : null;
  const isNext = client?.next.has(name) === true;
  const pair = client?.pairs.get(name) ?? (!isNext && BASIC_AUTH.test(flag) ? ':' : undefined);
  if (pair !== undefined) return maskPair(scan, end, pair);
  if (scan.client === null && readUnknownPair(scan, end, flag)) return true;
  if (client?.bare.has(name) === true) {
    scan.awaited = client.bare.get(name) ?? 0;
    scan.at = end;
    return true;
  }
  // `docker service create --secret db_password`: an object's name.
  if (scan.client?.takes.has(name) === true && name.length > 1) {
    skipValue(scan, end);
    return true;
  }
  if (client?.ports.has(name) === true && isPort(text, end)) return false;
  if (client !== null && readJoined(scan, end, flag, client)) return true;
  if (scan.client === null && readUnknownLogin(scan, end, flag)) return true;
  if (readRandomFlag(scan, end, flag)) return true;
  const { name: secret } = findKnownRun(name, scan);
  const isSecret =
    client?.next.has(name) === true ||
    (secret !== null && secret.kind !== 'weak' && name.length > 1 && !NO_SECRETS.test(flag));
  if (!isSecret && name.length > 3 && (secret?.kind === 'weak' || name === 'seed'))
    return maskWeakFlag(scan, end);
  if (isSecret) scan.doubts += 0.5;
  if (isSecret && /^--cred(?:ential)?s$/.test(flag) && readCredentials(scan, end)) return true;
  if (isSecret) return maskFlagValue(scan, end, name.length > 1 && client?.next.has(name) !== true);
  const letter = name[0] ?? '';
  const joinedPair = client === null || flag.startsWith('--') ? undefined : client.pairs.get(letter);
  if (joinedPair !== undefined && name.length > 1) return maskPair(scan, at + 2, joinedPair);
  if (client?.takes.has(name) === true) skipValue(scan, end);
  return false;
}

/**
 * `-u bob -p SECRET`, `-ubob -pSECRET` of a program that nobody knows: who signs in stands before it. A port, a folder
 * and what is asked are none.
 */
function readUnknownLogin(scan: Scan, end: number, flag: string): boolean {
  const { text, at } = scan;
  if (!/^-[pPwW]/.test(flag)) return false;
  const before = text.slice(Math.max(scan.lineAt, at - MAX_LOGIN), at);
  const isJoined = flag.length > 2;
  if (!/[\s\u007f]-{1,2}[uUl]/.test(before)) return false;
  scan.doubts += COST.sentence;
  if (!(isJoined ? JOINED_USER : USER).test(before)) return false;
  if (isJoined && WHOLE_FLAGS.test(flag)) return false;
  const from = isJoined ? at + 2 : skipBreaks(text, end);
  const quote = readQuote(text, from);
  const start = quote === null ? from : quote.from;
  const value = text.slice(start, Math.min(findWordEnd(text, start), start + 160)).replace(/["']$/, '');
  if (value === '' || FLAG.test(value) || NO_LOGIN.test(value) || isSentenceWord(value)) return false;
  return maskRest(scan, from, isJoined);
}
/** `-p aB3xYz9q` of whoever, `--key aB3xYz9q`: what nobody would call anything else. */
function readRandomFlag(scan: Scan, end: number, flag: string): boolean {
  const flags = scan.client === null ? RANDOM_FLAG : RANDOM_FLAG_OF_CLIENT;
  if (!flags.test(flag) || scan.client?.takes.has(flag.slice(1)) === true) return false;
  const { text } = scan;
  const from = text[end] === '=' ? end + 1 : skipBreaks(text, end);
  if (from === end) return false;
  const quote = readQuote(text, from);
  const start = quote === null ? from : quote.from;
  const word = text
    .slice(start, Math.min(findWordEnd(text, start), start + MAX_LOGIN))
    .replace(/["'`);,]+$/, '');
  return looksRandom(word) && !/[./:,]/.test(word) && maskRest(scan, from);
}
const RANDOM_FLAG = /^(?:-[pPwWkKts]|--(?:key|pat|code|pw|pwd|auth|phrase))$/;
const RANDOM_FLAG_OF_CLIENT = /^(?:-[pP]|--(?:key|pat|pw|pwd|phrase))$/;
/** `-u bob:S3cret1`, `-a admin:secret` of a program that nobody knows; `-u app:app` is a group. */
function readUnknownPair(scan: Scan, end: number, flag: string): boolean {
  if (!/^(?:-[uUa]|--user)$/.test(flag)) return false;
  const { text } = scan;
  PAIR_BEHIND.lastIndex = end;
  const [, who = '', value = ''] = PAIR_BEHIND.exec(text) ?? [];
  if (value === '' || who === value || isNoValue(value) || isVariable(value) || /^\d{1,5}$/.test(value))
    return false;
  if (!looksSecret(value) && !FIRST_USER.test(who)) return false;
  const from = PAIR_BEHIND.lastIndex - value.length;
  return maskRest(scan, from, true);
}
const PAIR_BEHIND = /[=\s\u007f]["']?([A-Za-z][\w.@-]{0,63}):(?!\/\/)([^\s\u007f"'`:/|;&]{3,128})/y;
const FIRST_USER = /^(?:admin|root|administrator|elastic|guest|sa|postgres|superuser)$/i;
const MAX_LOGIN = 120;
/** With values of flags alone between. */
const BETWEEN = String.raw`(?:[\s\u007f]+-{1,2}[A-Za-z][\w-]{0,24}(?:[=\s\u007f]+[^-\s\u007f|;&][^\s\u007f|;&]{0,60})?){0,3}[\s\u007f]+["']?$`;
const USER = new RegExp(
  String.raw`(?:^|[\s\u007f])-{1,2}(?:[uUl]|user(?:name)?|login)[=\s\u007f]+["']?[A-Za-z_][^\s\u007f"'|;&]{0,60}["']?${BETWEEN}`,
);
const JOINED_USER = new RegExp(
  String.raw`(?:^|[\s\u007f])-[uU]["']?[A-Za-z_][^\s\u007f"'|;&]{0,60}${BETWEEN}`,
);
const NO_LOGIN = /^(?:[\d.:/-]+(?:\/(?:tcp|udp))?$|[./~]|[A-Za-z]+[ ?:]|(?:tcp|udp)$)/;

/** `--creds bob SECRET`; `--creds /run/user.creds` is where they are kept. */
function readCredentials(scan: Scan, end: number): boolean {
  CREDENTIALS.lastIndex = end;
  const [, path, who, value = ''] = CREDENTIALS.exec(scan.text) ?? [];
  if (path !== undefined) {
    scan.at = CREDENTIALS.lastIndex;
    return true;
  }
  if (
    scan.client !== null ||
    who === undefined ||
    !looksSecret(value) ||
    FLAG.test(value) ||
    isVersion(value)
  )
    return false;
  return maskRest(scan, CREDENTIALS.lastIndex - value.length);
}
const CREDENTIALS =
  /[=\s\u007f](?:([.~]?\/[\w.@/-]{1,128})(?![^\s\u007f])|([A-Za-z][\w.@-]{0,63})[ \t\u007f]{1,4}([^\s\u007f"'|;&]{3,128}))/y;

/** `--license ABCD-1234`, `--hmac …`: what looks like a secret alone, and no file, word or number. */
function maskWeakFlag(scan: Scan, end: number): boolean {
  const { text } = scan;
  const from = text[end] === '=' ? end + 1 : skipBreaks(text, end);
  if (from === end) return false;
  const value = text.slice(from, Math.min(findWordEnd(text, from), from + 160));
  if (!/^["']?[A-Za-z0-9]/.test(value) || !looksSecret(value) || value.length < 8 || isVersion(value))
    return false;
  return maskRest(scan, from);
}

/** `-p 8086`, also in a list of quoted words. */
function isPort(text: string, end: number): boolean {
  PORT.lastIndex = end;
  const port = PORT.exec(text)?.[1];
  return port !== undefined && Number(port) <= 65_535;
}
const PORT = /["']?(?:[ \t=\u007f]|,[ \t]{0,4}["']){1,4}["']?(\d{2,5})(?![^\s"'\u007f,;)])/y;

/** `-pSECRET`, whatever words the secret is made of: `-prootpassword` is no flag of that name. */
function readJoined(scan: Scan, end: number, flag: string, client: Client): boolean {
  if (flag.startsWith('--') || (flag.length > 2 && client.next.has(flag.slice(1)))) return false;
  if (readGroup(scan, end, flag, client)) return true;
  const { text, at } = scan;
  const letter = flag[1] ?? '';
  if (client.joined.includes(letter) && !isSpaceAt(text, at + 2) && !WHOLE_FLAGS.test(flag))
    return (flag.length > 2 || !client.next.has(letter)) && maskRest(scan, at + 2, true);
  // `-Uapi_token%SECRET`
  const mark = client.pairs.get(letter);
  return flag.length > 2 && mark !== undefined && text[end] === mark && maskPair(scan, at + 2, mark);
}

/** `-sfu user:SECRET`, `-sSuuser:SECRET`: flags of one letter in one word, the last of which has the secret. */
function readGroup(scan: Scan, end: number, flag: string, client: Client): boolean {
  if (client.switches === '' || flag.startsWith('--')) return false;
  let length = 1;
  while (length < flag.length && client.switches.includes(flag[length] as string)) length += 1;
  const letter = flag[length];
  if (length === 1 || letter === undefined) return false;
  const isLast = length + 1 === flag.length;
  const mark = client.pairs.get(letter);
  if (mark !== undefined) return maskPair(scan, isLast ? end : scan.at + length + 1, mark);
  if (!isLast && client.joined.includes(letter)) return maskRest(scan, scan.at + length + 1, true);
  if (!client.next.has(letter)) return false;
  return isLast ? maskFlagValue(scan, end, false) : maskRest(scan, scan.at + length + 1);
}

const isSpaceAt = (text: string, at: number) => at >= text.length || /[\s\u007f]/.test(text[at] as string);

/** A flag's value that is no secret is no plain word either. */
function skipValue(scan: Scan, end: number): void {
  const from = skipBreaks(scan.text, end);
  scan.at = findWordEnd(scan.text, from);
}

const skipBreaks = (text: string, at: number): number => {
  let from = skipBlanks(text, at);
  while (text.charCodeAt(from) === WORD_BREAK) from += 1;
  // A shell's line that goes on.
  CONTINUED.lastIndex = from;
  return from > at && CONTINUED.test(text) ? CONTINUED.lastIndex : from;
};
const CONTINUED = /\\\r?\n[ \t]{0,64}/y;

/** `--password SECRET`, `--password=SECRET`. A long flag without `=` may have no value: then the next flag follows. */
function maskFlagValue(scan: Scan, end: number, mayBeBare: boolean): boolean {
  const { text } = scan;
  const mark = text[end];
  if (mark === '=' || mark === ':') {
    return maskRest(scan, end + 1);
  }
  if (mark === '"' || mark === "'") {
    // `["--password", "…"]`
    NEXT_IN_LIST.lastIndex = end;
    if (NEXT_IN_LIST.test(text)) return maskRest(scan, NEXT_IN_LIST.lastIndex);
    // `-w'…'`
    return !mayBeBare && /[^\s,;)\]}"']/.test(text[end + 1] ?? ' ') && maskRest(scan, end);
  }
  if (mark === '$' && text[end + 1] === "'") return maskRest(scan, end);
  if (mark !== undefined && mark !== ' ' && mark !== '\t' && text.charCodeAt(end) !== WORD_BREAK)
    return false;
  const from = skipBreaks(text, end);
  if (from >= text.length || isBreak(text.charCodeAt(from))) return false;
  const next = text.slice(from, Math.min(findNextEnd(text, from), from + MAX_FLAG));
  if (FLAG.test(next) || next.startsWith('<<<') || next.startsWith('<(')) return false;
  if (
    mayBeBare &&
    text.charCodeAt(end) !== WORD_BREAK &&
    /^(?:is|was|or|and|must|not|cannot|for|to|flag|option|option:|requires?|required|instead|on|with|if|via|as|can|should|may|when|without|\||&&|;|>|\|\||2>&1)$/.test(
      next,
    )
  )
    return false;
  return maskRest(scan, from);
}

/** A word of a command ends with it, whatever blanks are in it: `-two words` is no flag. */
function findNextEnd(text: string, from: number): number {
  const end = findWordEnd(text, from);
  return text.charCodeAt(from - 1) === WORD_BREAK && text[end] === ' ' ? end + 1 : end;
}

const NEXT_IN_LIST = /["'],[ \t]{0,4}(?=["'])/y;

/**
 * From here to the end of the word, of the quote, or of the whole word of a command. A word that is joined to its flag
 * is no placeholder: `-psecret`.
 */
function maskRest(scan: Scan, from: number, isJoined = false): boolean {
  const { text } = scan;
  // A shell's `$'…'`.
  const quote = readQuote(text, text[from] === '$' && text[from + 1] === "'" ? from + 1 : from);
  const start = quote === null ? from : quote.from;
  const end = quote === null ? findArgumentEnd(scan, from) : findQuoteEnd(text, quote).end;
  const later = text[start] === '$' || text[start] === '{' ? matchEnd(LATER, text, start) : -1;
  if (later > start) {
    scan.at = Math.max(scan.at, later);
    return true;
  }
  const value = text.slice(start, Math.min(end, start + 160));
  scan.at = Math.max(scan.at, end);
  const isNone = isVariable(value) || (isNoValue(value) && !(isJoined && /^[a-z]/i.test(value)));
  if (end > start && !isNone) scan.spans.push(start, end);
  return true;
}

/** A word of a command ends where the next begins; one of a line at a blank, or at the quote around the command. */
function findArgumentEnd({ text, argumentAt, at }: Scan, from: number): number {
  let end = from;
  const inWords = argumentAt >= 0 && (at === argumentAt || text.charCodeAt(from - 1) === WORD_BREAK);
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (isBreak(code)) break;
    if (!inWords && (code === 0x20 || code === 0x09)) break;
    if (
      (code === 0x22 || code === 0x27 || code === 0x60) &&
      !inWords &&
      /[\s,;:)\]}|&]|^$/.test(text[end + 1] ?? '')
    )
      break;
    end += 1;
  }
  // The command's own end, in a sentence or a subshell.
  while (!inWords && end > from + 1 && ',;)'.includes(text[end - 1] as string)) end -= 1;
  return end;
}

/** `http -A bearer -a TOKEN`, `curl -u TOKEN`: where a login is awaited, and none is but what looks like a token. */
function isBareToken(text: string, end: number, from: number, until: number): boolean {
  const value = text.slice(from, Math.min(until, from + 160));
  if (BEARER.test(text.slice(Math.max(0, end - 40), end))) return true;
  return looksRandom(value) || (/-(?:a|-auth)$/.test(text.slice(end - 6, end)) && looksSecret(value));
}
const BEARER = /(?:-A|--auth-type)[=\s\u007f]{1,2}bearer[\s\u007f]{1,2}(?:-a|--auth)$/;

/** `user:SECRET`: behind the mark. Without one there is no secret, and an address is none. */
function maskPair(scan: Scan, end: number, mark: string): boolean {
  const { text } = scan;
  let from = text[end] === '=' ? end + 1 : skipBreaks(text, end);
  NEXT_IN_LIST.lastIndex = end;
  if (NEXT_IN_LIST.test(text)) from = NEXT_IN_LIST.lastIndex;
  const quote = readQuote(text, from);
  if (quote !== null) from = quote.from;
  let until = quote === null ? findArgumentEnd(scan, from) : findQuoteEnd(text, quote).end;
  // `-u'bob':'…'`
  if (quote !== null && text[until + 1] === mark) until = findArgumentEnd(scan, until + 1);
  const at = text.slice(from, Math.min(until, from + 512)).indexOf(mark);
  scan.at = Math.max(end, at < 0 ? end : until);
  const start = from + at + 1;
  if (at < 0 || start >= until || text.startsWith('//', start)) {
    scan.at = end;
    if (at < 0 && until > from && isBareToken(text, end, from, until)) {
      scan.spans.push(from, until);
      scan.at = until;
      return true;
    }
    if (at < 0 && scan.client?.takes.has(text.slice(Math.max(0, end - 1), end)) === true)
      skipValue(scan, end);
    return true;
  }
  if (/^(?:file|env|fd)$/.test(text.slice(from, from + at))) return true;
  if (scan.client === null && isWayIn(text.slice(from, from + Math.min(at, 40)))) return true;
  const value = text.slice(start, Math.min(until, start + 160));
  if (!isNoValue(value) && !isVariable(value)) scan.spans.push(start, until);
  return true;
}
