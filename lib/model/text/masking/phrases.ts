import { findCallReader, readArguments, readLoginCall } from './calls.ts';
import { CODE_READERS, readCode, readTwelve, toCodeName } from './codes.ts';
import { isOfOperations, isWayIn } from './operations-words.ts';
import { findOwned } from './owned-values.ts';
import {
  isLoginName,
  PATH_HINTS,
  PATHS,
  PLACED_READERS,
  readAuthCall,
  readAuthPair,
  readNamedLogin,
  readPathToken,
} from './placed-values.ts';
import { isPlaceholder, isSentenceWord, isVariable, looksRandom, looksSecret } from './prose.ts';
import { one, type Phrase, type PhraseReader, readBehind, readDirective, readValue } from './read-value.ts';
import { readBehindSlash, readTried, readTypedAuth } from './said-logins.ts';
import { isTalk } from './said-words.ts';
import { findLineEnd, findQuoteEnd, findValueEnd, findWordEnd, readQuote, skipBlanks } from './value-ends.ts';
import { WINDOWS_READERS } from './windows.ts';

/** `Bearer …`, `sending Bearer … to api`. */
const readBearer: PhraseReader = (text, at, end) => {
  // A protocol of a web socket: `bearer, …`.
  const from = skipBlanks(text, text[end] === ',' ? end + 1 : end);
  if (from === end) return null;
  const until = findValueEnd(text, from, '"');
  const word = text.slice(from, Math.min(until, from + 200));
  if (
    isPlaceholder(word) ||
    isVariable(word) ||
    isSentenceWord(word) ||
    /^(?:[a-z_]{1,30}=|HTTP\/\d)/i.test(word)
  )
    return null;
  if (word.length >= 16 || looksSecret(word) || looksRandom(word)) return one(from, until);
  // `"Bearer …"`: nothing else is quoted with it.
  const quote = text[at - 1];
  return (quote === '"' || quote === "'") && text[until] === quote && !isTalk(word) && !isOfOperations(word)
    ? one(from, until)
    : null;
};

/** `Basic dXNlcjpwdw==`. */
const readBasic: PhraseReader = (text, _at, end) => {
  BASE64.lastIndex = skipBlanks(text, end);
  const from = BASE64.lastIndex;
  if (from === end || !BASE64.test(text)) return null;
  const word = text.slice(from, BASE64.lastIndex);
  return (/=$/.test(word) && word.length >= 8) || (looksRandom(word) && word.length >= 12)
    ? one(from, BASE64.lastIndex)
    : null;
};
const BASE64 = /[A-Za-z0-9+/_-]{6,4096}={0,2}(?![A-Za-z0-9])/y;

/** `CREATE USER a IDENTIFIED BY '…'`. */
const readIdentified: PhraseReader = (text, at) => {
  IDENTIFIED.lastIndex = at;
  if (!IDENTIFIED.test(text)) return null;
  const { from, end } = readValue(text, IDENTIFIED.lastIndex);
  const value = text.slice(from, Math.min(end, from + 64));
  return isPlaceholder(value) && value.length < 3 ? null : one(from, end);
};
const IDENTIFIED =
  /identified\s{1,16}(?:via\s{1,8}\S{1,64}\s{1,8}(?:using|as)|with\s{1,8}\S{1,64}\s{1,8}(?:by|as)|by)\s{1,16}(?:password\s{1,8}|values\s{1,8})?/iy;

/** Redis: `AUTH pw`, `AUTH user pw`; SMTP and IMAP: `AUTH PLAIN …`. */
const readAuth: PhraseReader = (text, at, end) => {
  const pair = readAuthPair(text, at, end) ?? readNamedLogin(text, at, end) ?? readTypedAuth(text, at, end);
  if (pair !== null) return pair;
  const before = text[at - 1];
  if (before === '"' || text[end] === '\r' || text[end] === '\n' || text[end] === '\\') {
    const quoted = readQuotedAuth(text, end);
    if (quoted !== null) return quoted;
  }
  if (text[end] === '(' && text[at - 1] === '>') return readLoginCall(text, at, end);
  if (text[end] === '(' && before === ':') return readAuthCall(text, at, end);
  if (text.slice(Math.max(0, at - 6), at) === 'stats ') return readStatsLogin(text, at, end);
  if (text.slice(at, end) !== 'AUTH') return null;
  if (before !== undefined && !/["'`\s>(]/.test(before)) return null;
  let from = skipBlanks(text, end);
  if (from === end) return null;
  const prefixLength =
    /^(?:with|using)[ \t](?=\\{0,3}["'])/.exec(text.slice(from, from + 10))?.[0].length ?? 0;
  from += prefixLength;
  const mechanism = /^(?:PLAIN|LOGIN|XOAUTH2|CRAM-MD5|OAUTHBEARER)[ \t]{1,4}/.exec(
    text.slice(from, from + 20),
  );
  if (mechanism !== null) from += mechanism[0].length;
  if (mechanism?.[0].startsWith('LOGIN') === true) {
    const name = findWordEnd(text, from);
    const password = readNextLine(text, from, name);
    if (password !== null) return { spans: [from, name, ...password.spans], until: password.until };
  }
  const first = readValue(text, from);
  const word = text.slice(first.from, Math.min(first.end, first.from + 160));
  if (first.end <= first.from) return null;
  const next = skipBlanks(text, first.end);
  const second = readValue(text, next);
  const rest = text.slice(second.from, Math.min(second.end, second.from + 160));
  // What IKE sends: `AUTH CPRP(ADDR)`, `AUTH EAP/REQ/…`.
  if (/^[A-Z]{2,}[(/]/.test(word)) return null;
  const isHello = /(?:^|[\s"])HELLO \d $/.test(text.slice(Math.max(0, at - 10), at));
  if (next > first.end && rest !== '' && (isHello || looksSecret(rest))) return one(second.from, second.end);
  // `echo "AUTH default …"`: the user that Redis has from the start.
  if (word === 'default' && next > first.end && /["'`]/.test(before ?? '')) {
    const isOther =
      rest === '' || isPlaceholder(rest) || isVariable(rest) || isTalk(rest) || isOfOperations(rest);
    return isOther ? null : one(second.from, second.end);
  }
  if (isPlaceholder(word) || isVariable(word) || isSentenceWord(word)) return null;
  if (prefixLength > 0 && isOfOperations(word)) return null;
  if (/^<|^[A-Z_]+[:,.]?$/.test(word)) return null;
  const quotedAt = prefixLength > 0 || /["'`]/.test(before ?? '');
  if (
    next > first.end &&
    rest !== '' &&
    !isSentenceWord(rest) &&
    !/^[|;&><2-]/.test(rest) &&
    (quotedAt || looksSecret(rest))
  )
    return { spans: [second.from, second.end], until: second.end };
  return quotedAt ||
    looksSecret(word) ||
    (before === undefined && !isTalk(word) && !isOfOperations(word)) ||
    mechanism !== null
    ? one(first.from, first.end)
    : null;
};

/** HAProxy's `stats auth admin:…`. */
const readStatsLogin: PhraseReader = readBehind(/[ \t]{1,4}[\w.@-]{1,64}:(?=\S)/y);

/** `ACL SETUSER a on >…`: each word that begins with `>`, `<`, `#` or `!`. */
const readAclUser: PhraseReader = (text, _at, end) => {
  const spans: number[] = [];
  let at = end;
  for (let count = 0; count < 24; count += 1) {
    const from = skipBlanks(text, at);
    if (from === at) break;
    at = findWordEnd(text, from);
    const quote = readQuote(text, from);
    const start = quote === null ? from : quote.from;
    const until = quote === null ? at : Math.min(at, findQuoteEnd(text, quote).end);
    if (/[><#!]/.test(text[start] ?? '') && until > start + 1) spans.push(start + 1, until);
  }
  return spans.length > 0 ? { spans, until: spans.at(-1) ?? end } : null;
};

const OF_ACL = /(?:^|[\s"'])(?:user|setuser)[ \t]{1,4}[\w.@-]{1,64}[ \t]{1,4}$/i;
/** `db.auth("user", "…")` of the mongo shell. */
const readShellLogin: PhraseReader = (text, _at, end) => {
  LOGIN_CALL.lastIndex = end;
  if (!LOGIN_CALL.test(text)) return null;
  const quote = readQuote(text, LOGIN_CALL.lastIndex);
  return quote === null ? null : one(quote.from, findQuoteEnd(text, quote).end);
};
const LOGIN_CALL = /\([ \t]{0,4}\\{0,3}["'`][^"'`\n]{0,64}["'`][ \t]{0,4},[ \t]{0,4}/y;

/** `seed phrase: twelve words …`. */
const readSeed: PhraseReader = (text, at, end) => {
  if (!/(?:seed|recovery|mnemonic|backup)[ _-]$/i.test(text.slice(Math.max(0, at - 12), at))) return null;
  SEED_LINK.lastIndex = end;
  if (!SEED_LINK.test(text)) return null;
  const quote = readQuote(text, SEED_LINK.lastIndex);
  if (quote !== null) return one(quote.from, findQuoteEnd(text, quote).end);
  return one(SEED_LINK.lastIndex, findLineEnd(text, SEED_LINK.lastIndex));
};
const SEED_LINK = /["']?[ \t]{0,4}(?:[:=]|is)[ \t]{0,4}(?=\S)/y;

/** `-----BEGIN … PRIVATE KEY-----`, to its end or to where it was cut, on one line or on many. */
const readPem: PhraseReader = (text, at) => {
  PEM.lastIndex = at;
  if (!PEM.test(text)) return null;
  const from = PEM.lastIndex;
  const close = text.indexOf('-----END', from);
  return one(from, close < 0 ? text.length : close);
};
const PEM = /-{4,5}BEGIN[ _][A-Z0-9 _]{0,40}(?:PRIVATE|SECRET)[ _]KEY(?:[ _]BLOCK)?-{4,5}/y;

/** `echo SECRET | sudo -S …`: what is read from the standard input there is a password. */
const readPiped: PhraseReader = (text, at, end) => {
  PRINTED.lastIndex = end;
  if (!PRINTED.test(text)) return null;
  const { from, end: valueEnd, quoted } = readValue(text, PRINTED.lastIndex);
  const pipe = quoted ? -1 : text.slice(from, Math.min(valueEnd, from + 160)).indexOf('|');
  const until = pipe > 0 ? from + pipe : valueEnd;
  const before = text.slice(Math.max(0, at - 48), at);
  if (COMMANDED.test(before) && !isVariable(text.slice(from, Math.min(until, from + 160))))
    return one(from, INPUT.test(before) && text[until - 1] === ')' ? until - 1 : until);
  if (INPUT.test(before) && looksSecret(text.slice(from, Math.min(until, from + 160)).replace(/\)$/, '')))
    return one(from, text[until - 1] === ')' ? until - 1 : until);
  PIPED.lastIndex = until;
  const value = text.slice(from, Math.min(until, from + 160));
  return PIPED.test(text) && !isPlaceholder(value) && !isVariable(value) ? one(from, until) : null;
};
/** `--password-command "echo …"`, `private-key <(echo …)`. */
const COMMANDED =
  /(?:pass(?:word|phrase)?|secret|token)[-_]?(?:cmd|command)[= \t]{1,4}["']?$|(?:key|pass|passw\w{1,10}|secret|token|psk|stdin|cred\w{0,10})[-_]?(?:file)?["']?[:= \t]{1,4}(?:file:)?<\([ \t]?$/i;
const INPUT = /<\([ \t]?$/;
const PRINTED = /(?:[ \t]{1,4}-[neE]{1,3})?[ \t]{1,4}/y;
const PIPED =
  /["']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4}(?:-[a-zA-Z]{0,4}S|--stdin)(?![a-z])|(?:sudo[ \t]{1,4})?(?:kinit|chpasswd|passwd|smbpasswd|pdbedit|cryptsetup|keepassxc-cli|su)(?![\w-])|(?:docker|podman|nerdctl)[ \t]{1,4}secret[ \t]{1,4}create[ \t]|(?:npx[ \t]{1,4})?wrangler[ \t]{1,4}secret[ \t]{1,4}put[ \t]|(?:[^\s|;&]{1,40}[ \t]{1,4}){1,10}?(?:--pass(?:word|wd|phrase)?-(?:on-)?stdin|--ask-?pass(?:word)?|--with-token|--passphrase-fd|-pass[ \t]stdin)(?![a-z]))/y;

/** ZooKeeper: `addauth digest user:SECRET`. */
const readAddAuth: PhraseReader = (text, _at, end) => {
  DIGEST.lastIndex = end;
  if (!DIGEST.test(text)) return null;
  const { from, end: until } = readValue(text, DIGEST.lastIndex);
  const value = text.slice(from, Math.min(until, from + 160));
  return isPlaceholder(value) || isVariable(value) ? null : one(from, until);
};
const DIGEST = /[ \t]{1,4}digest[ \t]{1,4}[^\s:]{1,64}:(?=\S)/y;

/** Redis, as MONITOR (`"AUTH" "…"`) and its protocol write it. */
const readQuotedAuth = (text: string, end: number): Phrase | null => {
  PROTOCOL.lastIndex = end;
  if (PROTOCOL.test(text)) {
    const from = PROTOCOL.lastIndex;
    let until = from;
    while (until < text.length && !/[\s\\"]/.test(text[until] as string)) until += 1;
    PROTOCOL.lastIndex = until;
    if (!PROTOCOL.test(text)) return one(from, until);
    const second = PROTOCOL.lastIndex;
    return one(second, findWordEnd(text, second));
  }
  ARGUMENTS.lastIndex = end;
  if (!ARGUMENTS.test(text)) return null;
  let from = ARGUMENTS.lastIndex;
  ARGUMENTS.lastIndex = from - 1;
  SECOND.lastIndex = from;
  if (SECOND.test(text)) from = SECOND.lastIndex;
  const quote = readQuote(text, from - 1);
  return quote === null ? null : one(quote.from, findQuoteEnd(text, quote).end);
};
const PROTOCOL = /(?:\r?\n|\\r\\n)\$\d{1,6}(?:\r?\n|\\r\\n)/y;
const ARGUMENTS = /"[ \t]{1,4}"/y;
const SECOND = /[^"\n]{0,64}"[ \t]{1,4}"/y;

/** SQL Server: `sp_addlogin 'bob', '…'`. */
const readLoginOfServer: PhraseReader = readBehind(/[ \t]{1,4}N?'[^'\n]{1,64}'[ \t]{0,4},[ \t]{0,4}N?(?=')/y);
/** `sp_password NULL, '…', 'sa'`: the old one and the new one. */
const readArgumentsOfProcedure: PhraseReader = (text, _at, end) => {
  PROCEDURE.lastIndex = end;
  const found = PROCEDURE.exec(text);
  const [, before = '', old = '', between = '', next = ''] = found ?? [];
  if (found === null) return null;
  const from = end + before.length;
  const second = from + old.length + between.length;
  const spans = /^null$/i.test(old) ? [] : [from + old.indexOf("'") + 1, from + old.length - 1];
  const until = second + next.length - 1;
  return { spans: [...spans, second + next.indexOf("'") + 1, until], until };
};
const PROCEDURE =
  /([ \t]{1,4}(?:@old[ \t]{0,4}=[ \t]{0,4})?)(null|N?'[^'\n]{1,128}')([ \t]{0,4},[ \t]{0,4}(?:@new[ \t]{0,4}=[ \t]{0,4})?)(N?'[^'\n]{1,128}')/iy;
/** SMTP asks for the password in base64, and gets it on the next line. */
const readAnswer: PhraseReader = (text, at, end) =>
  /fail\w{0,4}: ?$/i.test(text.slice(Math.max(0, at - 10), at)) ? null : readNextLine(text, at, end);
/** Alone on its line, or behind the mark of who says it. */
const readNextLine: PhraseReader = readBehind(
  /(?:\r?\n|\\r\\n)(?:[^\n\\]{0,80}(?:[<>]|\b[CS]:)[ \t]{0,2})?(?=(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)["']?[ \t]{0,4}(?:[\r\n]|\\r|$))/y,
);
/** Routers: `tacacs-server key 7 …`. */
const readServerKey: PhraseReader = readBehind(
  /[ \t]{1,4}(?:host[ \t]{1,4}\S{1,64}[ \t]{1,4})?key[ \t]{1,4}(?:\d[ \t]{1,4})?(?=\S)/y,
);
/** Serf's and Consul's `encrypt = "…"`: a key of 16, 24 or 32 bytes. */
const readGossipKey: PhraseReader = readBehind(
  /["']?[ \t]{0,4}[:=][ \t]{0,4}(?=["']?(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{32}|[A-Za-z0-9+/]{43}=)(?:["'\s]|$))/y,
);

/** `mot de passe : …`: the name is three words. */
const readMotDePasse: PhraseReader = (text, at, end) => {
  const near = readMot(text, at, end);
  if (near !== null || !/^[ \t]de[ \t]passe(?!\w)/i.test(text.slice(end, end + 12))) return near;
  const owned = findOwned(text, at, end + ' de passe'.length);
  return owned === null ? null : one(owned.from, owned.end);
};
const readMot = readBehind(
  /[ \t]de[ \t]passe["']?(?:[ \t]{1,4}(?:pour|de)[ \t]{1,4}[^\s:=]{1,64})?(?:[ \t]{0,4}[:=]|[ \t]{1,4}est[ \t]?:?(?=[ \t]{1,4}\S{0,40}\d))[ \t]{0,4}(?=\S)/iy,
);

/** `authenticating as bob with S3cret1`. */
const readSignedAs: PhraseReader = (text, at, end) => {
  const found = readBehindAs(text, at, end);
  const value = text.slice(found?.spans[0] ?? end, Math.min(found?.until ?? end, end + 160));
  return found !== null && looksSecret(value) && !isWayIn(value) ? found : null;
};
const readBehindAs = readBehind(
  /[ \t]{1,4}(?:as|for)[ \t]{1,4}\S{1,64}[ \t]{1,4}(?:with|using)[ \t]{1,4}(?=\S)/iy,
);
/** Go and Python tell where an address is wrong: what they take for its port is the beginning of a password with `/` or `#`. */
const readWrongPort: PhraseReader = (text, at, end) => {
  WRONG_PORT.lastIndex = end;
  const port = WRONG_PORT.exec(text)?.[1];
  if (
    port === undefined ||
    /^\d{1,5}\D?$/.test(port) ||
    !/invalid $/.test(text.slice(Math.max(0, at - 8), at))
  )
    return null;
  const from = end + ' ":'.length;
  const before = `:${port}": invalid `;
  const address = text.startsWith(before, at - before.length) ? at - before.length + 1 : -1;
  const own = address < 0 ? [] : [address, address + port.length];
  return { spans: [...own, from, from + port.length], until: from + port.length };
};
const WRONG_PORT = / ":([^"\s]{1,128})" after host/y;
/** `Port could not be cast to integer value as '…'`. */
const readUncast = readBehind(/ to integer value as (?=['"](?!\d{1,5}\D?['"]))/y);

/** `Zugangsdaten: admin / …`, whatever credentials are called. */
const readCredentials: PhraseReader = (text, _at, end) => {
  CREDENTIALS.lastIndex = end;
  const who = CREDENTIALS.exec(text)?.[1];
  return who === undefined ? null : readBehindSlash(text, CREDENTIALS.lastIndex, who);
};
const CREDENTIALS = /["']?[ \t]{0,4}:[ \t]{1,4}([\w.@+-]{1,64})[ \t]{0,2}[/:][ \t]{0,2}(?=[^\s/:])/y;
const readParolaOrdine: PhraseReader = readBehind(
  /[ \t]d['\u2019]ordine["']?[ \t]{0,4}[:=][ \t]{0,4}(?=\S)/iy,
);
const readKataSandi: PhraseReader = readBehind(/[ \t]sandi["']?[ \t]{0,4}[:=][ \t]{0,4}(?=\S)/iy);

const READERS: ReadonlyMap<string, PhraseReader> = new Map<string, PhraseReader>([
  ['bearer', readBearer],
  ['basic', readBasic],
  ['negotiate', readBasic],
  ['identified', readIdentified],
  ['auth', readAuth],
  ['requirepass', readDirective(0)],
  ['masterauth', readDirective(0)],
  ['primaryauth', readDirective(0)],
  ['echo', readPiped],
  ['printf', readPiped],
  ['addauth', readAddAuth],
  ['auth-pass', readDirective(1)],
  ['sentinel-pass', readDirective(0)],
  ['tls-key-file-pass', readDirective(0)],
  ['setuser', readAclUser],
  [
    'on',
    (text, at, end) =>
      OF_ACL.test(text.slice(Math.max(0, at - 80), at)) ? readAclUser(text, at, end) : null,
  ],
  ['db.auth', readShellLogin],
  ['phrase', readSeed],
  ['seed', readTwelve],
  ['attempt', (text, at, end) => readLoginCall(text, at, end) ?? readTried(text, at, end)],
  ['changeuserpassword', readArguments(2)],
  ['sp_addlogin', readLoginOfServer],
  ['sp_password', readArgumentsOfProcedure],
  ['ugfzc3dvcmq6', readAnswer],
  ['tacacs-server', readServerKey],
  ['radius-server', readServerKey],
  ['encrypt', readGossipKey],
  ['-encrypt', readGossipKey],
  ['mot', readMotDePasse],
  [
    'sasl',
    readBehind(
      /[ \t](?:initial[ \t])?response[ \t]{0,4}[:=][ \t]{0,4}(?=[A-Za-z0-9+/]{8,}={0,2}(?:[\s"'\u007f]|$))/iy,
    ),
  ],
  ['authenticating', readSignedAs],
  [
    'authenticate',
    (text, at, end) =>
      readSignedAs(text, at, end) ?? PLACED_READERS.get('authenticate')?.(text, at, end) ?? null,
  ],
  ['client_send', readBehind(/[ \t]{0,4}=[ \t]{0,4}:[ \t]{0,4}\S{1,64}[ \t]{0,4}:[ \t]{0,4}(?=\S)/y)],
  ['plain', readBehind(/,[ ]?<<"[^"\n]{0,64}">>,[ ]?<<(?=")/y)],
  ...[
    'zugangsdaten',
    'anmeldedaten',
    'identifiants',
    'credenciales',
    'credenciais',
    'credenziali',
    'inloggegevens',
  ].map((name): [string, PhraseReader] => [name, readCredentials]),
  ['port', readWrongPort],
  ['cast', readUncast],
  ['parola', readParolaOrdine],
  ['kata', readKataSandi],
  ...CODE_READERS,
  ['invite', (text, at, end) => readPathToken(text, at, end) ?? readCode(text, at, end)],
  ...WINDOWS_READERS,
]);

/** Too frequent: what stands behind them is the hint. */
const NO_HINTS: ReadonlySet<string> = new Set(['on', 'admin', 'root', 'port', ...PATHS]);

/** What marks a phrase, for whoever looks whether a text is worth a closer look. */
export const PHRASE_WORDS: readonly string[] = [
  ...READERS.keys(),
  ...PLACED_READERS.keys(),
  'begin',
  'attempt',
  'thin:',
  'on >',
  'min/',
  'n / ',
  'oot/',
  't / ',
  't ":',
  ...PATH_HINTS,
].filter((word) => !NO_HINTS.has(word) && !word.endsWith('-code'));

export function findPhraseReader(run: string): PhraseReader | null {
  if (run.startsWith('----') && run.endsWith('BEGIN')) return readPem;
  const word = run.toLowerCase();
  // `$conn->login(…)`, `Driver.getConnection(…)`.
  return (
    READERS.get(word) ??
    PLACED_READERS.get(word) ??
    PLACED_READERS.get(word.slice(word.lastIndexOf('.') + 1)) ??
    (word.endsWith('code') ? READERS.get(toCodeName(run)) : undefined) ??
    findCallReader(word.slice(word.lastIndexOf('.') + 1)) ??
    (isLoginName(word) ? readNamedLogin : null)
  );
}

/** Whether looking in vain costs anything. */
export const isCheapPhrase = (reader: PhraseReader): boolean => PLACED.has(reader);
const PLACED: ReadonlySet<PhraseReader> = new Set([...PLACED_READERS.values(), readNamedLogin]);
