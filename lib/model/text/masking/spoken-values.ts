import { maskHeader } from './header-values.ts';
import { isNothing, isTooWeak, type Link, MAX_LOOK } from './named-link.ts';
import type { SecretName } from './names.ts';
import { isAlgorithm, isOfOperations, isVersion } from './operations-words.ts';
import {
  countSentenceWords,
  findWords,
  hasObjectTail,
  isPlaceholder,
  isReference,
  isSentenceWord,
  isVariable,
  looksRandom,
  looksSecret,
} from './prose.ts';
import { readBehindSlash } from './said-logins.ts';
import { isLed, isOwnWord, isSaid, isTalk } from './said-words.ts';
import { COST, type Scan } from './scan.ts';
import {
  findLineEnd,
  findQuoteEnd,
  findValueEnd,
  isBlank,
  isBreak,
  type Quote,
  readQuote,
  skipBlanks,
} from './value-ends.ts';

/** Values that somebody says: behind a name and a blank, in a sentence, behind a colon. */

/** `password 'S3cret'`, `apikey S3cret`, `password is S3cret`: only what looks like one. */
export function maskBare(scan: Scan, link: Link, name: SecretName, at: number): boolean {
  const { text } = scan;
  const { from, kind, around } = link;
  const quote = readQuote(text, from);
  if (quote !== null) return maskQuotedWord(scan, quote, link, name, at);
  const end = findValueEnd(text, from, around);
  const word = text.slice(from, Math.min(end, from + MAX_LOOK));
  const phraseEnd = kind === 'is' ? findPhraseEnd(text, at, from) : -1;
  if (phraseEnd > 0) {
    scan.spans.push(from, phraseEnd);
    scan.at = phraseEnd;
    return true;
  }
  if (name.plural && (kind === 'blank' || kind === 'is')) return maskLoginOf(scan, link, end);
  if (name.plural || isPlaceholder(word) || isVariable(word) || isSentenceWord(word) || word.includes('='))
    return false;
  // The type of a column, a place on Cassandra's ring, where a key is kept, how many passes there were.
  if (COLUMN_TYPE.test(word) || /^-?\d{16,}$/.test(word) || isReference(word)) return false;
  if (name.mayBeCount && isNothing(word, name, { kind, from, around, quotedName: false })) return false;
  const isTokens =
    name.kind === 'token' &&
    /token$/i.test(text.slice(Math.max(0, from - 7), from).trimEnd()) &&
    /^[A-Za-z\d]{12,}$/.test(word) &&
    looksSecret(word);
  if (
    hasObjectTail(text, end) &&
    !looksRandom(word) &&
    !isTokens &&
    !(name.kind === 'password' && MIXED.test(word))
  )
    return false;
  // GPG's and RSA's number of a key.
  if (
    kind === 'blank' &&
    name.kind === 'token' &&
    /^(?:0x)?(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})[:,.]?$/.test(word)
  )
    return false;
  // The place of a function, as a stack of JavaScript has it.
  if (/^\([^\s()]{1,140}:\d{1,6}(?::\d{1,6})?\)?$/.test(word)) return false;
  if (name.kind === 'token' && CAMEL.test(word)) return false;
  const isFrom = kind === 'is' && /from[ \t]{1,4}$/.test(text.slice(Math.max(0, from - 9), from));
  if (isFrom && isTold(word)) {
    maskNext(scan, end, true);
    return false;
  }
  if (
    isAlgorithm(word) ||
    (name.kind === 'token' &&
      name.bare &&
      (isVersion(word) || (isObjectName(word) && !USING.test(text.slice(Math.max(0, at - 12), at)))))
  )
    return false;
  if (name.kind === 'weak' && kind === 'blank' && (UUID.test(word) || /^[A-Z]{2,}[(/]/.test(word)))
    return false;
  const isOne =
    name.bare && name.kind === 'token' && kind === 'blank'
      ? looksRandom(word) ||
        (looksSecret(word) && (word.length >= 12 || USING.test(text.slice(Math.max(0, at - 12), at)))) ||
        /^[a-z0-9]{20,}$/.test(word)
      : looksSecret(word) ||
        (kind === 'blank' &&
          (ERLANG_COOKIE.test(word) ||
            (/^\d{4,8}$/.test(word) &&
              /(?:passcode|otp)[ \t]$/i.test(text.slice(Math.max(0, from - 10), from)))));
  if (!isOne && !isToldByWords(scan, { kind, from, name, at, end })) return false;
  scan.spans.push(from, end);
  scan.at = end;
  if (isFrom) maskNext(scan, end);
  return true;
}

/** `password '…'`, `PASSWORD '…'` of SQL, and no `secret "db_password" not found`. */
function maskQuotedWord(
  scan: Scan,
  quote: Quote,
  { from, kind }: Link,
  name: SecretName,
  at: number,
): boolean {
  const { text } = scan;
  const { end, closed } = findQuoteEnd(text, quote);
  const value = text.slice(quote.from, Math.min(end, quote.from + MAX_LOOK));
  if (name.kind !== 'password' && kind === 'blank') {
    // `secret "db_password" not found` is Docker's name of an object; `PASSWORD '…'` is SQL.
    const isStatement =
      closed &&
      (text[end + 1] === ';' ||
        (/[,)]/.test(text[end + 1] ?? ' ') && /^[A-Z_]+$/.test(text.slice(at, from).trim()))) &&
      (looksSecret(value) || value.endsWith('='));
    if (!isStatement && (!looksRandom(value) || value.includes(' ') || isSecretObject(text, from)))
      return false;
    scan.spans.push(quote.from, end);
    scan.at = end;
    return true;
  }
  scan.at = end;
  if (kind === 'is' && isInstead(text, from, value)) return true;
  const isGiven =
    name.kind === 'password' && /(?:with|using)[ \t]{1,4}$/i.test(text.slice(Math.max(0, at - 8), at));
  const isObject = !isGiven && hasObjectTail(text, end);
  if (closed && (isObject || isPlaceholder(value) || isVariable(value))) return true;
  if (closed && value.includes(' ') && countSentenceWords(value) > 1) {
    scan.at = quote.from;
    return true;
  }
  scan.spans.push(quote.from, end);
  const second = kind === 'blank' || kind === 'is' ? readSecond(text, end) : null;
  if (second !== null) {
    scan.at = findQuoteEnd(text, second).end;
    scan.spans.push(second.from, scan.at);
  }
  return true;
}

/** `using credentials admin:…`. */
function maskLoginOf(scan: Scan, { from, kind }: Link, end: number): boolean {
  const { text } = scan;
  const word = text.slice(from, Math.min(end, from + MAX_LOOK));
  const login = /^[\w.@-]{1,64}:(?!\/\/)(?=\S)/.exec(word)?.[0];
  if (login === undefined) return false;
  const secret = word.slice(login.length);
  const isOne =
    kind === 'is'
      ? isSaid(text, from + login.length, end, true)
      : isUserOf(login) && isOwnWord(text, from + login.length, end);
  if (!looksSecret(secret) && !isOne) return false;
  scan.spans.push(from + login.length, end);
  scan.at = end;
  return true;
}

/** OpenVPN's `password "Auth" "…"`, and `password from '…' to '…'`: the other one. */
function readSecond(text: string, end: number): Quote | null {
  SECOND.lastIndex = end;
  return SECOND.test(text) ? readQuote(text, SECOND.lastIndex) : null;
}
const SECOND = /(?:" |["'][ \t]{1,4}to[ \t]{1,4})(?=["'])/iy;
/** `jobTokenSecretManager`. */
const CAMEL = /^[A-Za-z][a-z]{1,24}(?:[A-Z][a-z]{1,24}){2,6}$/;
/** Capitals, small letters, and a digit among them. */
const MIXED = /^(?=\S*[A-Z])(?=\S*[a-z])\S*\d[A-Za-z]/;
/** `using token …`. */
const USING = /(?:using|with|use)[ \t]{1,4}$/i;
/** `passphrase: correct horse battery`: where the words end; -1: they are no passphrase, or a sentence. */
function findPhraseEnd(text: string, at: number, from: number): number {
  if (!/^[\w-]{0,40}phrase/i.test(text.slice(at, at + 48))) return -1;
  const line = peekLine(text, from);
  return OF_WORDS.test(line) && countSentenceWords(line) <= 1 ? from + line.length : -1;
}
const OF_WORDS = /^[A-Za-z\d]{2,16}(?:[ -][A-Za-z\d]{1,16}){2,11}$/;

/** `default-token-x7k2p`, as Kubernetes calls what it keeps. */
const isObjectName = (word: string): boolean =>
  /^[a-z]{3,}(?:-[a-z\d]+){1,6}$/.test(word) && /^[a-z]+-[a-z]{3,}/.test(word);
/** Erlang makes its cookies of twenty capitals. */
const ERLANG_COOKIE = /^[A-Z]{20}$/;
const COLUMN_TYPE =
  /^(?:n?(?:var)?char(?:acter)?2?|(?:var)?binary|bit|decimal|numeric|(?:big|small|tiny)?int(?:eger)?)\(\d/i;

/** `password not given, using "peer" instead`. */
const isInstead = (text: string, from: number, value: string): boolean =>
  /(?:using|falling back to|defaulting to)[ \t]{1,4}$/i.test(text.slice(Math.max(0, from - 20), from)) &&
  isOfOperations(value);
/** Of a session or a license, and ZooKeeper's number of one. */
const UUID = /^[[(]?(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|0x[\da-f]{8,16})[.,;:)\]]{0,2}$/i;
/** `invalid credentials bob:…`, but no `credentials source:env`. */
const isUserOf = (login: string): boolean => {
  const who = login.slice(0, -1);
  return (
    !isOfOperations(who) &&
    !/^(?:source|origin|store|type|kind|scheme|driver)$/i.test(who) &&
    !isTalk(who) &&
    !isSentenceWord(who)
  );
};

/** `changed from cleartext to hash`, `from 2024 to 2025`. */
const isTold = (word: string): boolean => isOfOperations(word) || /^(?:19|20)\d\d$/.test(word);

/** `changed from … to …`: the other one; `isSure`: only what looks like a secret. */
function maskNext(scan: Scan, at: number, isSure = false): void {
  const from = skipBlanks(scan.text, skipBlanks(scan.text, at) + 2);
  const end = findValueEnd(scan.text, from, '');
  const word = scan.text.slice(from, Math.min(end, from + MAX_LOOK));
  if (end <= from || isPlaceholder(word) || isTold(word) || (isSure && !looksSecret(word))) return;
  scan.spans.push(from, end);
  scan.at = end;
}

interface SpokenWord extends Pick<Link, 'kind' | 'from'> {
  name: SecretName;
  at: number;
  end: number;
}

/** `password is hunter`, `using password hunter`, `my pin is 4711`. */
function isToldByWords({ text, lineAt }: Scan, { kind, from, name, at, end }: SpokenWord): boolean {
  // A router's `enable secret …`.
  if (kind === 'blank' && name.kind === 'token' && text.slice(lineAt, at).trim() === 'enable')
    return isOwnWord(text, from, end);
  if (name.kind !== 'password' && !(name.kind === 'token' && name.bare)) return false;
  if (kind === 'is') {
    if (!/\d/.test(text[from] ?? '') && isReason(text, at, from, lineAt)) return false;
    if (name.kind === 'password' && /^\d{4,12}$/.test(text.slice(from, Math.min(end, from + 13))))
      return true;
    // `the pin is high`
    return (
      !/^(?:pin|otp|psk)\b/i.test(text.slice(at, at + 4)) && isSaid(text, from, end, name.kind === 'password')
    );
  }
  return name.kind === 'password' && isLed(text, at, from, end, lineAt);
}

/** `failed to store the password for bob: quota`: what is behind the colon is why, where it is about the name itself. */
const isReason = (text: string, at: number, from: number, lineAt: number): boolean =>
  OF_WHOM.test(text.slice(at, Math.min(from, at + MAX_LOOK))) &&
  FAILED.test(text.slice(Math.max(lineAt, at - 48), at));
const OF_WHOM = /^\S{1,40}[ \t]{1,4}(?:for|of)[ \t](?:(?!\b(?:is|was)\b)[^:=\n]){1,100}:[ \t]{1,4}$/i;
const FAILED =
  /(?:cannot|can't|can not|could not|couldn't|fail(?:ed|s|ure)? to|unable to)[ \t](?:store|save|keep|persist|write|read|load|get|fetch|retrieve|find|set|create|update|delete|remove|encrypt|decrypt)[ \t](?:(?:the|an?)[ \t])?$/i;
const isSecretObject = (text: string, from: number): boolean =>
  /secrets?[ \t]{1,4}$/i.test(text.slice(Math.max(0, from - 12), from));
/** `credentials: bob@example.com / …`. */
const LOGIN = /([\w.@+-]{1,64})[ \t]{1,2}\/[ \t]{1,2}(?=[^\s/])/y;
const MAX_WORDS = 6;

/** The first words of a line. */
function toWords(line: string): string[] {
  const places = findWords(line, line.length, MAX_WORDS);
  const words: string[] = [];
  for (let index = 0; index < places.length; index += 2)
    words.push(line.slice(places[index], places[index + 1]));
  return words;
}

/** A bounded beginning of what is left of the line. */
function peekLine(text: string, from: number): string {
  return text.slice(from, Math.min(text.length, findLineEnd(text, from, from + MAX_LOOK)));
}

const KEY_OF_SESSION = /^\d{1,12}(?::[a-z]{2,16}){1,3}$/;

/** After a colon a sentence may follow. */
export function maskAfterColon(scan: Scan, link: Link, name: SecretName, at: number): boolean {
  const { text } = scan;
  const { from, around } = link;
  if (name.kind === 'header') return maskHeader(scan, link);
  const peeked = findValueEnd(text, from, around, Math.min(text.length, from + MAX_LOOK));
  const word = text.slice(from, peeked);
  if (word === '' || isNothing(word, name, link)) return false;
  // `arn:aws:secretsmanager:…:secret:db-AbCdEf`: where it is kept.
  if (
    text[at - 1] === ':' &&
    isReference(text.slice(scan.wordAt, Math.min(at, scan.wordAt + 24)).replace(/^["'(<[]/, ''))
  )
    return false;
  // An address, but no flag of Windows.
  const isPath =
    text[at - 1] === '/' &&
    !(
      name.kind === 'password' &&
      text[from - 1] === ':' &&
      (at < 2 || isBlank(text.charCodeAt(at - 2)) || isBreak(text.charCodeAt(at - 2)))
    );
  if (isPath && !(text[from - 1] === ':' ? looksSecret(word) : looksRandom(word))) return false;
  if (
    name.bare &&
    name.kind === 'token' &&
    /(?:such|find|unknown|missing|undefined|external|unused|duplicate) $/i.test(
      text.slice(Math.max(0, at - 10), at),
    )
  )
    return false;
  // `auth: passwd-file(bob,10.0.0.1): …` is who speaks.
  if (
    name.kind === 'weak' &&
    (word.endsWith(':') || isTooWeak(text, from, word) || !(looksSecret(word) || /^\d{4,}$/.test(word)))
  )
    return false;
  // Redis: `session:42:cart` is a key's name.
  if (name.kind === 'weak' && text[from - 1] === ':' && KEY_OF_SESSION.test(word)) return false;
  // `bin/rails credentials:edit`, and what a test says that passes.
  if (
    name.plural &&
    name.kind === 'token' &&
    text[from - 1] === ':' &&
    /^[a-z]{2,10}$/.test(word.replace(/\W+$/, ''))
  )
    return false;
  if (text.slice(Math.max(0, at - 1), at + 5).trim() === 'PASS:' && !looksSecret(word)) return false;
  if (name.plural) {
    LOGIN.lastIndex = from;
    const who = LOGIN.exec(text)?.[1];
    const found = who === undefined ? null : readBehindSlash(text, LOGIN.lastIndex, who);
    if (found !== null) {
      scan.spans.push(...found.spans);
      scan.at = found.until;
      return true;
    }
  }
  const phraseEnd = findPhraseEnd(text, at, from);
  if (phraseEnd > 0) {
    scan.spans.push(from, phraseEnd);
    scan.at = phraseEnd;
    return true;
  }
  scan.doubts += COST.sentence;
  const rest = peekLine(text, from);
  const words = toWords(rest);
  if (isToldOfCode(text, at, from, words) || OTHER_PART.test(word)) return false;
  if (name.kind === 'password' && words[1] === 'from' && !isParticiple(word)) {
    scan.at = findValueEnd(text, from, around);
    scan.spans.push(from, scan.at);
    return true;
  }
  const isSentence = words.length > 1 && (words.some(isSentenceWord) || hasObjectTail(text, peeked));
  const wordEnd = findValueEnd(text, from, around);
  if (isSentence) return maskInSentence(scan, from, wordEnd, word, rest);
  const isClosed = peeked < from + MAX_LOOK && /["'`]/.test(text[peeked] ?? '');
  if (words.length <= 1 || isClosed) {
    if (isSentenceWord(word) || (name.kind !== 'password' && /^[a-z]+(?:ed|ing)$/i.test(word))) return false;
    scan.spans.push(from, wordEnd);
    scan.at = wordEnd;
    return true;
  }
  return maskWords(scan, from, wordEnd, name, words);
}

/** `totp: drift 1`, `psk: cipher suite chosen`: what is said of a code, in words. */
const isToldOfCode = (text: string, at: number, from: number, words: readonly string[]): boolean =>
  words.length > 1 &&
  /(?:^|[^A-Za-z])(?:t?otp|psk|pin)["']?[ \t]{0,4}:[ \t]{0,4}$/i.test(
    text.slice(Math.max(0, at - 1), from),
  ) &&
  /^[a-z]{3,}$/.test(words[0] ?? '') &&
  !words.some(looksSecret);
/** `tls-psk: identity=node1`. */
const OTHER_PART =
  /^(?:identity|user(?:name)?|id|name|mode|type|file|hint|realm|source|min|max|len(?:gth)?|ttl|age|policy)=/;

/** `hunter2 for user bob`, `changed to S3cretS3cret`: the words of a sentence that are none of a language. */
function maskInSentence(scan: Scan, from: number, wordEnd: number, word: string, rest: string): boolean {
  const { text } = scan;
  if (looksSecret(word) && !hasObjectTail(text, wordEnd)) {
    scan.spans.push(from, wordEnd);
    scan.at = wordEnd;
    return true;
  }
  const places = findWords(rest, rest.length, MAX_SENTENCE);
  for (let index = 0; index < places.length; index += 2) {
    const start = places[index] ?? 0;
    if (!looksRandom(rest.slice(start, places[index + 1]))) continue;
    const end = findValueEnd(text, from + start, '');
    if (hasObjectTail(text, end)) continue;
    scan.spans.push(from + start, end);
    scan.at = end;
    return true;
  }
  return false;
}
const MAX_SENTENCE = 24;

/** `password: read from …`, `taken from …`, `coming from …`. */
const isParticiple = (word: string): boolean => isSentenceWord(word) || /(?:ed|ing|en|ne|ad)$/i.test(word);

/** Several words without a sentence's: of a password all of them, of the rest the first. */
function maskWords(
  scan: Scan,
  from: number,
  wordEnd: number,
  name: SecretName,
  words: readonly string[],
): boolean {
  const { text } = scan;
  const isList =
    /[,;]$/.test(words[0] ?? '') ||
    words.slice(1).some((one) => /^[\w.-]+[=:]/.test(one)) ||
    /^[|&>]/.test(words[1] ?? '');
  const isWhole = !isList && name.kind === 'password' && scan.client === null;
  if (!isWhole && name.kind !== 'password' && !/\d/.test(words[0] ?? '') && !looksRandom(words[0] ?? '')) {
    if (!words.some(looksSecret)) return false;
  }
  const end = isWhole || !(/\d/.test(words[0] ?? '') || isList) ? findLineEnd(text, from) : wordEnd;
  scan.spans.push(from, end);
  scan.at = end;
  return true;
}
