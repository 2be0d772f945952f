import { isPlaceholder, isSentenceWord, isVariable } from './prose.ts';

/**
 * Passwords of letters alone, in a sentence: nothing tells `hunter` from a word of a language but what leads to it, and
 * that the sentence ends with it. Words that are said of passwords, and that stand behind "password", are none.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** What a password is, or what is done with it. */
const SAID =
  words(`weak strong short long old new optional case safe unsafe secure insecure blank good bad bogus fake fine right same
  different correct also still now about all alone always any anything asked being both better clear done due either else
  enough ever every everything fresh going here how identical just kept known late like likely lost made many missing
  mandatory most neither next nothing often once ours over part plain plaintext possible present probably public private
  put ready really safe sent simple some something somewhere stale stored such sure temporary their there these they
  those through unique up usable useless very via visible what where whether which who whose why written yours default
  needed read set given case-sensitive current equal similar subject complex compromised leaked reused shared managed
  internal external static dynamic random constant literal text hash hashed salted encrypted decrypted`);
/** What stands behind the word and makes another one of it: `password manager`. */
const COMPOUND =
  words(`authentication auth hash hashes hashing file files store stores manager management policy policies reset resets
  prompt prompts protection grant grants login logins logon mode rotation expiry expiration strength recovery change
  changes field fields form page dialog box input entry length rule rules requirement requirements quality history age
  encryption encoder encoding verifier verification validation validator checker check checks generator generation
  provider plugin module backend database db hint link email mail sync update updates attempt attempts guess guesses
  retry retries spray spraying cracking complexity lifetime days minutes characters credential credentials handler
  helper service server client callback command env variable setting settings option options parameter parameters
  argument property properties column name names type method flow support enabled disabled lookup failure failures
  error errors mismatch incorrect success list table vault key keys based only less free required auth-method
  warning warnings complains algorithm scheme format sensitive instead first last prompted lock locks lockout aging
  quota token tokens secret secrets user users account accounts for and or but`);
const LED =
  /(?:^|[\s"'(])(?:using|with|given|tried|trying|try|entered|typed|supplied|use|user(?:name)?[ \t]{1,4}[\w@.-]{1,64}(?:[ \t]{1,4}privilege[ \t]{1,4}\d{1,2})?)[ \t]{1,4}(?:(?:the|a|an|new|default|initial|admin|root|his|her|their|same|this|old)[ \t]{1,4})?["']?$/i;
const MAX_LED = 120;
const BEHIND =
  /[.!]?["')\]]{0,2}(?:[.,;!]?[ \t]{0,4}(?:[\r\n]|$)|[.,;)][ \t]|[ \t]{1,4}(?:for|on|at|at|from|to|and|but|as|\(|<<|&&|\|)(?![\w]))/y;
const WORD = /["']?[^\s"'`=:;,(){}[\]<>|]{3,64}/y;

/** Whether a word behind "password is", "set to", "for bob:" is the password. */
export function isSaid(text: string, from: number, end: number, isPassword: boolean): boolean {
  const word = text.slice(from, Math.min(end, from + 65)).toLowerCase();
  if (!isSecretWord(text, from, end) || SAID.has(word)) return false;
  return isPassword || (word.length >= MIN_TOKEN && !ADJECTIVE.test(word));
}
/** More is said of tokens: they are what programs talk about. */
const MIN_TOKEN = 8;
const ADJECTIVE = /(?:ent|ant|al|ic|ary|ory|ate|en|id|[^s]s)$/;

/** Whether a word right behind the name is one: `using password hunter`, `BindPassword hunter` alone on its line. */
export function isLed(text: string, at: number, from: number, end: number, lineAt: number): boolean {
  // `PASS src/app.test.ts`, `GPIO pin high`.
  if (text.slice(at, from).trimEnd().length < MIN_NAME || !isSecretWord(text, from, end)) return false;
  const word = text.slice(from, end).toLowerCase();
  if (SAID.has(word) || COMPOUND.has(word) || PARTICIPLE.test(word)) return false;
  return isDirective(text, at, lineAt) || LED.test(text.slice(Math.max(lineAt, at - MAX_LED), at));
}
const MIN_NAME = 6;
const PARTICIPLE = /(?:ed|ing|tion|ment|ity|able|ible|less)$/;

function isSecretWord(text: string, from: number, end: number): boolean {
  if (end - from < 3 || end - from > 64) return false;
  BEHIND.lastIndex = end;
  if (!BEHIND.test(text)) return false;
  WORD.lastIndex = from;
  const word = text.slice(from, end);
  if (!WORD.test(text) || WORD.lastIndex < end - 1) return false;
  return (
    !/^[-/\\.]/.test(word) &&
    !isPlaceholder(word) &&
    !isVariable(word) &&
    !isSentenceWord(word) &&
    !ADVERB.test(word)
  );
}
const ADVERB = /^[a-z]{2,}(?:ly|ed|ing|able|ible|less|ful|ive|ous)$/;

/** Nothing but blanks, or another word and `set`, before the name: a line of a configuration. */
const isDirective = (text: string, at: number, lineAt: number): boolean =>
  at - lineAt <= MAX_LED && DIRECTIVE.test(text.slice(lineAt, at));
const DIRECTIVE = /^[ \t]*["']?$|\bset[ \t]{1,4}[^\s=]{0,64}$|[ \t;][ \t]{0,4}(?:insecure-)$|;[ \t]{1,4}$/;
