import type { SecretName } from './names.ts';
import {
  countSentenceWords,
  findWords,
  hasObjectTail,
  isPlaceholder,
  isSentenceWord,
  isVariable,
  looksRandom,
  looksSecret,
} from './prose.ts';
import type { Scan } from './scan.ts';
import {
  findBracketEnd,
  findLineEnd,
  findQuoteEnd,
  findValueEnd,
  isBlank,
  isBreak,
  type Quote,
  readQuote,
  skipBlanks,
  skipSpaces,
} from './value-ends.ts';

/** What stands between a secret's name and its value. */
interface Link {
  kind: 'equals' | 'colon' | 'blank' | 'is' | 'element';
  /** Where the value begins. */
  from: number;
  /** The quote that was open around name and value, when there is one. */
  around: string;
  /** The name itself was quoted, as in JSON. */
  quotedName: boolean;
}

const CLOSING =
  /(?:\\{0,8}["'`]|&quot;|&#3[49];|%(?:25){0,2}2[27])?(?:\[\]|(?:%(?:25){0,2}5[bBdD]){1,2}|[\])]{0,2})(?:(?:\\{0,8}["'`])[\])]?)?/y;
const SIGN = /(?:=>|:=|={1,3}|:{1,2}|->|%(?:25){0,2}3[DA]|&#61;|&equals;|;s:\d{1,9}:)/iy;
const PAIR =
  /(?:\\{0,8}["'])?(?:value|val|content|default|secret_?value)(?:\\{0,8}["'])?[ \t]{0,8}[:=][ \t]{0,8}/iy;
const TYPE = /(?:(?:b|r|u|f|n|l|br|rb|@)(?=\\{0,8}["'])|string\(\d{1,9}\) |s:\d{1,9}:)/iy;
const IS =
  /(?:(?:(?:is|was|has been)[ \t]{1,4})?(?:re)?set to|(?:(?:is|was|has been)[ \t]{1,4})?(?:changed|updated) to|(?:is|was)(?=[ \t:])|=):?[ \t]{1,4}/iy;
/** `Password for admin: …`. */
const FOR =
  /(?:(?:is |was |has been )?(?:auto-?)?(?:generated|created|set|reset)[ \t]{1,4})?(?:for|of)[ \t]{1,4}(?:user[ \t]{1,4})?[^\s:]{1,64}[ \t]{0,2}[:=][ \t]{1,4}/iy;
/** `API token created: …`. */
const MADE =
  /(?:(?:is|was|has been)[ \t]{1,4})?(?:auto-?)?(?:successfully[ \t]{1,4})?(?:generated|created|issued|set|reset|rotated|changed)(?:[ \t]{1,4}successfully)?[ \t]?[:=][ \t]{1,4}/iy;
const MADE_STARTS = new Set('iwhascgrIWHASCGR');
/** A cell of a table behind the cell with the name, as debug pages have it. */
const CELL =
  /[ \t]{0,4}<\/(?:t[dh]|dt|span|b|strong)>\s{0,32}<(?:t[dh]|dd|span)(?![a-z])[^<>\n]{0,120}>\s{0,16}(?:<[a-z]{1,8}(?![a-z])[^<>\n]{0,120}>\s{0,8}){0,3}/iy;
/** Terraform's `variable "password" { default = … }`. */
const BLOCK_DEFAULT =
  /\{\s{0,16}(?:(?:type|description|sensitive|nullable)\s{0,8}=\s{0,4}(?:"[^"\n]{0,120}"|\w{1,20})\s{1,16}){0,3}default\s{0,8}=\s{0,4}/iy;
/** What a template or a shell puts in later, blanks and all. */
const LATER = /(?:\{\{[^}\n]{0,100}\}\}|\$\([^)\n]{0,120}\)|\$\{[^}\n]{0,100}\})(?![\w$])/y;
const MAX_LOOK = 160;

/**
 * A name of a secret from `at` to `end`: masks its value, where there is one.
 * @returns whether the walk went on behind it
 */
export function readNamedValue(scan: Scan, at: number, end: number, name: SecretName): boolean {
  const { text } = scan;
  if (SOURCE.test(text.slice(Math.max(at, end - 8), end)) && /\d/.test(text[end + 1] ?? '')) return false;
  if (name.kind === 'password' && isAnnounced(text, end)) return maskAnnounced(scan, end);
  const link = findLink(scan, at, end);
  if (link === null) return false;
  if (link.kind !== 'blank' && TYPES.has(text[link.from] ?? ''))
    link.from = Math.max(link.from, matchEnd(TYPE, text, link.from));
  if (link.from >= text.length) return false;
  switch (link.kind) {
    case 'element':
      return maskElement(scan, link.from);
    case 'is':
    case 'blank':
      return maskBare(scan, link, name);
    default:
      return maskAssigned(scan, link, name, at);
  }
}

/** `TokenFilter.java:42`. */
const SOURCE = /\.(?:java|kt|scala|groovy|py|rb|php|go|rs|cs|[cm]?[jt]sx?|vue|c|cc|cpp|h|ex|erl|pl|lua)$/;

/** `Password for the elastic user (reset with …):`, and the password alone on the next line. */
const isAnnounced = (text: string, end: number): boolean => {
  if (!isBlank(text.charCodeAt(end))) return false;
  const lineEnd = findLineEnd(text, end, end + MAX_LOOK);
  return text[lineEnd - 1] === ':' && text[lineEnd] === '\n';
};

function maskAnnounced(scan: Scan, end: number): boolean {
  const { text } = scan;
  const from = skipSpaces(text, findLineEnd(text, end));
  const until = findLineEnd(text, from);
  const word = text.slice(from, Math.min(until, from + MAX_LOOK)).trimEnd();
  if (word.includes(' ') || !looksSecret(word)) return false;
  scan.spans.push(from, until);
  scan.at = until;
  return true;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** What can stand behind a name, or before its value: most characters cannot, and cost no closer look. */
const CLOSES = new Set('\\"\'`&%[])');
const SIGNS = new Set('=:-%&;');
const TYPES = new Set('bBrRuUfFnNlL@s');

function findLink(scan: Scan, at: number, end: number): Link | null {
  const { text } = scan;
  const before = text[at - 1] ?? '';
  const closed = CLOSES.has(text[end] ?? '') ? Math.max(end, matchEnd(CLOSING, text, end)) : end;
  const quotedName = closed > end;
  const around = !quotedName && (before === '"' || before === "'" || before === '`') ? before : '';
  const mark = skipBlanks(text, closed);
  const sign = SIGNS.has(text[mark] ?? '') ? matchEnd(SIGN, text, mark) : -1;
  if (sign > mark) {
    // `token://…` is an address.
    if (text.startsWith('://', mark)) return null;
    const kind = text[mark] === ':' && text[mark + 1] !== '=' ? 'colon' : 'equals';
    return { kind, from: quotedName ? skipSpaces(text, sign) : skipBlanks(text, sign), around, quotedName };
  }
  if (text[mark] === '<' && text[mark + 1] === '/') {
    const cell = matchEnd(CELL, text, closed);
    if (cell > mark) return { kind: 'element', from: cell, around, quotedName };
  }
  if (text[closed] === '>' && (before === '<' || before === ':' || quotedName))
    return { kind: 'element', from: closed + 1, around, quotedName };
  if (text[end] === '(' && readQuote(text, end + 1) !== null)
    return { kind: 'equals', from: end + 1, around, quotedName: false };
  const element = (before === '<' || before === ':') && mark > closed ? findElement(text, at, mark) : -1;
  if (element > 0) return { kind: 'element', from: element, around, quotedName };
  const pair = findPair(text, closed);
  if (pair > 0) return { kind: 'equals', from: pair, around: '', quotedName };
  if (mark === closed || quotedName) return null;
  const is = Math.max(
    matchEnd(IS, text, mark),
    matchEnd(FOR, text, mark),
    MADE_STARTS.has(text[mark] ?? '') ? matchEnd(MADE, text, mark) : -1,
  );
  return is > mark
    ? { kind: 'is', from: is, around, quotedName }
    : { kind: 'blank', from: mark, around, quotedName };
}

/** `<wsse:Password Type="…">`: where the value begins; -1: it is no element, or an empty one. */
function findElement(text: string, at: number, from: number): number {
  if (!/<(?:[\w.-]{1,40}:)?$/.test(text.slice(Math.max(0, at - 42), at))) return -1;
  const rest = text.slice(from, from + MAX_LOOK);
  const close = rest.search(/[<>\n]/);
  return close < 1 || rest[close] !== '>' || rest[close - 1] === '/' ? -1 : from + close + 1;
}

/** `"name": "PASSWORD", "value": …`: where the value begins; -1: there is none. */
function findPair(text: string, closed: number): number {
  let at = skipSpaces(text, closed);
  if (text[at] === '{') return matchEnd(BLOCK_DEFAULT, text, at);
  if (text[at] === ',') at = skipSpaces(text, at + 1);
  if (at === closed) return -1;
  PAIR.lastIndex = at;
  return /["'\\vVcCdDsS]/.test(text[at] ?? ' ') && PAIR.test(text) ? PAIR.lastIndex : -1;
}

/** `<password>…</password>`, `<entry key="password">…<`. */
function maskElement(scan: Scan, from: number): boolean {
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
  if (value !== '' && !isPlaceholder(value) && !isVariable(value)) scan.spans.push(start, end);
  return true;
}

/** `password 'S3cret'`, `apikey S3cret`, `password is S3cret`: only what looks like one. */
function maskBare(scan: Scan, { from, kind, around }: Link, name: SecretName): boolean {
  const { text } = scan;
  const quote = readQuote(text, from);
  if (quote !== null) {
    const { end, closed } = findQuoteEnd(text, quote);
    const value = text.slice(quote.from, Math.min(end, quote.from + MAX_LOOK));
    if (name.kind !== 'password' && kind === 'blank') {
      // `secret "db_password" not found` is Docker's name of an object; `PASSWORD '…'` is SQL.
      if (!looksRandom(value) || value.includes(' ') || isSecretObject(text, from)) return false;
      scan.spans.push(quote.from, end);
      scan.at = end;
      return true;
    }
    scan.at = end;
    if (closed && (hasObjectTail(text, end) || isPlaceholder(value) || isVariable(value))) return true;
    if (closed && value.includes(' ') && countSentenceWords(value) > 1) {
      scan.at = quote.from;
      return true;
    }
    scan.spans.push(quote.from, end);
    return true;
  }
  const end = findValueEnd(text, from, around);
  const word = text.slice(from, Math.min(end, from + MAX_LOOK));
  if (name.plural && kind === 'blank') {
    // `using credentials admin:…`
    const login = /^[\w.@-]{1,64}:(?!\/\/)(?=\S)/.exec(word)?.[0];
    if (login === undefined || !looksSecret(word.slice(login.length))) return false;
    scan.spans.push(from + login.length, end);
    scan.at = end;
    return true;
  }
  if (name.plural || isPlaceholder(word) || isVariable(word) || isSentenceWord(word) || word.includes('='))
    return false;
  if (hasObjectTail(text, end) && !looksRandom(word)) return false;
  // GPG's and RSA's number of a key.
  if (
    kind === 'blank' &&
    name.kind === 'token' &&
    /^(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})[:,.]?$/.test(word)
  )
    return false;
  const isOne =
    name.bare && name.kind === 'token' && kind === 'blank'
      ? looksRandom(word) || (looksSecret(word) && word.length >= 12)
      : looksSecret(word);
  if (!isOne) return false;
  scan.spans.push(from, end);
  scan.at = end;
  return true;
}

const isSecretObject = (text: string, from: number): boolean =>
  /secrets?[ \t]{1,4}$/i.test(text.slice(Math.max(0, from - 12), from));

/** Behind `=`, `:` and their like. */
function maskAssigned(scan: Scan, link: Link, name: SecretName, at: number): boolean {
  const { text } = scan;
  const { from } = link;
  const quote = readQuote(text, from);
  if (quote !== null) return maskQuoted(scan, quote, link, name);
  const char = text[from] as string;
  const later = char === '{' || char === '$' ? matchEnd(LATER, text, from) : -1;
  if (later > from) {
    scan.at = later;
    return true;
  }
  const isText = text.startsWith('{{', from) || text.startsWith('${', from);
  if ((char === '[' || char === '{') && !isText && opensList(text, from, link))
    return maskList(scan, from, name);
  if (link.kind === 'colon') {
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
  if (name.kind === 'weak' && !looksSecret(value) && value.length < 16 && !/^\d{4,}$/.test(value))
    return true;
  scan.spans.push(from, end);
  return true;
}
const BLOCK = /^[|>][+-]?\d?[+-]?[ \t]{0,8}(?:#[^\n]{0,12})?(?:\r?\n|$)/;

/** What stands there is no secret: a placeholder, a variable, a count, a path. */
function isNothing(value: string, name: SecretName, link: Link): boolean {
  if (isPlaceholder(value) || isVariable(value)) return true;
  const first = value[0] ?? '';
  if (first >= '0' && first <= '9') {
    if (name.plural && /^\d{1,12}$/.test(value)) return true;
    return link.kind === 'colon' && name.kind !== 'password' && name.bare && /^[1-5]\d\d[,.;]?$/.test(value);
  }
  if (name.mayBePath && value.length > 1 && /^(?:[.~]{0,2}\/|[A-Za-z]:\\)[^=+]*$/.test(value)) return true;
  return (
    (first === '/' || first === 'f') &&
    /^(?:\/run\/secrets\/|\/var\/run\/secrets\/|\/etc\/|file:\/)[\w./@-]*$/.test(value)
  );
}

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

function maskList(scan: Scan, from: number, name: SecretName): boolean {
  const { text } = scan;
  const { end, closed } = findBracketEnd(text, from);
  const inner = text.slice(from + 1, Math.min(end, from + 1 + MAX_LOOK));
  scan.at = end;
  if (
    closed &&
    (/^[\s\d,.]*$/.test(inner) || isPlaceholder(text.slice(from, Math.min(end + 1, from + 40))))
  ) {
    if (name.plural || inner.trim() === '' || !/^[\s\d,.]*$/.test(inner)) return true;
  }
  if (end > from + 1) scan.spans.push(from + 1, end);
  return true;
}

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
    if (!isEmpty && indent - line <= own - lineAt) break;
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

const SCHEME =
  /^(?:bearer|basic|digest|token|negotiate|ntlm|apikey|api-key|key|hawk|splunk|bot|aws4-hmac-sha256|oauth|jwt|sso-key|genie-?key|sso|hmac|client)[ \t]+(?=\S)/i;

/** `Authorization: Basic …`, `Cookie: a=…; b=…`: what is around it ends it, else the line. */
function maskHeader(scan: Scan, { from, around }: Link): boolean {
  const { text } = scan;
  const scheme = SCHEME.exec(text.slice(from, from + 64))?.[0] ?? '';
  const start = from + scheme.length;
  const isOneWord =
    /^(?:bearer|basic|token|negotiate|apikey|key|bot|jwt|splunk)\s/i.test(scheme) &&
    !/^[a-z_]{1,20}=["']/i.test(text.slice(start, start + 24));
  const look = text.slice(start, start + MAX_LOOK).split(/[\n"]/, 1)[0] ?? '';
  const first = look.split(/\s/, 1)[0] ?? '';
  if (
    scheme === '' &&
    (isPlaceholder(first) || countSentenceWords(look) > 1 || (isSentenceWord(first) && !look.includes('=')))
  ) {
    scan.at = start;
    return true;
  }
  let end: number;
  if (around !== '') end = findQuoteEnd(text, { from: start, mark: around, escapes: 0 }).end;
  else if (isOneWord) end = findValueEnd(text, start, '"');
  else end = findHeaderEnd(text, start);
  scan.at = Math.max(scan.at, end);
  const value = text.slice(start, Math.min(end, start + MAX_LOOK));
  if (end > start && !isVariable(value) && !isPlaceholder(value)) scan.spans.push(start, end);
  return true;
}

/** The end of the line, or a quote that closes what was opened before the header. */
function findHeaderEnd(text: string, from: number): number {
  let at = from;
  // `Digest username="a", response="…"`: a quote in the header.
  let open = '';
  for (; at < text.length && !isBreak(text.charCodeAt(at)); at += 1) {
    const char = text[at];
    if (char !== '"' && char !== "'") continue;
    if (char === open) open = '';
    else if (text[at - 1] === '=') open = char;
    else if (closesLine(text[at + 1])) return at;
  }
  return at;
}

const closesLine = (next: string | undefined): boolean => next === undefined || /[\s,)\]}\u007f]/.test(next);

const MAX_WORDS = 6;

/** The first words of a line. */
function toWords(line: string): string[] {
  const places = findWords(line, 0, line.length, MAX_WORDS);
  const words: string[] = [];
  for (let index = 0; index < places.length; index += 2)
    words.push(line.slice(places[index], places[index + 1]));
  return words;
}

/** A bounded beginning of what is left of the line. */
function peekLine(text: string, from: number): string {
  return text.slice(from, Math.min(text.length, findLineEnd(text, from, from + MAX_LOOK)));
}

/** After a colon a sentence may follow. */
function maskAfterColon(scan: Scan, link: Link, name: SecretName, at: number): boolean {
  const { text } = scan;
  const { from, around } = link;
  if (name.kind === 'header') return maskHeader(scan, link);
  const peeked = findValueEnd(text, from, around, Math.min(text.length, from + MAX_LOOK));
  const word = text.slice(from, peeked);
  if (word === '' || isNothing(word, name, link)) return false;
  if (text[at - 1] === '/' && !(text[from - 1] === ':' ? looksSecret(word) : looksRandom(word))) return false;
  if (
    name.bare &&
    name.kind === 'token' &&
    /(?:such|find|unknown|missing) $/i.test(text.slice(Math.max(0, at - 9), at))
  )
    return false;
  if (name.kind === 'weak' && !looksSecret(word) && !/^\d{4,}$/.test(word)) return false;
  // `bin/rails credentials:edit`, and what a test says that passes.
  if (
    name.plural &&
    name.kind === 'token' &&
    text[from - 1] === ':' &&
    /^[a-z]{2,10}$/.test(word.replace(/\W+$/, ''))
  )
    return false;
  if (text.slice(Math.max(0, at - 1), at + 5).trim() === 'PASS:' && !looksSecret(word)) return false;
  const rest = peekLine(text, from);
  const words = toWords(rest);
  if (name.kind === 'password' && words[1] === 'from' && !isParticiple(word)) {
    scan.at = findValueEnd(text, from, around);
    scan.spans.push(from, scan.at);
    return true;
  }
  const isSentence = words.length > 1 && (words.some(isSentenceWord) || hasObjectTail(text, peeked));
  const wordEnd = findValueEnd(text, from, around);
  if (isSentence) return maskInSentence(scan, from, wordEnd, word, rest);
  if (words.length <= 1) {
    if (isSentenceWord(word) || (name.kind !== 'password' && /^[a-z]+(?:ed|ing)$/i.test(word))) return false;
    scan.spans.push(from, wordEnd);
    scan.at = wordEnd;
    return true;
  }
  return maskWords(scan, from, wordEnd, name, words);
}

/** `hunter2 for user bob`, `changed to S3cretS3cret`: the words of a sentence that are none of a language. */
function maskInSentence(scan: Scan, from: number, wordEnd: number, word: string, rest: string): boolean {
  const { text } = scan;
  if (looksSecret(word) && !hasObjectTail(text, wordEnd)) {
    scan.spans.push(from, wordEnd);
    scan.at = wordEnd;
    return true;
  }
  const places = findWords(rest, 0, rest.length, MAX_SENTENCE);
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
