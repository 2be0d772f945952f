import type { SecretName } from './names.ts';
import { isAlgorithm, isOfOperations } from './operations-words.ts';
import { isNoValue, isPlaceholder, isReference, isSentenceWord, isVariable, looksSecret } from './prose.ts';
import { isTalk } from './said-words.ts';
import type { Scan } from './scan.ts';
import { findLineEnd, isBlank, readQuote, skipBlanks, skipSpaces } from './value-ends.ts';

/** What stands between a secret's name and its value. */
export interface Link {
  kind: 'equals' | 'colon' | 'blank' | 'is' | 'element' | 'escaped' | 'written';
  /** Where the value begins. */
  from: number;
  /** The quote that was open around name and value, when there is one. */
  around: string;
  /** The name itself was quoted, as in JSON. */
  quotedName: boolean;
}

const CLOSING =
  /(?:\\{0,8}["'`]|&quot;|&#3[49];|%(?:25){0,2}2[27]|\\{1,4}(?:u002|x2)[27])?(?:\[\]|(?:%(?:25){0,2}5[bBdD]){1,2}|[\])]{0,2})(?:(?:\\{0,8}["'`])[\])]?)?/y;
const SIGN =
  /(?:<<<|={1,2}>|:=|={1,3}|:{1,2}|-{1,2}>|\\{1,2}=|%(?:25){0,2}3[DA]|\\{1,4}(?:u003|x3)[da]|&#61;|&equals;|;s:\d{1,9}:)/iy;
/** `name="password"` of a form's part, its other headers, an empty line, and the value. */
const PART =
  /(?:;[^\r\n\\]{1,80})?(?:(?:\r?\n|\\r\\n|\\n)[A-Za-z-]{1,40}: [^\r\n\\]{1,80}){0,2}(?:\r\n\r\n|\n\n|\\r\\n\\r\\n|\\n\\n)(?=[^\s-])/y;
const PAIR =
  /(?:\\{0,8}["'])?(?:value|val|content|default|secret_?value)(?:\\{0,8}["'])?[ \t]{0,8}[:=][ \t]{0,8}/iy;
export const TYPE = /(?:(?:b|r|u|f|n|l|br|rb|@)(?=\\{0,8}["'])|string\(\d{1,9}\) |s:\d{1,9}:)/iy;
const IS =
  /(?:(?:(?:was|is|has been)[ \t]{1,4})?changed from(?=[ \t]{1,4}\S{1,64}[ \t]{1,4}to[ \t])|(?:(?:is|was|has been)[ \t]{1,4})?(?:re)?set to|(?:(?:is|was|has been)[ \t]{1,4})?(?:changed|updated) to|(?:is|was|are|were|lautet|ist|est|es|är|er|jest|je|é)(?:[ \t]{1,4}now)?(?=[ \t:])|=):?[ \t]{1,4}/iy;
/** `set your password to …`, `changing password from … to …`: what is done with it stands before, perhaps whose it is. */
const TO = /(?:to|from(?=[ \t]{1,4}\S{1,64}[ \t]{1,4}to[ \t]))[ \t]{1,4}(?=\S)/iy;
const IS_SET =
  /(?:^|[\s"'(])(?:re)?(?:set|setting|change|changing|update|updating)[ \t]{1,4}(?:(?:the|your|my|his|her|its|a|an|\w{1,16}'s)[ \t]{1,4})?(?:(?:new|admin|root|user|default|initial)[ \t]{1,4})?$/i;
/** `PASSWORD elastic = …`, as Elasticsearch prints each. */
const OWNER = /[ \t](\w{2,32})[ \t]=[ \t](?=(\S{1,24}))/y;
/** `PASSWORD policy = strict`, `PASSWORD admin = changed` are said about passwords. */
function findOwned(text: string, end: number): number {
  OWNER.lastIndex = end;
  const [, owner, value = ''] = OWNER.exec(text) ?? [];
  if (owner === undefined || isSentenceWord(value) || /^\d{1,3}[a-z]?$/.test(value)) return -1;
  const last = owner.slice(owner.lastIndexOf('_') + 1);
  const isPart = isTalk(owner) || (last !== 'user' && isTalk(last)) || /^(?:source|mode|scope)$/i.test(last);
  return isPart && (!looksSecret(value) || isAlgorithm(value)) ? -1 : OWNER.lastIndex;
}
/** `Password for admin: …`, `password of bob to …`. */
const FOR =
  /(?:(?:is |was |has been )?(?:auto-?)?(?:generated|created|set|reset)[ \t]{1,4})?(?:for|of|für|pour|para|per|voor|för|til|dla|pro)[ \t]{1,4}(?:(?:the|this|your)[ \t]{1,4})?(?:user[ \t]{1,4})?(?!(?:user(?:name)?|account|login|client|host|ip|address|service|database|email|e-mail|mail)[ \t]?[:=])[^\s:]{1,64}(?:[ \t]{1,4}(?:and|or|&)[ \t]{1,4}[^\s:]{1,64}){0,2}(?:[ \t]{1,4}(?:account|user|role|[^\s:=]{1,32}(?=[ \t]{1,4}is[ \t]{1,4}\d{4,12}(?!\w))))?(?:[ \t]{0,2}[:=]|[ \t]{1,4}(?:(?:(?:was|is|has been)[ \t]{1,4})?(?:changed|set|reset|updated)[ \t]{1,4}to|is|was|to|lautet|ist|est|es|är|jest|je|é)(?=[ \t:])):?[ \t]{1,4}/iy;
/** `API token created: …`, `password is provided for this session: …`. */
const MADE =
  /(?:is|was|has been)[ \t]{1,4}(?:provided|generated|created|assigned|set)[ \t]{1,4}for[ \t]{1,4}(?:this|the|your)[ \t]{1,4}\w{1,24}[ \t]?[:=][ \t]{1,4}|(?:(?:is|was|has been)[ \t]{1,4})?(?:auto-?)?(?:successfully[ \t]{1,4})?(?:generated|created|issued|set|reset|rotated|changed|given|supplied|provided|entered|typed|chosen)(?:[ \t]{1,4}successfully)?[ \t]?[:=][ \t]{1,4}/iy;
/** `password set, generated one: …`. */
const MADE_INSTEAD =
  /(?:(?:is|was|has been)[ \t]{1,4})?(?:not[ \t]{1,4})?(?:set|given|provided|found|configured|specified|supplied|defined)[,;.]?[ \t]{1,4}(?:(?:so|and|using)[ \t]{1,4}){0,2}(?:(?:the|an?)[ \t]{1,4})?(?:auto-?)?(?:generated|generating|created|random|default)[ \t]{1,4}(?:an?[ \t]{1,4})?(?:(?:new|random)[ \t]{1,4})?(?:one|it|value|string|password)(?:[ \t]?[:=]|[ \t]is:?)?[ \t]{1,4}|(?:is[ \t]{1,4})?(?:not[ \t]{1,4})?(?:set|given|provided|configured|specified|supplied)[,;][ \t]{1,4}(?:using|falling back to|defaulting to|(?:auto-?)?generat(?:ed|ing)|creat(?:ed|ing))[ \t]{1,4}(?=["']|[^\s]{0,40}\d)/iy;
/** `password from /root/config.yaml: …`, `password is stored in /data/pw: …`. */
const LOCATED =
  /(?:(?:is|was)[ \t]{1,4})?(?:(?:located|stored|kept|saved|read|taken|written)[ \t]{1,4})?(?:in|from|at|to)[ \t]{1,4}[^\s:]{0,100}\/[^\s:]{1,100}:[ \t]{1,4}(?=\S)/iy;
const MADE_STARTS = new Set('iwhascgrnpfdetIWHASCGRNPFDET');
/** A cell of a table behind the cell with the name, as debug pages have it. */
const CELL =
  /[ \t]{0,4}<\/(?:t[dh]|dt|string|span|b|strong|name|key)>\s{0,32}<(?:t[dh]|dd|span|value|string|val)(?![a-z])[^<>\n]{0,120}>\s{0,16}(?:<[a-z]{1,8}(?![a-z])[^<>\n]{0,120}>\s{0,8}){0,3}/iy;
/** .NET's `<setting name="SmtpPassword" serializeAs="String"><value>…`. */
const SETTING = /[ \t][^<>\n]{0,120}>\s{0,32}<(?:value|string)>/iy;
/** Terraform's `variable "password" { default = … }`. */
const BLOCK_DEFAULT =
  /\{\s{0,16}(?:(?:type|description|sensitive|nullable)\s{0,8}=\s{0,4}(?:"[^"\n]{0,120}"|\w{1,20})\s{1,16}){0,3}default\s{0,8}=\s{0,4}/iy;
/** `Unseal Key (will be hidden): …`, `Password . . . . : …`: what may stand before the sign. */
const BEFORE_SIGN = /(?:\([^()\n]{1,40}\)|\[[^[\]\n]{1,40}\]|(?:\.[ \t]){2,40}\.?)[ \t]{0,4}(?=[:=])/y;
/** PHP's `[password:protected] => …`, `[token:App\\Conf:private] => …`. */
const PROPERTY = /:(?:[\w\\]{1,60}:)?(?:protected|private)\][ \t]{0,2}=>[ \t]{0,4}/y;
/** `Password ........ …`. */
const DOTS = /\.{4,60}[ \t]{1,4}(?=\S)/y;
/** Erlang's `{default_pass,<<"…">>}`. */
const BINARY = /,[ \t]{0,2}<<(?=")/y;
const ERLANG = /,[ \t]{0,2}(?:<<)?(?=")/y;
/** `[["authorization","Basic …"],…]`: of a name and a value, as Fetch has headers. */
const HEADER_PAIR = /,[ \t]{0,2}(?="(?:Basic|Bearer|Digest|Token|ApiKey)[ \t])/iy;
/** `define('DB_PASSWORD', '…')`. */
const NEXT_ARGUMENT = /,[ \t]{0,24}(?=\\{0,3}["'])/y;
/** Routers' `password 7 …`, `secret 5 …`: a number says how it is written. */
const WRITTEN = /[ \t]{1,4}\d{1,2}[ \t]{1,4}(?=[^\s\d]|\d{3})/y;
/** What a template or a shell puts in later, blanks and all. */
export const LATER =
  /(?:\((?:known after apply|sensitive(?: value)?)\)|\{\{[^}\n]{0,100}\}\}|\$\$?\([^)\n]{0,120}\)|\$\$?\{[^}\n]{0,100}\})(?![\w$])/y;
export const MAX_LOOK = 160;

export function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

/** `var password string = "…"`, `let secret: &str = "…"`, `password: str = '…'`, and R's `password <- "…"`. */
const TYPED =
  /(?::?[ \t]{0,2}(?:&?(?:'static )?str|[Ss]tring|\[\]byte|SecretStr|(?:Optional|Final)\[str\]|[Cc]har\[\]|any)[ \t]{0,4}:?=|[ \t]{1,2}<-)[ \t]{0,4}(?=["'`])/y;
const TYPED_STARTS = new Set(': \t');
/** `&lt;password&gt;`, `\u003cpassword\u003e`, `%3Cpassword%3E`: an element in what another one quotes. */
const ESCAPES = new Set('&\\%');
const ESCAPED_OPEN = /(?:&lt;|\\{1,4}u003c|%3C)(?:[\w.-]{1,32}:)?$/i;
/** What is escaped has letters and digits, so that it begins the name. */
const ESCAPED_NAME = /^(?:\\u003c|%3C)/i;
const ESCAPED_CLOSE = /(?:&gt;|\\{1,4}u003e|%3E)/iy;
export const ESCAPED_END = /(?:&lt;|\\{1,4}u003c|%3C)/i;
/** What can stand behind a name, or before its value: most characters cannot, and cost no closer look. */
const CLOSES = new Set('\\"\'`&%[])');
const SIGNS = new Set('=:-%&;\\<');
export const TYPES = new Set('bBrRuUfFnNlL@s');

export function findLink(scan: Scan, at: number, end: number): Link | null {
  const { text } = scan;
  const before = text[at - 1] ?? '';
  const escaped = ESCAPES.has(text[end] ?? '') ? matchEnd(ESCAPED_CLOSE, text, end) : -1;
  if (
    escaped > end &&
    (ESCAPED_OPEN.test(text.slice(Math.max(0, at - 48), at)) || ESCAPED_NAME.test(text.slice(at - 1, at + 6)))
  )
    return { kind: 'escaped', from: escaped, around: '', quotedName: false };
  const closed = CLOSES.has(text[end] ?? '') ? Math.max(end, matchEnd(CLOSING, text, end)) : end;
  const quotedName = closed > end;
  const around = !quotedName && (before === '"' || before === "'" || before === '`') ? before : '';
  // Lisp's `(password . "…")`.
  if (before === '(' && text.startsWith(' . ', end))
    return { kind: 'equals', from: end + 3, around: '', quotedName };
  const typed = closed === end && TYPED_STARTS.has(text[end] ?? '') ? matchEnd(TYPED, text, end) : -1;
  if (typed > end) return { kind: 'equals', from: typed, around: '', quotedName };
  const property = text[closed] === ':' ? matchEnd(PROPERTY, text, closed) : -1;
  if (property > closed) return { kind: 'equals', from: property, around: '', quotedName };
  let mark = skipBlanks(text, closed);
  if (text[mark] === '(' || text[mark] === '.' || text[mark] === '[')
    mark = Math.max(mark, matchEnd(BEFORE_SIGN, text, mark));
  const dots = text.startsWith('....', mark) ? matchEnd(DOTS, text, mark) : -1;
  if (dots > mark) return { kind: 'colon', from: dots, around, quotedName };
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
  if (quotedName && /[\sa-z]/.test(text[closed] ?? '')) {
    const setting = matchEnd(SETTING, text, closed);
    if (setting > closed && /\sname=.$/i.test(text.slice(Math.max(0, at - 7), at)))
      return { kind: 'element', from: setting, around, quotedName };
  }
  if (text[closed] === '>' && (before === '<' || (before === ':' && text[at - 2] !== ':') || quotedName))
    return { kind: 'element', from: closed + 1, around, quotedName };
  if (text[end - 1] === '.' && text.startsWith('....', end - 4))
    return { kind: 'equals', from: end, around, quotedName: false };
  const behind =
    quotedName && /\([ \t]{0,4}.?$/.test(text.slice(Math.max(0, at - 6), at)) ? NEXT_ARGUMENT : BINARY;
  const argument = text[closed] === ',' ? matchEnd(before === '{' ? ERLANG : behind, text, closed) : -1;
  const header = text[closed] === ',' && quotedName ? matchEnd(HEADER_PAIR, text, closed) : -1;
  if (header > closed) return { kind: 'equals', from: header, around: '', quotedName: true };
  if (argument > closed) return { kind: 'equals', from: argument, around: '', quotedName: true };
  if (quotedName && isPairOfQuotes(text, at, mark))
    return { kind: 'equals', from: mark, around: '', quotedName };
  if (text[end] === '(' && readQuote(text, end + 1) !== null)
    return { kind: 'equals', from: end + 1, around, quotedName: false };
  const element = (before === '<' || before === ':') && mark > closed ? findElement(text, at, mark) : -1;
  if (element > 0) return { kind: 'element', from: element, around, quotedName };
  const part = quotedName ? matchEnd(PART, text, closed) : -1;
  if (part > closed && /\bname=\\{0,3}["']?$/.test(text.slice(Math.max(0, at - 10), at)))
    return { kind: 'equals', from: part, around: '', quotedName };
  const pair = findPair(text, closed);
  if (pair > 0) return { kind: 'equals', from: pair, around: '', quotedName };
  if (text[mark] === '|' && isRowOfPairs(text, scan.lineAt, at, mark))
    return { kind: 'equals', from: skipBlanks(text, mark + 1), around, quotedName };
  if (mark === closed || quotedName) return null;
  const located = matchEnd(LOCATED, text, mark);
  if (located > mark) return { kind: 'blank', from: located, around, quotedName };
  if (text.startsWith('PASSWORD', at) && end - at === 8) {
    const owner = findOwned(text, end);
    if (owner > end) return { kind: 'equals', from: owner, around, quotedName };
  }
  const to = /[tf]/i.test(text[mark] ?? '') ? matchEnd(TO, text, mark) : -1;
  if (to > mark && IS_SET.test(text.slice(Math.max(0, at - 48), at)))
    return { kind: 'is', from: to, around, quotedName };
  const written = end - at > 5 && isDigit(text.charCodeAt(mark)) ? matchEnd(WRITTEN, text, closed) : -1;
  if (written > mark) return { kind: 'written', from: written, around, quotedName };
  const is = Math.max(
    matchEnd(IS, text, mark),
    matchEnd(FOR, text, mark),
    MADE_STARTS.has(text[mark] ?? '')
      ? Math.max(matchEnd(MADE, text, mark), matchEnd(MADE_INSTEAD, text, mark))
      : -1,
  );
  return is > mark
    ? { kind: 'is', from: is, around, quotedName }
    : { kind: 'blank', from: mark, around, quotedName };
}

/** `"password" "…"` on a line of its own, and of Redis `"CONFIG" "SET" "requirepass" "…"`. */
const isPairOfQuotes = (text: string, at: number, mark: number): boolean =>
  text[mark] === '"' &&
  isBlank(text.charCodeAt(mark - 1)) &&
  /(?:^|\n|"set" )[ \t]{0,16}"$/i.test(text.slice(Math.max(0, at - 24), at));

const ONE_ROW =
  /^\|[ \t]{1,8}[\w.-]{1,64}[ \t]{1,40}\|[ \t]{1,8}(?=[^\s|]{0,64}\d)(?=[^\s|]{0,64}[A-Za-z])[^\s|]{6,128}[ \t]{1,40}\|[ \t]{0,8}(?:\r?\n)?$/;
/** `api_key | …` of a table with a name and a value in each row: in the line before a bar, too, and no ruler below. */
function isRowOfPairs(text: string, lineAt: number, at: number, mark: number): boolean {
  if (lineAt === 0 && ONE_ROW.test(text.slice(0, MAX_LOOK))) return true;
  if (lineAt === 0 || mark - lineAt > MAX_LOOK || !/^[ |]{0,8}$/.test(text.slice(lineAt, at))) return false;
  const before = Math.max(text.lastIndexOf('\n', lineAt - 2), lineAt - 2 - 4 * MAX_LOOK) + 1;
  const above = text[before + mark - lineAt];
  const isRuled = text[lineAt] === '|' && /^\|[|: -]{3,}\|[ \t]*\r?\n/.test(text.slice(before, lineAt));
  if (above !== '|' && above !== '+' && !isRuled) return false;
  // A count in a table of words.
  if (/^[ \t]*\d{1,3}[ \t]*(?:[|\r\n]|$)/.test(text.slice(mark + 1, mark + 40))) return false;
  const next = findLineEnd(text, mark, mark + 4 * MAX_LOOK) + 1;
  return !/^[ |]{0,8}[-=]{3}/.test(text.slice(next, next + 12));
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

/** `pin=5`, `pass=12 fail=0`, `first pass: 1.2s`. */
const COUNT = /^\d{1,2}(?:\/\d{1,4})?[,;)\]}]?$|^\d{1,6}(?:\.\d{1,6})?(?:[mnuµ]?s|min|h|%)[,;)\]}]?$/;

/** JSON's, with what follows it. */
const LITERAL = /^(?:null|true|false|none|undefined)[,}\])]/i;
/** A pin of a board. */
const PLACE = /^(?:GPIO|GP|IO|P[A-K]|[AD])_?\d{1,2}[,;)\]]?$/i;

/** `auth-token: simple`, `credentials: environment`: which one, or where it is from. */
const isKindOfToken = (value: string): boolean =>
  /^(?:simple|opaque|reference|custom|random|rotating|anonymous|implicit|file|env|inline|provided)\W?$/.test(
    value,
  ) || isOfOperations(value);
/** Of a key: `certs/es01.key`. */
const FILE =
  /^[\w./-]{1,120}\.(?:key|pem|crt|cer|cert|der|p12|pfx|jks|json|ya?ml|txt|conf|cfg|ini|env|toml|pub|asc|gpg)[,;)\]}]?$/i;
/** Postfix' `hash:/etc/postfix/sasl_passwd`. */
const LOOKED_UP = /^(?:proxy:)?(?:hash|lmdb|btree|texthash|cdb|dbm|regexp|pcre|cidr|pwdfile):\/[\w./-]*$/;
/** `android.os.BinderProxy@8c1d5b`, `[C@1b6d3586`, `Token{546db40`: an object of Java, and no value. */
const OBJECT =
  /^(?:[a-z]\w{0,40}(?:\.[\w$]{1,60}){1,12}|\[[BCLIJ])@[\da-f]{4,8}[,;)\]}]?$|^[A-Z][A-Za-z]{2,40}\{[\da-f]{4,8}$/;
/** `cookie_refresh=1h`. */
const DURATION =
  /^\d{1,6}(?:\.\d{1,3})?(?:ns|[uµm]s|[smhdwy]|min|sec)(?:\d{1,4}[smhd](?:\d{1,4}s)?)?[,;)\]}]?$/;

/** What stands there is no secret: a placeholder, a variable, a count, a path. */
export function isNothing(value: string, name: SecretName, link: Link): boolean {
  const isNone = name.kind === 'password' && link.kind === 'equals' ? isNoValue(value) : isPlaceholder(value);
  if (isNone || isVariable(value) || isReference(value)) return true;
  if (name.mayBeKind && /^[a-z]{3,16}\W?$/.test(value) && isKindOfToken(value)) return true;
  if (name.mayBeCount && PLACE.test(value)) return true;
  if (LITERAL.test(value) || OBJECT.test(value)) return true;
  // How a page of a browser asks.
  if (name.plural && /^(?:same-origin|include|omit)$/.test(value)) return true;
  const first = value[0] ?? '';
  if (first >= '0' && first <= '9') {
    if (name.plural && /^\d{1,12}(?:\/\d{1,12})?$/.test(value)) return true;
    if (name.mayBeCount && COUNT.test(value)) return true;
    if (name.mayBeError && /^\d{1,5}[,;})\]]?$/.test(value)) return true;
    // `{ token: 1 }` of an index.
    if (name.kind === 'token' && (/^\d[,;})\]]?$/.test(value) || DURATION.test(value))) return true;
    return link.kind === 'colon' && name.kind !== 'password' && name.bare && /^[1-5]\d\d[,.;]?$/.test(value);
  }
  if (name.mayBePath && FILE.test(value)) return true;
  if (value.length > 8 && LOOKED_UP.test(value)) return true;
  if (name.mayBePath && value.length > 1 && /^(?:[.~]{0,2}\/|[A-Za-z]:\\)[^=+]*$/.test(value)) return true;
  return (
    (first === '/' || first === 'f') &&
    /^(?:\/run\/secrets\/|\/var\/run\/secrets\/|\/etc\/|file:\/)[\w./@-]*$/.test(value)
  );
}

/** Words, and numbers of sessions, rules and what Windows and ZooKeeper call so. */
export function isTooWeak(text: string, from: number, value: string): boolean {
  // `auth=frontend:v2`, `shop_auth: replicated:3`: a part with its version or its number.
  if (VERSIONED.test(value)) return true;
  if (/^0x[\da-f]{4,16}\W?$/i.test(value) || SID.test(value) || isBareAddress(value)) return true;
  if (/^\d+$/.test(value))
    return value.length < 4 || OF_NUMBERS.test(text.slice(Math.max(0, from - 16), from));
  return !looksSecret(value) && value.length < 16;
}
/** `dsn=postgres://db/app`: nobody signs in there. */
const isBareAddress = (value: string): boolean =>
  /^[a-z][\w+.-]{1,20}:\/\/[\w.-]{0,80}(?::\d{1,5})?(?:\/[\w./-]*)?$/i.test(value);
const OF_NUMBERS = /(?:sid|sess(?:ion)?(?:[_-]?id)?|sig|licen[sc]e)["']?[ \t]{0,4}[=:][ \t]{0,4}$/i;
/** Windows' `S-1-5-18`. */
export const SID = /^S-\d-\d{1,3}(?:-\d{1,12}){0,12}$/;
const VERSIONED =
  /^(?!(?:admin|root):)[a-z][\w.-]{0,63}(?::[a-z][\w.-]{0,63})?:(?:\d{1,2}|v\d{1,3}|v?\d{1,3}(?:\.\d{1,3}){1,3})(?:-[a-z]{1,16})?$/;
