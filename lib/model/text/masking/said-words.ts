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
  internal external static dynamic random constant literal text hash hashed salted encrypted decrypted continue proceed
  stronger longer weaker uppercase lowercase begin start finish expire match comply access unlock activate regain prevent avoid protect keep
  ready up down away twice below above confirm pattern today tomorrow manually shell banner
  open close closed online offline active inactive fast slow running done over ago before after`);
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
  quota token tokens secret secrets user users account accounts for and or but setup score meter entropy template sender
  notice message string object class view modal component step flow stage phase record row table column slot line lines
  prefix suffix digest caching backup restore migration tool utility app site endpoint route agent daemon process worker
  job task thread queue pool event events audit log logs alert alerts metric metrics usage store wallet screen session
  sessions request requests response responses code codes time times loop bypass proxy scanning engine center portal
  words hasher mounts subsystem layer level levels context contexts interface interfaces driver drivers library libraries`);
const LED =
  /(?:^|[\s"'(])(?:using|with|given|tried|trying|try|entered|typed|supplied|use|(?:admin|root|guest|user)[ \t]{1,2}\/|(?:user(?:name)?|login|account)[ \t]{1,4}[\w@.-]{1,64}(?:[ \t]{1,4}privilege[ \t]{1,4}\d{1,2})?[,;]?(?:[ \t]{1,4}and)?)[ \t]{1,4}(?:(?:the|a|an|new|default|initial|admin|root|his|her|their|same|this|old)[ \t]{1,4})?["']?$/i;
/** `old password …`, `temporary password …`, routers' `neighbor 10.0.0.1 password …`: no verb before it. */
const NAMED =
  /(?:^|[\s"'(])(?:old|new|current|previous|former|temp|temporary|initial|generated|one-time|enable|chap|pap|neighbor[ \t]{1,4}\S{1,64})[ \t]{1,4}["']?$|(?:^|[\s"'(])(?:generated|temporary|initial)[ \t]{1,4}(?:admin|root|random)[ \t]{1,4}["']?$/i;
/** Where a password is called `pass` or `psk`, who it belongs to stands before, or nothing. */
const OWNED = /(?:^|[\s"'(])user(?:name)?[ \t]{1,4}[\w@.-]{1,64}[ \t]{1,4}$/i;
const MAX_LED = 120;
const BEHIND =
  /[.!]?["')\]]{0,2}(?:[.,;!]?[ \t]{0,4}(?:[\r\n]|$)|[.,;)][ \t]|[ \t]{1,4}(?:for|on|at|at|from|to|and|but|as|<<|&&|\||now|again)(?![\w])|[ \t]{1,4}\()/y;
/** More may be said of what a word such as "old" names. */
const BEHIND_NAMED = /[ \t]{1,4}(?:was|is|has|works|worked|did|does|will)(?!\w)/y;
const WORD = /["']?[^\s"'`=:;,(){}[\]<>|]{3,64}/y;

/** Whether a word behind "password is", "set to", "for bob:" is the password. */
export function isSaid(text: string, from: number, end: number, isPassword: boolean): boolean {
  const word = text
    .slice(from, Math.min(end, from + 65))
    .toLowerCase()
    .replace(/[.,:;!?)]{1,3}$/, '');
  if (!isSecretWord(text, from, end) || SAID.has(word) || isAllSaid(word)) return false;
  return isPassword || (word.length >= MIN_TOKEN && !ADJECTIVE.test(word));
}
/** `read-only`, `not-given`. */
const isAllSaid = (word: string): boolean =>
  word.includes('-') && word.split('-').every((part) => SAID.has(part) || isSentenceWord(part));
/** More is said of tokens: they are what programs talk about. */
const MIN_TOKEN = 8;
const ADJECTIVE = /(?:ent|ant|al|ic|ary|ory|ate|en|id|[^s]s)$/;

/** Whether a word right behind the name is one: `using password hunter`, `BindPassword hunter` alone on its line. */
export function isLed(text: string, at: number, from: number, end: number, lineAt: number): boolean {
  const before = text.slice(Math.max(lineAt, at - MAX_LED), at);
  // `PASS src/app.test.ts`, `GPIO pin high`.
  if (text.slice(at, from).trimEnd().length < MIN_NAME)
    return isOwnWord(text, from, end) && (OWNED.test(before) || /^psk\s/i.test(text.slice(lineAt, from)));
  const isNamed = NAMED.test(before);
  if (!isOwnWord(text, from, end, isNamed)) return false;
  return isNamed || isDirective(text, at, lineAt) || LED.test(before);
}

/** Whether a word that ends its clause is none that is said of passwords. `isNamed`: of it more may be said. */
export function isOwnWord(text: string, from: number, end: number, isNamed = false): boolean {
  return isSecretWord(text, from, end, isNamed) && !isTalk(text.slice(from, end));
}

/** A word that is said of passwords and of signing in, or of what these have. */
export function isTalk(word: string): boolean {
  const small = word.toLowerCase().replace(/[.,:;!?)]{1,3}$/, '');
  return SAID.has(small) || COMPOUND.has(small) || PARTICIPLE.test(small);
}
const MIN_NAME = 6;
const PARTICIPLE = /(?:ed|ing|tion|ment|ity|able|ible|less)$/;

function isSecretWord(text: string, from: number, end: number, isNamed = false): boolean {
  if (end - from < 3 || end - from > 64) return false;
  BEHIND.lastIndex = end;
  BEHIND_NAMED.lastIndex = end;
  if (!BEHIND.test(text) && !(isNamed && BEHIND_NAMED.test(text))) return false;
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
