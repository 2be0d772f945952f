import { WORD_BREAK } from './fold-text.ts';
import { isAddress, isOfOperations, isWayIn } from './operations-words.ts';
import { isPlaceholder, isSentenceWord, isVariable, looksSecret } from './prose.ts';
import { one, type Phrase, type PhraseReader, readValue } from './read-value.ts';
import { isOwnWord, isTalk } from './said-words.ts';
import { findWordEnd, skipBlanks } from './value-ends.ts';

/** Lines that say a password by its place alone: `login bob …`, `redis auth …`, FTP's `PASS …`, NickServ's `identify …`. */

const LAST = /["'`]{0,2}[ \t]{0,4}(?:\\[rn]|[\r\n;&|\u007f]|$)/y;
const isLast = (text: string, end: number): boolean => {
  LAST.lastIndex = end;
  return LAST.test(text);
};
/** Somebody typed it: the line begins there, or a prompt stands before. */
const TYPED = /(?:^|[\n\u007f]|[>$#%][ \t])[ \t]{0,2}$/;
const isTyped = (text: string, at: number): boolean => TYPED.test(text.slice(Math.max(0, at - 5), at));

/** The last word of its line, when nobody talks so, and it is no ordinary word of operations. */
function readLast(text: string, at: number): Phrase | null {
  const { from, end, quoted } = readValue(text, at);
  const until = quoted ? end + 1 : end;
  const value = text.slice(from, Math.min(end, from + 160));
  if (value === '' || isPlaceholder(value) || isVariable(value) || !isLast(text, until)) return null;
  if (quoted) return one(from, end);
  if (isOfOperations(value)) return null;
  return looksSecret(value) || isOwnWord(text, from, end) ? one(from, end) : null;
}

/** What stands behind `bob /`: a way in or where somebody came from is written so as often as a password. */
export function readBehindSlash(text: string, at: number, who: string): Phrase | null {
  const { from, end } = readValue(text, at);
  const value = text.slice(from, Math.min(end, from + 160));
  const isSame = value.toLowerCase() === who.toLowerCase();
  if (!isSame && !/^password$/i.test(value) && isOfOperations(value)) return null;
  if (looksSecret(value)) return one(from, end);
  return !isWayIn(who) && !isAddress(who) && isOwnWord(text, from, end) ? one(from, end) : null;
}

/** `login bob …` as it was typed; `login with bob / …`. */
export const readTypedLogin: PhraseReader = (text, at, end) => {
  SLASHED.lastIndex = end;
  const named = SLASHED.exec(text)?.[1];
  if (named !== undefined) return readBehindSlash(text, SLASHED.lastIndex, named);
  PAIRED.lastIndex = end;
  if (PAIRED.test(text)) {
    const { from, end: until } = readValue(text, PAIRED.lastIndex);
    if (looksSecret(text.slice(from, Math.min(until, from + 160)))) return one(from, until);
  }
  if (!isTyped(text, at)) return null;
  WHO.lastIndex = end;
  const who = WHO.exec(text)?.[1];
  if (who === undefined || isSentenceWord(who) || isTalk(who)) return null;
  const found = readLast(text, WHO.lastIndex);
  return found === null || !isWayIn(who) || looksSecret(text.slice(found.spans[0], found.until))
    ? found
    : null;
};
const SLASHED = /[ \t]{1,4}(?:with|as|using)[ \t]{1,4}([\w.@-]{1,64})[ \t]{0,2}\/[ \t]{0,2}(?=\S)/y;
/** `login with bob:…`, `trying login bob:…`. */
const PAIRED = /[ \t]{1,4}(?:(?:with|as|using|for)[ \t]{1,4})?[A-Za-z][\w.@-]{0,63}:(?=[^\s/:])/y;
const WHO = / {1,2}([\w.@-]{1,64}) {1,2}(?=[^\s/-])/y;

/** What is given to a client of Redis: `AUTH …`, `AUTH bob …`. */
export const readTypedAuth: PhraseReader = (text, at, end) => {
  const isClient = STORES.test(text.slice(Math.max(0, at - MAX_STORE), at));
  const isPrompt = isClient || PROMPT.test(text.slice(Math.max(0, at - 3), at));
  if (!isPrompt && !(text.slice(at, end) === 'AUTH' && isTyped(text, at))) return null;
  const from = skipGap(text, end);
  if (from === end) return null;
  const only = isPrompt ? readLast(text, from) : null;
  if (only !== null) return only;
  const whoEnd = findWordEnd(text, from);
  const second = skipGap(text, whoEnd);
  const who = text.slice(from, Math.min(whoEnd, from + 64));
  if (isSentenceWord(who) || isTalk(who) || second >= text.length)
    return who === 'default' ? readLast(text, second) : null;
  return !isPrompt && isOfOperations(who) ? null : readLast(text, second);
};
/** Blanks, or the end of a word of a command. */
const skipGap = (text: string, at: number): number =>
  text.charCodeAt(at) === WORD_BREAK ? at + 1 : skipBlanks(text, at);
const MAX_STORE = 96;
/** `redis-cli -h db AUTH`, also in words. */
const STORES =
  /(?:^|[\s"'`\u007f/])(?:redis|valkey|keydb|dragonfly)(?:-cli)?(?:[ \t\u007f]{1,4}-\w[ \t\u007f]{1,4}[\w.:-]{1,32}){0,2}[ \t\u007f]{1,4}$/i;
const PROMPT = /[>$#][ \t]{1,2}$/;

/** `PASS …` of FTP, POP and IRC. Those who run tests say PASS of a test's name. */
export const readTypedPass: PhraseReader = (text, at, end) => {
  if (text.slice(at, end) !== 'PASS' || !SENT.test(text.slice(Math.max(0, at - 16), at))) return null;
  let from = skipBlanks(text, end);
  if (from === end) return null;
  if (text[from] === ':') from += 1;
  const value = text.slice(from, Math.min(findWordEnd(text, from), from + 160));
  if (WIRE.test(text.slice(Math.max(0, at - 16), at)))
    return isPlaceholder(value) || isVariable(value) ? null : one(from, from + value.length);
  return value.length < 5 || isNameOfTest(value) ? null : readLast(text, from);
};
/** What a client and a server of a protocol say to each other, as one of them logs it. */
const WIRE = /(?:\b[CS]: ?|quote |-{2,4}> ?|<{2,3} ?|>{2,3} ?|\\r\\n)$/i;
/** `PASS Kubernetes`, `PASS login-redirect`, `PASS disk.space`: of words one of which is ordinary, or of many. */
function isNameOfTest(value: string): boolean {
  if (TEST.test(value)) return true;
  const parts = value.slice(0, 80).split(/[-_.:]+/);
  if (parts.length > 2 && /^[a-z]+(?:\.[a-z]+)+$/.test(value))
    return (
      PACKAGE.test(value) || parts.some((part) => (part.length > 3 ? isOrdinary(part) : isOfOperations(part)))
    );
  return parts.length > 1 && (parts.length > 2 || parts.some((part) => isOrdinary(part)));
}
/** How the names of packages begin. */
const PACKAGE = /^(?:com|org|net|io|de|src|pkg|app)\./;
const isOrdinary = (word: string): boolean =>
  word.length < 3 || isOfOperations(word) || isTalk(word) || isSentenceWord(word);
const SENT = /(?:^|[\n"']|\bC: ?|quote |raw |sent: |received: |[<>-]{1,4} ?)$/i;
const TEST = /[/()]|\.\w{1,4}$|^\d|^test|(?:test|spec|case)s?$|^(?:[A-Z][a-z]+){1,6}$/;

/** `/msg NickServ identify …`, and `IDENTIFY …` alone on its line. */
export const readIdentify: PhraseReader = (text, at, end) => {
  if (text.slice(at, end) === 'IDENTIFY' && isTyped(text, at)) {
    const blank = skipBlanks(text, end);
    return blank > end && /[a-z]/.test(text.slice(blank, Math.min(findWordEnd(text, blank), blank + 64)))
      ? readLast(text, blank)
      : null;
  }
  if (!SERVICE.test(text.slice(Math.max(0, at - 16), at))) return null;
  const from = skipBlanks(text, end);
  if (from === end) return null;
  return readLast(text, from) ?? readLast(text, skipBlanks(text, findWordEnd(text, from)));
};
const SERVICE = /(?:nick|auth|chan)serv[ \t]{1,2}:?$/i;

/** What a honeypot or a server says of a try: `login attempt [root/…]`. */
export const readTried: PhraseReader = (text, _at, end) => {
  TRIED.lastIndex = end;
  const tried = TRIED.exec(text);
  if (tried === null) {
    TRIED_PLAIN.lastIndex = end;
    const who = TRIED_PLAIN.exec(text)?.[1];
    if (who !== undefined) return readBehindSlash(text, TRIED_PLAIN.lastIndex, who);
    TRIED_BARE.lastIndex = end;
    if (!TRIED_BARE.test(text)) return null;
    const bare = readValue(text, TRIED_BARE.lastIndex);
    const word = text.slice(bare.from, Math.min(bare.end, bare.from + 160));
    return looksSecret(word) && !isAddress(word) ? one(bare.from, bare.end) : null;
  }
  const { from, end: until } = readValue(text, TRIED.lastIndex);
  const bracket = text.slice(from, Math.min(until, from + 160)).lastIndexOf(']');
  const last = bracket > 0 ? from + bracket : until;
  const value = text.slice(from, Math.min(last, from + 160));
  // `[1/3]`, `[alice/10.0.0.2]`, `[root/ssh]`.
  if (tried[2] !== undefined && (isAddress(value) || isWayIn(value))) return null;
  return /^\d{1,3}$/.test(tried[2] ?? '') && /^\d{1,3}$/.test(value) ? null : one(from, last);
};
/** `login attempt: bob/…`. */
const TRIED_PLAIN = /:[ \t]{1,4}([\w.@-]{1,64})\/(?=[^\s/])/y;
/** `password attempt bob/…`: what looks like one. */
const TRIED_BARE = /[ \t]{1,4}[A-Za-z][\w.@-]{0,63}\/(?=[^\s/])/y;
const TRIED = /:?[ \t]{1,4}\[(?:b?(["'])[^"'\n]{0,64}\1|([^\s/\]]{1,64}))\/b?(?=[^\s\]])/y;
