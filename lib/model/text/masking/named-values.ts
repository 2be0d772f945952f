import { maskBelow, maskChange } from './far-values.ts';
import { maskHeader, SCHEME } from './header-values.ts';
import {
  ESCAPED_END,
  findLink,
  isNothing,
  isTooWeak,
  LATER,
  type Link,
  MAX_LOOK,
  matchEnd,
  SID,
  TYPE,
  TYPES,
} from './named-link.ts';
import type { SecretName } from './names.ts';
import { isMarked } from './owned-values.ts';
import {
  countSentenceWords,
  hasObjectTail,
  isPlaceholder,
  isSentenceWord,
  isVariable,
  looksRandom,
  looksSecret,
} from './prose.ts';
import type { Scan } from './scan.ts';
import { maskAfterColon, maskBare } from './spoken-values.ts';
import {
  findBracketEnd,
  findLineEnd,
  findQuoteEnd,
  findValueEnd,
  findWordEnd,
  isBlank,
  isBreak,
  type Quote,
  readQuote,
  skipBlanks,
  skipSpaces,
} from './value-ends.ts';

/**
 * A name of a secret from `at` to `end`: masks its value, where there is one.
 * @returns whether the walk went on behind it
 */
export function readNamedValue(scan: Scan, at: number, end: number, name: SecretName): boolean {
  const { text } = scan;
  if (SOURCE.test(text.slice(Math.max(at, end - 8), end)) && /\d/.test(text[end + 1] ?? '')) return false;
  if (METHOD.test(text.slice(Math.max(at, end - 64), end)) && LINE_NUMBER.test(text.slice(end, end + 7)))
    return false;
  if (maskBelow(scan, end, name) || maskChange(scan, end, name)) return true;
  const link = findLink(scan, at, end);
  if (link === null) return false;
  if (link.kind !== 'blank' && TYPES.has(text[link.from] ?? ''))
    link.from = Math.max(link.from, matchEnd(TYPE, text, link.from));
  if (link.from >= text.length) return false;
  if (name.mustBeRandom && !isRandomAt(text, link.from)) return false;
  if (
    name.mayBeCount &&
    text.slice(end - 4, end).toLowerCase() === 'pass' &&
    matchEnd(PASSED, text, link.from) > 0
  )
    return false;
  switch (link.kind) {
    case 'element':
      return maskElement(scan, link.from, name);
    case 'escaped':
      return maskEscaped(scan, link.from);
    case 'written':
      return maskWritten(scan, link.from);
    case 'is':
      if (name.kind === 'password' && isMarked(text, link.from)) {
        scan.at = findWordEnd(text, link.from);
        scan.spans.push(link.from, scan.at);
        return true;
      }
      if (LISTED.test(text.slice(link.from, link.from + 8))) return maskList(scan, link.from, name, 'colon');
      return maskBare(scan, link, name, at);
    case 'blank':
      return maskBare(scan, link, name, at);
    default:
      return maskAssigned(scan, link, name, at);
  }
}

function isRandomAt(text: string, from: number): boolean {
  const start = readQuote(text, from)?.from ?? from;
  const word = text.slice(
    start,
    Math.min(findValueEnd(text, start, '"', start + MAX_LOOK), start + MAX_LOOK),
  );
  return looksRandom(word) && !/[./:]/.test(word);
}
/** `passwords generated: {"admin": …`. */
const LISTED = /^[[{][ \t]{0,4}["']\w/;
/** `pass=1234 fail=0`, `pass: 1204/1300`. */
const PASSED =
  /\d{1,9}(?:\/\d{1,9}(?![\w/.-])|(?=[ \t,;|]{1,4}(?:fail|skip)[a-z]{0,5}[ \t]{0,2}[=:][ \t]{0,2}\d))/iy;
/** `wm.AppWindowToken.destroySurfaces:363`. */
const METHOD = /\.[A-Z]\w*\.[a-z]\w*$/;
const LINE_NUMBER = /^:\d{1,5}(?!\S)/;
/** `TokenFilter.java:42`. */
const SOURCE = /\.(?:java|kt|scala|groovy|py|rb|php|go|rs|cs|[cm]?[jt]sx?|vue|c|cc|cpp|h|ex|erl|pl|lua)$/;

/** `<password>…</password>`, `<entry key="password">…<`. */
function maskElement(scan: Scan, from: number, name: SecretName): boolean {
  const { text } = scan;
  const start = skipSpaces(text, from);
  if (start > from && text[start] !== '<') {
    // `unexpected <token> in line 3` is no element.
    const close = text.slice(start, start + 4_096).indexOf('</');
    if (close < 0) return false;
  }
  const isData = text.startsWith('<![CDATA[', start);
  if (!isData && text[start] === '<' && text[start + 1] === '/') return false;
  let end = isData ? text.indexOf(']]>', start) : text.indexOf(text[start] === '<' ? '</' : '<', start);
  if (end < 0) end = isData || text[start] === '<' ? text.length : findLineEnd(text, start);
  const value = text.slice(start, Math.min(end, start + MAX_LOOK)).trim();
  scan.at = end;
  const isWeak = name.kind === 'weak' && (value.startsWith('<') || !looksSecret(value) || SID.test(value));
  if (value !== '' && !isWeak && !isPlaceholder(value) && !isVariable(value)) scan.spans.push(start, end);
  return true;
}

/** `&lt;password&gt;…&lt;/password&gt;`: to where the element ends, or the line. */
function maskEscaped(scan: Scan, from: number): boolean {
  const { text } = scan;
  const line = findLineEnd(text, from, from + MAX_ESCAPED);
  const close = text.slice(from, line).search(ESCAPED_END);
  const end = close < 0 ? line : from + close;
  const value = text.slice(from, Math.min(end, from + MAX_LOOK));
  scan.at = Math.max(scan.at, end);
  if (value.trim() !== '' && !isPlaceholder(value) && !isVariable(value)) scan.spans.push(from, end);
  return true;
}
const MAX_ESCAPED = 1_024;

/** `password 7 070C285F4D06` at the end of its line. */
function maskWritten(scan: Scan, from: number): boolean {
  const { text } = scan;
  const end = findWordEnd(text, from);
  const value = text.slice(from, Math.min(end, from + MAX_LOOK));
  const last = skipBlanks(text, end);
  if ((last < text.length && !isBreak(text.charCodeAt(last))) || value.length < 4) return false;
  if (isSentenceWord(value) || isPlaceholder(value) || isVariable(value) || COUNTED.test(value)) return false;
  scan.spans.push(from, end);
  scan.at = end;
  return true;
}
/** `password 3 times`, `token 2 of`. */
const COUNTED = /^(?:times|[a-z]+s|[a-z]+ed|[a-z]+ing|more|left|chars?)[.,;:!)]?$/;

/** JSON's numbers, with what follows them: counts, but for what is typed to get in. */
function maskNumber(scan: Scan, from: number, end: number, name: SecretName): boolean {
  const value = scan.text.slice(from, end);
  scan.at = end;
  const isCount =
    name.kind === 'weak' || name.plural || (name.mayBeCount && !name.bare) || !/^\d{4,}$/.test(value);
  if (!isCount && !isNothing(value, name, { kind: 'colon', from, around: '', quotedName: true }))
    scan.spans.push(from, end);
  return true;
}
const NUMBER = /-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?(?=\s{0,8}[,}\]])/iy;

/** Behind `=`, `:` and their like. */
function maskAssigned(scan: Scan, link: Link, name: SecretName, at: number): boolean {
  const { text } = scan;
  const { from } = link;
  const quote = readQuote(text, from);
  if (quote !== null) return maskQuoted(scan, quote, link, name);
  const char = text[from] as string;
  const later = char === '{' || char === '$' || char === '(' ? matchEnd(LATER, text, from) : -1;
  if (later > from) {
    scan.at = later;
    return true;
  }
  if (text.startsWith('[]', from) || text.startsWith('{}', from)) {
    scan.at = from + 2;
    return true;
  }
  const isText = text.startsWith('{{', from) || text.startsWith('${', from);
  if ((char === '[' || char === '{') && !isText && opensList(text, from, link))
    return maskList(scan, from, name, link.kind);
  const number = link.quotedName ? matchEnd(NUMBER, text, from) : -1;
  if (number > from) return maskNumber(scan, from, number, name);
  if (link.kind === 'colon') {
    const tag = char === '!' || char === '&' ? matchEnd(TAG, text, from) : -1;
    if (tag > from) return maskBlock(scan, tag, at);
    if ((char === '|' || char === '>') && BLOCK.test(text.slice(from, from + 24)))
      return maskBlock(scan, from, at);
    if (char === '\n' || char === '\r') return maskBlock(scan, from, at);
    return maskAfterColon(scan, link, name, at);
  }
  if (char === '\n' || char === '\r' || char === '\u007f') return false;
  const end = findValueEnd(text, from, link.around);
  const value = text.slice(from, Math.min(end, from + MAX_LOOK));
  scan.at = Math.max(scan.at, end);
  if (isNothing(value, name, link)) return true;
  if (name.kind === 'header') return maskHeader(scan, link);
  if (name.kind === 'weak' && isTooWeak(text, link.from, value)) return true;
  const until = name.kind === 'password' ? findSettingEnd(scan, at, link, end) : end;
  scan.at = Math.max(scan.at, until);
  scan.spans.push(from, until);
  return true;
}
/** `password = with blanks in it`, alone on the line of a file of settings: to its end. */
function findSettingEnd({ text, lineAt }: Scan, at: number, { from, around }: Link, end: number): number {
  if (around !== '' || !isBlank(text.charCodeAt(end))) return end;
  const isPhrase = /passphrase=$/.test(text.slice(from - 11, from));
  if (!isBlank(text.charCodeAt(from - 1)) && !isPhrase) return end;
  if (!/^[ \t]*[\w.-]{0,64}$/.test(text.slice(lineAt, Math.min(at, lineAt + 80)))) return end;
  const until = findLineEnd(text, end, end + MAX_LOOK);
  const rest = text.slice(end, until);
  return /[=:;#|&<>"'`]/.test(rest) || countSentenceWords(rest) > 1 ? end : until;
}
/** YAML's `!vault |`, `&pw >-`. */
const TAG = /(?:[!&][\w/.!-]{0,40}[ \t]{1,4}){1,2}(?=[|>][+-]?\d?[+-]?[ \t]{0,8}\r?\n)/y;
const BLOCK = /^[|>][+-]?\d?[+-]?[ \t]{0,8}(?:#[^\n]{0,12})?(?:\r?\n|$)/;

function maskQuoted(scan: Scan, quote: Quote, link: Link, name: SecretName): boolean {
  const { text } = scan;
  const { end, closed } = findQuoteEnd(text, quote);
  const behind = end + quote.escapes + quote.mark.length;
  if (closed && link.kind === 'equals' && !link.quotedName && /\w/.test(text[behind] ?? ' ')) {
    // A shell's `'a'b` is one word.
    scan.at = findValueEnd(text, behind, link.around);
    scan.spans.push(quote.from, scan.at);
    return true;
  }
  const value = text.slice(quote.from, Math.min(end, quote.from + MAX_LOOK));
  scan.at = Math.max(scan.at, end);
  if (closed && end === quote.from) return true;
  if (closed && isNothing(value, name, { ...link, kind: 'equals' })) return true;
  if (
    closed &&
    value.includes(' ') &&
    countSentenceWords(value) > 1 &&
    !value.split(/\s+/).some(looksSecret)
  ) {
    scan.at = quote.from;
    return true;
  }
  if (
    closed &&
    link.kind === 'colon' &&
    !link.quotedName &&
    name.kind !== 'password' &&
    hasObjectTail(text, end + 1)
  )
    return true;
  if (closed && name.kind === 'weak' && (value.includes(' ') || /^\d+$|^0x[\da-f]+$/i.test(value))) {
    scan.at = quote.from;
    return true;
  }
  if (closed && name.kind === 'weak' && !looksSecret(value) && value.length < 16 && !value.endsWith('='))
    return true;
  if (name.kind === 'header') {
    const scheme = SCHEME.exec(value);
    const start = quote.from + (scheme?.[0].length ?? 0);
    if (start < end) scan.spans.push(start, end);
    return true;
  }
  scan.spans.push(quote.from, end);
  return true;
}

/** `["…", "…"]`, `{"value": "…"}`; no `[ERROR]`, and no `{` of a sentence. */
function opensList(text: string, from: number, link: Link): boolean {
  const next = text[from + 1] ?? '';
  if (link.quotedName || link.kind === 'equals') return true;
  return (
    /["'\\]/.test(next) ||
    (/^[[{][ \t\r\n]{0,8}["'\w]/.test(text.slice(from, from + 12)) &&
      !/^[[{][A-Z]{3,8}[\]}]/.test(text.slice(from, from + 12)))
  );
}

function maskList(scan: Scan, from: number, name: SecretName, link: Link['kind']): boolean {
  const { text } = scan;
  const { end, closed } = findBracketEnd(text, from);
  // ODBC's `PWD={a}}b}`: a brace of the password is doubled.
  BRACED.lastIndex = from;
  if (text[end + 1] === '}' && BRACED.test(text)) {
    scan.at = BRACED.lastIndex - 1;
    scan.spans.push(from + 1, scan.at);
    return true;
  }
  const inner = text.slice(from + 1, Math.min(end, from + 1 + MAX_LOOK));
  scan.at = end;
  if (
    closed &&
    (/^[\s\d,.]*$/.test(inner) || isPlaceholder(text.slice(from, Math.min(end + 1, from + 40))))
  ) {
    if (name.plural || inner.trim() === '' || !/^[\s\d,.]*$/.test(inner)) return true;
  }
  if (closed && isPlaceholder(inner.trim().replace(/^\\*["']|\\*["']$/g, '')) && inner.trim() !== 'secret')
    return true;
  if (closed && name.kind !== 'password' && TOLD.test(inner)) return true;
  if (closed && name.kind === 'weak' && !inner.split(/[\s"',]+/).some(looksSecret)) {
    scan.at = from + 1;
    return true;
  }
  if (closed && name.plural && (COUNTS.test(inner) || (link === 'colon' && WORDS.test(inner)))) return true;
  if (closed && SECRETS.test(text.slice(Math.max(0, from - 24), from)) && OBJECTS.test(inner)) return true;
  if (end > from + 1) scan.spans.push(from + 1, end);
  return true;
}
/** `{"valid":true,"expiresIn":3600}`: what is said of a token. */
const TOLD =
  /^\s{0,8}(?:"[\w.-]{1,40}"\s{0,4}:\s{0,4}(?:true|false|null|\d{1,13}(?:\.\d{1,6})?)\s{0,4}(?:,\s{0,4}|$)){1,8}$/;
/** `{"prompt":120,"completion":33}`. */
const COUNTS = /^\s{0,8}(?:"[\w.-]{1,40}"\s{0,4}:\s{0,4}\d{1,12}(?:\.\d{1,6})?\s{0,4}(?:,\s{0,4}|$)){1,8}$/;
/** `credentials: [env, file, iam]`. */
const WORDS = /^ ?[a-z]{2,12}(?:, ?[a-z]{2,12}){1,8} ?$/;
const BRACED = /\{[^{}\s"':]{0,128}\}\}(?:[^{}\n]|\}\}){0,128}\}/y;
/** `secrets: [db_password, tls_cert]`: names of objects. */
const SECRETS = /(?:^|[^\w-])secrets["']?[ \t]{0,4}[:=][ \t]{0,4}$/i;
const OBJECTS =
  /^ ?(?:[a-z]{2,16}[_-]){1,4}(?:password|passwd|pw|key|cert|token|secret)(?:, ?(?:[a-z]{2,16}[_-]){1,4}(?:password|passwd|pw|key|cert|token|secret)){0,20} ?$/;

/** Lines that stand further in than the name's own. */
function maskBlock(scan: Scan, from: number, at: number): boolean {
  const { text, lineAt } = scan;
  const own = indentOf(text, lineAt);
  if (!/^[\s"'-]*$/.test(text.slice(lineAt, Math.min(at, lineAt + 64)))) return false;
  let line = nextLine(text, from);
  const start = line;
  while (line < text.length) {
    const indent = indentOf(text, line);
    const isEmpty = indent >= text.length || text[indent] === '\n' || text[indent] === '\r';
    const isItem = text[indent] === '-' && isBlank(text.charCodeAt(indent + 1)) && text[own] !== '-';
    if (!isEmpty && indent - line <= own - lineAt && !(isItem && indent - line === own - lineAt)) break;
    if (line === start && /^(?:at |\.\.\.|File |- name)/.test(text.slice(indent, indent + 8))) return false;
    line = nextLine(text, line);
  }
  let end = line;
  while (end > start && /\s/.test(text[end - 1] as string)) end -= 1;
  const first = indentOf(text, start);
  if (end <= first) return false;
  scan.spans.push(first, end);
  scan.at = end;
  return true;
}

const indentOf = (text: string, at: number) => skipBlanks(text, at);

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
