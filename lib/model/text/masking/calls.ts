import { classifyName } from './names.ts';
import { isOfOperations } from './operations-words.ts';
import { isPlaceholder, isSentenceWord, isVariable, looksSecret } from './prose.ts';
import { one, type Phrase, type PhraseReader } from './read-value.ts';
import { isTalk } from './said-words.ts';
import { findQuoteEnd, isBlank, readQuote, skipBlanks } from './value-ends.ts';

/** Arguments of calls, as stack traces of PHP and shells of databases write them. */

const MAX_ARGUMENTS = 8;
const MAX_PLAIN = 120;

/**
 * What is quoted among the arguments of a call, from the n-th of them on (`first`, from 1) up to `last`. An array counts by what is in
 * it: `attempt(Array('bob', '…'))`.
 */
export const readArguments =
  (first: number, last = MAX_ARGUMENTS): PhraseReader =>
  (text, _at, end) => {
    if (text[end] !== '(') return null;
    const spans: number[] = [];
    let at = end + 1;
    for (let count = 1; count <= last && at < text.length; count += 1) {
      at = skipBlanks(text, at);
      OPENING.lastIndex = at;
      if (OPENING.test(text)) at = OPENING.lastIndex;
      const quote = readQuote(text, at);
      if (quote === null) {
        const from = at;
        while (at < text.length && at - from < MAX_PLAIN && !ENDS.has(text[at] as string)) at += 1;
      } else {
        const { end: until } = findQuoteEnd(text, quote);
        const value = text.slice(quote.from, Math.min(until, quote.from + 160));
        if (count >= first && until > quote.from && !isPlaceholder(value) && !isVariable(value))
          spans.push(quote.from, until);
        at = until + quote.escapes + quote.mark.length;
      }
      while (text[at] === ')' || text[at] === ']' || text[at] === '>' || isBlank(text.charCodeAt(at)))
        at += 1;
      if (text[at] !== ',') break;
      at += 1;
    }
    return toPhrase(spans);
  };
const ENDS = new Set([',', ')', '\n', '"', "'"]);
/** An array, and a name in it: `Array('password' => `. */
const OPENING = /<<(?=")|(?:Array\(|\[|array\()[ \t]{0,4}|["'][\w.-]{1,40}["'][ \t]{1,4}=>[ \t]{1,4}/y;

const toPhrase = (spans: readonly number[]): Phrase | null =>
  spans.length === 0 ? null : { spans, until: spans.at(-1) ?? 0 };

/** Names of functions that are given a password: behind a user's name, or behind a host's. */
const LOGINS =
  /^[a-z_]*(?:attempt|login|logon|signin|authenticate|changepassword|setpassword|changeuserpassword|resetpassword|updatepassword|verifypassword|checkpassword)$/;
const CONNECTS = /^[a-z_]*connect[a-z_]{0,12}$/;
const readSecond = readArguments(2);
const readThird = readArguments(3);
const readOnly = readArguments(1);
const readFirst = readArguments(1, 1);

/** `auth('…')`, `auth(Array('bob', '…'))` behind `->` or `.`; of one argument that one, else all but the first. */
export const readLoginCall: PhraseReader = (text, at, end) =>
  readSecond(text, at, end) ?? readOnly(text, at, end);

/** `new XCredentials('bob', '…')`; of one argument only what looks like a secret. */
export const readSigner: PhraseReader = (text, at, end) => {
  const second = readSecond(text, at, end);
  if (second !== null) return second;
  const only = readOnly(text, at, end);
  return only !== null && looksSecret(text.slice(only.spans[0], only.until)) ? only : null;
};

/** `SetPassword(…)`: of one argument, that is no variable's name. */
function readOnlyArgument(text: string, end: number): Phrase | null {
  ONLY.lastIndex = end;
  const value = ONLY.exec(text)?.[1];
  if (value === undefined || isPlaceholder(value) || isTalk(value) || isOfOperations(value)) return null;
  if (
    isSentenceWord(value) ||
    classifyName(value) !== null ||
    /^[a-z]+[A-Z]|^[A-Za-z]{1,3}$|^[a-z]+(?:_[a-z]+)+$/.test(value)
  )
    return null;
  return one(end + 1, end + 1 + value.length);
}
const ONLY = /\(([A-Za-z0-9][^\s"'(),.[\]{}]{2,64})\)/y;

/** `SetPassword(…)` as a log has it: also without quotes. */
const readPasswordCall: PhraseReader = (text, at, end) =>
  readLoginCall(text, at, end) ?? readOnlyArgument(text, end);

const FETCHES =
  /^(?:get|load|find|has|read|resolve|fetch|from|new|with|use|set|save|store|invalid|bad|missing|no)?credentials?$|^(?:get|load|find|has|read|resolve|fetch)/;
const MAX_FUNCTION = 48;
/** Functions that are given a password alone, or before what it is made into: `crypt('…', gen_salt('bf'))`. */
const HASHES =
  /^(?:(?:verify|check|make|hash|encode|generate|gen|compare|is|valid|validate)password(?:hash|sync|async)?|password(?:hash|verify|encrypt|encode)|crypt|hashpw|checkpw|gethash(?:ed)?password)$/;
/** What somebody signs in with: `PlainCredentials('bob', '…')`, `new PasswordAuthentication("bob", …)`, `db.getSiblingDB('admin').auth('bob', '…')`. */
const SIGNERS =
  /(?:[a-z]credentials?|passwordauthentication(?:token)?|passwordauthenticator|authprovider|basicauthentication|authwithpassword|signinwithpassword|signinwithemailandpassword|createuserwithemailandpassword)$/;

/** @param bare the function's name in small letters, without what it is a part of */
export function findCallReader(name: string): PhraseReader | null {
  if (name.length > MAX_FUNCTION) return null;
  const bare = name.replaceAll('_', '');
  if (HASHES.test(bare)) return readFirst;
  if (SIGNERS.test(bare) && !FETCHES.test(bare)) return readSigner;
  if (/^(?:set|change|update|reset|new)[a-z]{0,8}password$/.test(bare)) return readPasswordCall;
  if (LOGINS.test(bare))
    return bare.includes('password') || bare.endsWith('attempt') ? readLoginCall : readSecond;
  return CONNECTS.test(bare) || bare === 'pdo' || bare === 'mysqli' ? readThird : null;
}
