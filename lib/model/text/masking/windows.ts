import { isPlaceholder, isSentenceWord, isVariable } from './prose.ts';
import { one, type PhraseReader, readValue } from './read-value.ts';

/** Commands of Windows whose secrets are known by their place. */

/** `net use Z: \\host\share SECRET /user:bob`, `net user bob SECRET /add`. */
const readNet: PhraseReader = (text, _at, end) => {
  const isUser = text.startsWith('r', end + 4);
  const before = isUser ? USER : USE;
  before.lastIndex = end;
  if (!before.test(text)) return null;
  const { from, end: until } = readValue(text, before.lastIndex);
  const value = text.slice(from, Math.min(until, from + 160));
  if (value === '*' || value === '' || isPlaceholder(value) || isVariable(value) || isSentenceWord(value))
    return null;
  LAST.lastIndex = until;
  return LAST.test(text) ? one(from, until) : null;
};
const USE =
  /[ \t]{1,4}use[ \t]{1,4}(?:[A-Za-z*]:?[ \t]{1,4})?"?\\\\[^\s"]{1,200}"?[ \t]{1,4}(?:\/\w{1,16}(?::[^\s]{1,100})?[ \t]{1,4}){0,4}(?=[^\s/])/iy;
const USER = /[ \t]{1,4}user[ \t]{1,4}(?:"[^"\n]{1,60}"|[\w.@$-]{1,60})[ \t]{1,4}(?=[^\s/])/iy;
const LAST = /["']?(?:[ \t]{1,4}\/|["';&|)]?[ \t]{0,4}(?:[\r\n;&|]|$))/y;

/** `ConvertTo-SecureString "…" -AsPlainText`. */
const readSecureString: PhraseReader = (text, _at, end) => {
  SECURE.lastIndex = end;
  if (!SECURE.test(text)) return null;
  const { from, end: until } = readValue(text, SECURE.lastIndex);
  return isVariable(text.slice(from, Math.min(until, from + 160))) ? null : one(from, until);
};
const SECURE = /[ \t]{1,4}(?:-(?:AsPlainText|Force|String)[ \t]{1,4}){0,3}(?=["'])/iy;

export const WINDOWS_READERS: readonly (readonly [string, PhraseReader])[] = [
  ['net', readNet],
  ['convertto-securestring', readSecureString],
];
