import { readSigner } from './calls.ts';
import { readGrantCode, readLoginCode, readTwelve } from './codes.ts';
import { classifyName } from './names.ts';
import { isOfOperations, isWayIn } from './operations-words.ts';
import { isPlaceholder, isSentenceWord, isVariable, looksRandom, looksSecret } from './prose.ts';
import { one, type PhraseReader, readBehind, readDirective, readValue } from './read-value.ts';
import { readBehindSlash, readIdentify, readTypedLogin, readTypedPass } from './said-logins.ts';
import { isOwnWord, isTalk } from './said-words.ts';
import { findQuoteEnd, findValueEnd, findWordEnd, readQuote, skipBlanks } from './value-ends.ts';

/** Values that nothing names: their place in a command, a call or a file tells them. */

/** SQLite: `PRAGMA key = '…'`. */
const readPragma: PhraseReader = (text, _at, end) => {
  PRAGMA.lastIndex = end;
  if (!PRAGMA.test(text)) return null;
  const { from, end: until } = readValue(text, PRAGMA.lastIndex);
  const value = text.slice(from, Math.min(until, from + 160));
  return isVariable(value) || value === '?' ? null : one(from, until);
};
const PRAGMA = /[ \t]{1,8}(?:\w{1,40}\.)?(?:re|hex|hexre|text)?key[ \t]{0,8}[=(][ \t]{0,8}/iy;

/** `createUser bob SHA "…" AES "…"` of an SNMP agent. */
const readSnmpUser: PhraseReader = (text, _at, end) => {
  SNMP_USER.lastIndex = end;
  if (!SNMP_USER.test(text)) return null;
  const first = readValue(text, SNMP_USER.lastIndex);
  PRIVACY.lastIndex = first.quoted ? first.end + 1 : first.end;
  if (!PRIVACY.test(text)) return one(first.from, first.end);
  const second = readValue(text, PRIVACY.lastIndex);
  if (second.end <= second.from) return one(first.from, first.end);
  return { spans: [first.from, first.end, second.from, second.end], until: second.end };
};
const SNMP_USER =
  /[ \t]{1,8}(?:-e[ \t]{1,4}\S{1,64}[ \t]{1,4})?\S{1,64}[ \t]{1,8}(?:MD5|SHA(?:-?\d{3})?)[ \t]{1,8}/y;
const PRIVACY = /[ \t]{1,8}(?:DES|AES(?:-?\d{3}C?)?)[ \t]{1,8}/y;

/** The lines of a PuTTY key, to its end or to where it was cut, and the code that is made with its passphrase. */
const readPutty: PhraseReader = (text, _at, end) => {
  PUTTY.lastIndex = end;
  if (!PUTTY.test(text)) return null;
  const from = PUTTY.lastIndex;
  let until = from;
  while (until < text.length && /[A-Za-z0-9+/=\s\\]/.test(text[until] as string)) until += 1;
  const words = text.slice(from, until);
  const tail = /\s{1,4}[A-Za-z]{1,12}$/.exec(words.slice(-16))?.[0].length ?? 0;
  return one(from, text[until] === '-' || text[until] === ':' ? Math.max(from, until - tail) : until);
};
const PUTTY = /:[ \t]{0,4}(?:\d{1,4}(?:\\r)?(?:\\n|\s){1,4})?(?=[A-Za-z0-9+/]{3})/y;

/** The n-th argument of a call, when it is quoted: `mysqli_connect('db', 'root', 'SECRET')`. */
const readArgument = (nth: number): PhraseReader => {
  const before = new RegExp(
    String.raw`\((?:[ \t]{0,4}(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^,()"'\n]{1,100}(?:\([^()"'\n]{0,40}\))?)[ \t]{0,4},){${nth - 1}}\s{0,16}(?=\\{0,3}["'])`,
    'y',
  );
  return (text, _at, end) => {
    before.lastIndex = end;
    if (!before.test(text)) return null;
    const { from, end: until } = readValue(text, before.lastIndex);
    const value = text.slice(from, Math.min(until, from + 160));
    return isPlaceholder(value) || isVariable(value) ? null : one(from, until);
  };
};

/** `auth=('bob', '…')` and `auth = HTTPBasicAuth('bob', '…')` of Python, as a traceback shows the line. */
export const readAuthPair: PhraseReader = (text, _at, end) => {
  AUTH_PAIR.lastIndex = end;
  if (!AUTH_PAIR.test(text)) return null;
  const { from, end: until } = readValue(text, AUTH_PAIR.lastIndex);
  const value = text.slice(from, Math.min(until, from + 160));
  return isPlaceholder(value) || isVariable(value) ? null : one(from, until);
};
/** `basicAuth: bob:…`, `BasicAuth('bob', '…')`. */
const readBasicAuth: PhraseReader = (text, at, end) => {
  BASIC_PAIR.lastIndex = end;
  if (!BASIC_PAIR.test(text)) return readArgument2(text, at, end);
  const { from, end: until } = readValue(text, BASIC_PAIR.lastIndex);
  const value = text.slice(from, Math.min(until, from + 160));
  return isPlaceholder(value) || isVariable(value) || value.startsWith('//') ? null : one(from, until);
};
const BASIC_PAIR = /["']?[ \t]{0,4}[=:][ \t]{0,4}["']?[\w.@-]{1,64}:(?=\S)/y;
/** `BASIC_AUTH=bob:…`, `SMTP_AUTH=bob:…`, `ETCDCTL_USER=root:…`; of other names a service's or a module's follows. */
export const readNamedLogin: PhraseReader = (text, at, end) => {
  const name = text.slice(Math.max(at, end - 40), end);
  const isBasic = /basic_?auth/i.test(name);
  if (!isBasic && (text[end] !== '=' || !/_/.test(name))) return null;
  NAMED_LOGIN.lastIndex = end;
  const who = NAMED_LOGIN.exec(text)?.[1];
  if (who === undefined || isSentenceWord(who) || isTalk(who) || isWayIn(who)) return null;
  const { from, end: until } = readValue(text, NAMED_LOGIN.lastIndex);
  const value = text.slice(from, Math.min(until, from + 160));
  if (value.length < 3 || /^\d{1,5}$/.test(value) || isPlaceholder(value) || isVariable(value)) return null;
  const isWord = isOfOperations(value) || isTalk(value) || isSentenceWord(value);
  return isWord && !(isBasic && FIRST_USER.test(who)) ? null : one(from, until);
};
const NAMED_LOGIN =
  /["']?[ \t]?[=:][ \t]{0,2}["']?(?!(?:users?|group|role|realm|module|plugin|provider|type|error|status|scheme|env|file|sha\d{1,3}|arn)[:])([A-Za-z][\w.@-]{0,63}):(?=[^\s:/"'$<{])/iy;
const FIRST_USER = /^(?:admin|root|administrator|elastic|guest|postgres)$/i;
/** Names whose values are `user:…`. */
export const isLoginName = (word: string): boolean => LOGIN_NAME.test(word);
const LOGIN_NAME = /(?:^|[_.-])(?:basic_?auth|auth|basic_?auth_?(?:user|login)|etcdctl_user)$/;

/** `SetBasicAuth("bob", "…")`, Ruby's `basic_auth 'bob', '…'`. */
const readBasicCall: PhraseReader = (text, at, end) =>
  readArgument2(text, at, end) ?? readBareCall(text, at, end);
const readBareCall = readBehind(
  /[ \t]{1,2}(?:"[^"\n]{0,100}"|'[^'\n]{0,100}')[ \t]{0,4},[ \t]{0,4}(?=["'])/y,
);

/** `redis.auth('…')`: a store's only argument is one, whatever it is. */
export const readAuthCall: PhraseReader = (text, at, end) =>
  readSigner(text, at, end) ??
  (STORE.test(text.slice(Math.max(0, at - 24), end)) ? readArgument1(text, at, end) : null);
const STORE = /(?:^|[^\w])(?:redis|red|valkey|rds)(?:client|conn|cli)?[.:]auth$/i;

const AUTH_PAIR =
  /["']?[ \t]?[=:][ \t]?[\w.]{0,40}\([ \t]{0,4}(?:\\{0,3}"[^"\n]{0,100}"|\\{0,3}'[^'\n]{0,100}'|[\w.]{1,60})[ \t]{0,4},[ \t]{0,4}(?=\\{0,3}["'])/y;

/** `new PDO(…)`, as a stack trace names it. */
const readConstruct: PhraseReader = (text, at, end) =>
  /(?:PDO|mysqli|Client|Connection|Ftp|Redis|Mailer|Credentials?)(?:->|::)$/i.test(
    text.slice(Math.max(0, at - 24), at),
  )
    ? (readArgument3(text, at, end) ??
      (/PDO/.test(text.slice(Math.max(0, at - 8), at)) ? null : readArgument2(text, at, end)))
    : null;
const readArgument2 = readArgument(2);
const readArgument1 = readArgument(1);
const readArgument3 = readArgument(3);

/** `login('bob', '…')`, `Login: admin / …`, IMAP's `a1 LOGIN bob …`. */
const readLogin: PhraseReader = (text, at, end) => {
  const call = readArgument2(text, at, end) ?? readTypedLogin(text, at, end);
  if (call !== null) return call;
  PAIR.lastIndex = end;
  const who = PAIR.exec(text)?.[1];
  if (who !== undefined) return readBehindSlash(text, PAIR.lastIndex, who);
  DEFAULT.lastIndex = end;
  if (
    /(?:default|initial|admin|root|your|the)[ \t]{1,4}$/i.test(text.slice(Math.max(0, at - 12), at)) &&
    DEFAULT.test(text)
  ) {
    const { from, end: until } = readValue(text, DEFAULT.lastIndex);
    const value = text.slice(from, Math.min(until, from + 160));
    return looksSecret(value) || isOwnWord(text, from, until) ? one(from, until) : null;
  }
  PEER.lastIndex = end;
  if (PEER.test(text)) return one(PEER.lastIndex, findWordEnd(text, PEER.lastIndex));
  if (!/(?:^|[\s"'>:])(?:[A-Za-z]{1,4}\d{1,6}|\.)[ \t]{1,2}$/.test(text.slice(Math.max(0, at - 13), at)))
    return null;
  USER.lastIndex = end;
  if (!USER.test(text)) return null;
  const { from, end: until, quoted } = readValue(text, USER.lastIndex);
  const value = text.slice(from, Math.min(until, from + 160));
  if (isPlaceholder(value) || isVariable(value)) return null;
  const isLast = /^["']?(?:\\r)?(?:\\n)?["']?[\r\n]|^["']?(?:\\r\\n)?["']?$/.test(
    text.slice(until, until + 8),
  );
  return quoted || looksSecret(value) || (isLast && !isSentenceWord(value)) ? one(from, until) : null;
};
/** `Default login is admin:…`. */
const DEFAULT = /[ \t]{1,4}(?:is|was)(?:[ \t]{1,4}now)?:?[ \t]{1,4}["'`]?[A-Za-z][\w.@-]{0,63}:(?=[^\s/])/y;
/** Squid's `login=bob:…`. */
const PEER = /=[\w.@-]{1,64}:(?=[^\s/])/y;
const PAIR = /[ \t]{0,4}:[ \t]{0,4}([^\s/]{1,64})[ \t]{1,4}\/[ \t]{1,4}(?=\S)/y;
const USER = /[ \t]{1,4}(?:"[^"\n]{1,64}"|\{\d{1,4}\}|[^\s"]{1,64})[ \t]{1,4}(?=\S)/y;

/** IMAP's `AUTHENTICATE PLAIN …`, and a call. */
const readAuthenticate: PhraseReader = (text, at, end) => {
  MECHANISM.lastIndex = end;
  if (!MECHANISM.test(text)) return readArgument2(text, at, end);
  const from = MECHANISM.lastIndex;
  return one(from, findValueEnd(text, from, '"'));
};
const MECHANISM =
  /[ \t]{1,4}(?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|NTLM|GSSAPI|CRAM-MD5)[ \t]{1,4}(?=[A-Za-z0-9+/=]{8})/y;

/** `expect "password:" { send "…\r" }`. */
const readExpect: PhraseReader = (text, _at, end) => {
  EXPECT.lastIndex = end;
  if (!EXPECT.test(text)) return null;
  const { from, end: until } = readValue(text, EXPECT.lastIndex);
  const value = text.slice(from, Math.min(until, from + 160));
  return isVariable(value) ? null : one(from, until);
};
const EXPECT =
  /[ \t]{1,4}(?:-\w{1,8}[ \t]{1,4}){0,3}\\?["'{*][^"'{}\n]{0,60}(?:p?assw|pass|pin|secret|token|code)[^"'{}\n]{0,40}["'}][\s;{]{0,16}send(?:_\w{1,8})?[ \t]{1,4}(?:(?:-s|--)[ \t]{1,4}){0,2}(?=\\?["'{])/iy;

/** `machine github.com login TOKEN password x-oauth-basic`. */
const readMachine: PhraseReader = (text, _at, end) => {
  MACHINE.lastIndex = end;
  if (!MACHINE.test(text)) return null;
  const from = MACHINE.lastIndex;
  const until = findWordEnd(text, from);
  PASSWORD.lastIndex = until;
  if (PASSWORD.test(text) && !text.startsWith('x-oauth-basic', PASSWORD.lastIndex))
    return one(PASSWORD.lastIndex, findWordEnd(text, PASSWORD.lastIndex));
  return looksSecret(text.slice(from, Math.min(until, from + 160))) ? one(from, until) : null;
};
const PASSWORD = /\s{1,8}password[ \t]{1,4}(?=\S)/y;
const MACHINE = /[ \t]{1,4}\S{1,120}\s{1,8}login[ \t]{1,4}(?=\S)/y;

/** `bob : EAP "…"` of ipsec.secrets. */
const readShared: PhraseReader = (text, at, end) => {
  if (!/:[ \t]{0,4}$/.test(text.slice(Math.max(0, at - 5), at))) return null;
  const from = skipBlanks(text, end);
  const quote = from === end ? null : readQuote(text, from);
  return quote === null ? null : one(quote.from, findQuoteEnd(text, quote).end);
};

/** `INSERT INTO users (name, password) VALUES ('bob', '…')`: by the place of the column. */
const readInsert: PhraseReader = (text, _at, end) => {
  INSERT.lastIndex = end;
  const columns = INSERT.exec(text)?.[1]?.split(',') ?? [];
  const nth = columns.findIndex((column) => SECRET_COLUMN.test(column.trim()));
  if (nth < 0) return null;
  const spans: number[] = [];
  for (let at = INSERT.lastIndex, rows = 0; rows < MAX_ROWS; rows += 1) {
    BEFORE_CELL.lastIndex = at;
    for (let cell = 0; cell < nth && BEFORE_CELL.test(text); cell += 1) at = BEFORE_CELL.lastIndex;
    at = skipBlanks(text, at);
    const value = readValue(text, at);
    if (
      value.end > value.from &&
      (value.quoted || !/^(?:null|default|\?|\$\d)/i.test(text.slice(at, at + 8)))
    )
      spans.push(value.from, value.end);
    NEXT_ROW.lastIndex = value.end;
    if (!NEXT_ROW.test(text)) break;
    at = NEXT_ROW.lastIndex;
  }
  return spans.length === 0 ? null : { spans, until: spans.at(-1) ?? end };
};
const INSERT =
  /\s{1,8}(?:ignore\s{1,8})?into\s{1,8}[\w."`[\]]{1,120}\s{0,8}\(([^()]{1,512})\)\s{0,16}values\s{0,16}\(/iy;
const SECRET_COLUMN = /(?:pass(?:word|wd|phrase)?|pwd|secret|token|api_?key|hash|salt|otp|pin)["`\]]?$/i;
const BEFORE_CELL =
  /\s{0,8}(?:N?'(?:[^'\n]|''){0,256}'|"[^"\n]{0,256}"|[^,'"()\n]{0,64}(?:\([^()\n]{0,64}\))?)\s{0,8},/iy;
const NEXT_ROW = /[^()\n]{0,512}\)\s{0,8},\s{0,8}\(/y;
const MAX_ROWS = 200;

/** Elasticsearch's `New value: …`, below what it says of the password. */
const readNewValue: PhraseReader = (text, at, end) => {
  if (!/new[ \t]$/i.test(text.slice(Math.max(0, at - 4), at))) return null;
  NEW_VALUE.lastIndex = end;
  if (!NEW_VALUE.test(text)) return null;
  const from = NEW_VALUE.lastIndex;
  const until = findWordEnd(text, from);
  const isMade = until - from >= 16 && looksRandom(text.slice(from, Math.min(until, from + 160)));
  return isMade || /passw|secret|token|key/i.test(text.slice(Math.max(0, at - 160), at))
    ? one(from, until)
    : null;
};
const NEW_VALUE = /[ \t]?:[ \t]{1,4}(?=\S)/y;

/** ZooKeeper's `digest:bob:…:cdrwa`. */
const readDigestRights: PhraseReader = (text, _at, end) => {
  RIGHTS.lastIndex = end;
  const found = RIGHTS.exec(text);
  if (found === null) return null;
  const from = end + (found[1] ?? '').length;
  return one(from, from + (found[2] ?? '').length);
};
const RIGHTS = /(:[\w.-]{1,64}:)([^\s:]{3,200}):[cdrwa]{1,5}(?![\w:])/y;

/** Oracle's `CONNECT scott/SECRET@db`. */
const readConnect: PhraseReader = (text, at, end) => {
  ORACLE.lastIndex = end;
  if (!ORACLE.test(text)) return readConnectTo(text, at, end) ?? readArgument3(text, at, end);
  const from = ORACLE.lastIndex;
  const { from: start, end: until } = readValue(text, from);
  const value = text.slice(start, Math.min(until, start + 160));
  const host = value.indexOf('@');
  if (host === 0) return null;
  if (host < 0 && !isStatement(text, at, until, value)) return null;
  return one(start, host < 0 ? until : start + host);
};
/** DB2's `CONNECT TO shop USER bob USING …`. */
const readConnectTo: PhraseReader = readBehind(
  /\s{1,4}to\s{1,4}\S{1,64}\s{1,4}user\s{1,4}\S{1,64}\s{1,4}using\s{1,4}(?=\S)/iy,
);
/** `cannot connect tcp/5432 on db`, `conn pool/main exhausted` are sentences. */
function isStatement(text: string, at: number, until: number, value: string): boolean {
  const before = text.slice(Math.max(0, at - 12), at);
  if (/[a-z'][ \t]{1,4}$/.test(before) && !/\b(?:echo|exec|printf)[ \t]{1,4}$/.test(before)) return false;
  return looksSecret(value) || !/^[ \t]{1,4}(?!as\b)\w/i.test(text.slice(until, until + 8));
}
const ORACLE =
  /[ \t]{1,4}(?:"[^"\n]{1,30}"|[A-Za-z][\w$#]{0,29})\/(?=["A-Za-z0-9_$#!][^\s/@:]{2,60}(?:@|\s|$))/y;

/** `SetEnv DB_PASSWORD …`, `fastcgi_param DB_PASSWORD …;`. */
const readVariable: PhraseReader = (text, _at, end) => {
  VARIABLE_NAME.lastIndex = end;
  const name = VARIABLE_NAME.exec(text)?.[1];
  const kind = name === undefined ? undefined : classifyName(name)?.kind;
  if (kind !== 'password' && kind !== 'token') return null;
  const { from, end: until } = readValue(text, VARIABLE_NAME.lastIndex);
  const value = text.slice(from, Math.min(until, from + 160));
  return isPlaceholder(value) || isVariable(value) || value.startsWith('/') ? null : one(from, until);
};
/** `ENV ADMIN_PASSWORD …` of a Dockerfile. */
const readEnv: PhraseReader = (text, at, end) =>
  text.slice(at, end) === 'ENV' ? readVariable(text, at, end) : null;
const VARIABLE_NAME = /[ \t]{1,8}["']?([A-Za-z_][\w.-]{0,63})["']?[ \t]{1,8}(?=[^\s=])/y;

/** FTP's and POP's `USER bob`, `PASS …`. */
const readPass: PhraseReader = (text, at, end) => {
  if (text.slice(at, end) !== 'PASS') return null;
  if (!/USER \S{1,64}(?:\r?\n|\\r\\n)$/.test(text.slice(Math.max(0, at - 80), at)))
    return readTypedPass(text, at, end);
  const from = skipBlanks(text, end);
  return from === end ? null : one(from, findWordEnd(text, from));
};

/** `snmp-server community …`. */
const readCommunity: PhraseReader = (text, at, end) =>
  /snmp(?:-server)?[ \t]{1,4}$/i.test(text.slice(Math.max(0, at - 20), at))
    ? readDirective(0)(text, at, end)
    : null;

/** `created admin user admin/…`, `log in as root / …`: behind the first user's name. */
const readFirstUser: PhraseReader = (text, at, end) => {
  SLASH.lastIndex = end;
  // A folder's name.
  if (text[at - 1] === '/' || !SLASH.test(text) || !OF_USER.test(text.slice(Math.max(0, at - 64), at)))
    return null;
  return readBehindSlash(text, SLASH.lastIndex, text.slice(at, end));
};
const SLASH = /[ \t]?\/[ \t]?(?=[^\s/])/y;
const OF_USER =
  /(?:user|account|login|credentials?|(?:log(?:ged|ging)?|sign(?:ed)?)[ -]?in)(?![\w-])[^\n]{0,32}$/i;

/** `created superuser bob@example.com / …`. */
const readUserPair: PhraseReader = (text, at, end) => {
  const found = readPairOfUser(text, at, end);
  return found !== null && looksSecret(text.slice(found.spans[0], found.until)) ? found : null;
};
const readPairOfUser = readBehind(/(?:[ \t]account)?:?[ \t]{1,4}[\w.@+-]{1,64}[ \t]{1,2}\/[ \t]{1,2}(?=\S)/y);

/** Pydantic's `input_value='…'`: what it is the value of stands alone on the line before. */
const readInputValue: PhraseReader = (text, at, end) => {
  const line = text.lastIndexOf('\n', at);
  const before = text.slice(Math.max(0, line - 96), Math.max(0, line));
  const name = /(?:^|[\n.])(\w{1,64})\r?$/.exec(before)?.[1];
  const kind = name === undefined || line < at - 160 ? undefined : classifyName(name)?.kind;
  return kind === undefined ? null : readBehindSign(text, at, end);
};
const readBehindSign = readBehind(/=(?=\S)/y);

/** Slack's address of a hook without its scheme. */
const readHook: PhraseReader = (text, at, end) => (text[at - 1] === '/' ? null : readPath(text, at, end));
const readPath = readBehind(/\/(?:services|workflows|triggers)\/(?:[A-Z][A-Z0-9]{0,24}\/){0,2}(?=\w)/y);

/** Routers' `authentication-key …`: that a key is renewed is reported with the same words. */
const readRouterKey: PhraseReader = (text, at, end) => {
  const found = readKey(text, at, end);
  const key = text.slice(found?.spans[0] ?? end, Math.min(found?.until ?? end, end + 160));
  return found === null || key.startsWith('/') || isOfOperations(key) || isTalk(key) ? null : found;
};
const readKey = readDirective(0);

/** `crypto isakmp key … address 0.0.0.0`. */
const readPeerKey: PhraseReader = (text, at, end) => {
  const found = readIsakmp(text, at, end);
  if (found === null || looksSecret(text.slice(found.spans[0], found.until))) return found;
  PEER_OF_KEY.lastIndex = found.until;
  return PEER_OF_KEY.test(text) ? found : null;
};
const readIsakmp = readBehind(/[ \t]{1,4}key[ \t]{1,4}(?:\d[ \t]{1,4})?(?=[^\s=:])/y);
const PEER_OF_KEY = /["']?[ \t]{1,4}(?:address|hostname)(?:[ \t]|$)/y;

/** Java's `PlainLoginModule required username="bob" password="…" user_bob="…";`: all users of a server. */
const readModule: PhraseReader = (text, _at, end) => {
  const spans: number[] = [];
  const until = Math.min(text.length, end + MAX_MODULE);
  for (let at = end, count = 0; at < until && count < MAX_OPTIONS; count += 1) {
    MODULE_OPTION.lastIndex = at;
    const found = MODULE_OPTION.exec(text);
    if (found === null || MODULE_OPTION.lastIndex >= until) break;
    const { from, end: valueEnd } = readValue(text, MODULE_OPTION.lastIndex);
    at = Math.max(valueEnd, MODULE_OPTION.lastIndex);
    if (SECRET_OPTION.test(found[1] ?? '') && valueEnd > from) spans.push(from, valueEnd);
  }
  return spans.length === 0 ? null : { spans, until: spans.at(-1) ?? end };
};
const MAX_MODULE = 512;
const MAX_OPTIONS = 8;
const MODULE_OPTION =
  /(?:[ \t]{0,4}(?:required|requisite|sufficient|optional))?(?:[\s"']|\\n|\\){1,24}([A-Za-z]\w{0,40})[ \t]{0,2}=[ \t]{0,2}(?=\S)/iy;
const SECRET_OPTION = /^user_|password$|secret$/i;

/** SQLite: `ATTACH DATABASE 'x.db' AS x KEY '…'`. */
const readAttach: PhraseReader = (text, _at, end) => {
  ATTACH.lastIndex = end;
  if (!ATTACH.test(text)) return null;
  const { from, end: until } = readValue(text, ATTACH.lastIndex);
  return one(from, until);
};
const ATTACH =
  /\s{1,4}(?:database\s{1,4})?(?:'[^'\n]{0,200}'|"[^"\n]{0,200}"|\S{1,100})\s{1,4}as\s{1,4}["\w]{1,64}\s{1,4}key\s{1,4}(?=\S)/iy;

/** `GET /reset-password/…`: behind such a part of a path stands what opens it. The number of a thing is none. */
export const readPathToken: PhraseReader = (text, at, end) => {
  if (text[end] !== '/' || text[at - 1] !== '/') return null;
  PATH_TOKEN.lastIndex = end + 1;
  if (!PATH_TOKEN.test(text)) return null;
  const until = PATH_TOKEN.lastIndex;
  const part = text.slice(end + 1, Math.min(findPartEnd(text, end + 1), end + 161));
  if (isSlug(part) || (/^webhooks?$/i.test(text.slice(at, end)) && OBJECT_ID.test(part))) return null;
  return OF_FILES.test(text.slice(Math.max(0, at - 160), at)) ? null : one(end + 1, until);
};
const findPartEnd = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && at < from + 160 && /[\w.-]/.test(text[at] as string)) at += 1;
  return at;
};
/** `orders-service-2026-prod-eu`, `node-exporter-v1-2026-x.service`: words, numbers, versions and times. */
const isSlug = (part: string): boolean => {
  const pieces = part.split(/[-_.]/);
  return (
    pieces.length > 2 &&
    pieces.filter((piece) => WORD.test(piece)).length > 1 &&
    pieces.every((piece) => PIECE.test(piece))
  );
};
const WORD = /^(?=[b-df-hj-np-tv-z]{0,3}[aeiouy])(?:[A-Z]?[a-z]{4,16})$/;
const PIECE = /^(?:[A-Z]?[a-z]{1,16}\d{0,2}|\d{1,8}|v\d{1,4}|[a-z]{1,6}\d{2,3}|\d{2}T\d{2}|\d{2}Z|)$/;
/** Of MongoDB: the first of its digits are a time. */
const OBJECT_ID = /^[456][\da-f]{23}$/;
/** A folder of a machine, and an image that is pulled; no path that a client asked for. */
const OF_FILES =
  /(?:^|[\s"'(=:])(?<!(?:GET|PUT|POST|HEAD|PATCH|DELETE|OPTIONS) ["']?)\/(?:var|usr|srv|etc)\/(?:[\w.-]{1,64}\/){0,6}$|\b(?:pull|pulling|image)[ \t:=]{1,3}["']?(?!\w{1,12}:\/\/|\/)[\w.:/-]{1,120}$/;
const PATH_TOKEN =
  /(?![\da-f]{8}-[\da-f]{4}-)(?=[A-Za-z_-]{0,60}\d)(?=[\d_-]{0,60}[A-Za-z])[A-Za-z0-9_-]{20,}(?:\.[A-Za-z0-9_-]{8,}){0,2}(?![\w.])/iy;
export const PATHS: readonly string[] =
  'reset-password password-reset reset_password resetpassword reset magic magic-link magiclink webhook webhooks verify-email confirm-email'.split(
    ' ',
  );
/** Zapier's `/hooks/catch/123456/…`. */
const readCaught: PhraseReader = (text, at, end) =>
  text.slice(Math.max(0, at - 7), at) === '/hooks/' ? readCatch(text, at, end) : null;
const readCatch = readBehind(/\/\d{3,12}\/(?=[A-Za-z0-9]{6})/y);
/** Each of these where the next part of the path begins. */
export const PATH_HINTS: readonly string[] = ['set/', 'ord/', 'gic/', 'ink/', 'ook/', 'oks/', 'ail/', 'tch/'];

/** `jwt.verify(token, '…')`: an algorithm's name is no key. */
const readJwtKey: PhraseReader = (text, at, end) => {
  const found = readArgument2(text, at, end);
  return found === null ||
    /^(?:[A-Z]{2}\d{3}|utf-?8|hex|base64|complete)$/i.test(text.slice(found.spans[0], found.until))
    ? null
    : found;
};

const JDBC = /^\(["']jdbc:/;

/** These look at hardly anything where there is nothing: texts may be full of them. */
export const PLACED_READERS: ReadonlyMap<string, PhraseReader> = new Map<string, PhraseReader>([
  ['pragma', readPragma],
  ['attach', readAttach],
  ['setenv', readVariable],
  ['fastcgi_param', readVariable],
  ['uwsgi_param', readVariable],
  ['proxy_set_header', readVariable],
  ['grpc_set_header', readVariable],
  ['set-header', readVariable],
  ['add-header', readVariable],
  ['add_header', readVariable],
  ['passenv', readVariable],
  ['setx', readVariable],
  ['_authtoken', readDirective(0)],
  ['_password', readDirective(0)],
  ['env', readEnv],
  ['pass', readPass],
  ['admin', readFirstUser],
  ['root', readFirstUser],
  ['superuser', readUserPair],
  ['administrator', readUserPair],
  ['input_value', readInputValue],
  ['community', readCommunity],
  ['bindpw', readDirective(0)],
  ['rootpw', readDirective(0)],
  ['olcrootpw', readDirective(0)],
  ['authtoken', readDirective(0)],
  ['add-authtoken', readDirective(0)],
  ['createuser', readSnmpUser],
  ['private-lines', readPutty],
  ['private-mac', readPutty],
  ['login', (text, at, end) => readLogin(text, at, end) ?? readLoginCode(text, at, end)],
  ['oauth', readGrantCode],
  ['mnemonic', readTwelve],
  ['bip39', readTwelve],
  ['catch', readCaught],
  ...PATHS.map((word): [string, PhraseReader] => [word, readPathToken]),
  ['authenticate', readAuthenticate],
  ['expect', readExpect],
  ['machine', readMachine],
  ['eap', readShared],
  ['xauth', readShared],
  ['insert', readInsert],
  ['value', readNewValue],
  ['digest', readDigestRights],
  ['connect', readConnect],
  ['conn', readConnect],
  [
    'auth',
    (text, at, end) => (text[end] === '(' ? readAuthCall(text, at, end) : readAuthPair(text, at, end)),
  ],
  ['http_auth', readAuthPair],
  [
    'basic_auth',
    (text, at, end) =>
      readAuthPair(text, at, end) ?? readNamedLogin(text, at, end) ?? readBasicCall(text, at, end),
  ],
  ['setbasicauth', readBasicCall],
  [
    'newinstance',
    (text, at, end) => (JDBC.test(text.slice(end, end + 8)) ? readArgument3(text, at, end) : null),
  ],
  ['secretkeyspec', readArgument1],
  ['jwt.sign', readJwtKey],
  ['jwt.verify', readJwtKey],
  ['jwt.encode', readJwtKey],
  ['jwt.decode', readJwtKey],
  ['etcdctl_user', readNamedLogin],
  ['basicauth', readBasicAuth],
  ['httpbasicauth', readArgument2],
  ['httpdigestauth', readArgument2],
  ['networkcredential', readArgument2],
  ['__construct', readConstruct],
  ['mysqli_connect', readArgument3],
  ['mysql_connect', readArgument3],
  ['ldap_bind', readArgument3],
  ['ftp_login', readArgument3],
  ['imap_open', readArgument3],
  ['ssh2_auth_password', readArgument3],
  ['oci_connect', readArgument2],
  ['oci_pconnect', readArgument2],
  ['getconnection', readArgument3],
  ['pgp_sym_encrypt', readArgument2],
  ['pgp_sym_decrypt', readArgument2],
  ['aes_encrypt', readArgument2],
  ['aes_decrypt', readArgument2],
  ['simple_bind_s', readArgument2],
  ['simple_bind', readArgument2],
  ['plainloginmodule', readModule],
  ['digestloginmodule', readModule],
  ['rocommunity', readDirective(0)],
  ['rwcommunity', readDirective(0)],
  ['rocommunity6', readDirective(0)],
  ['rwcommunity6', readDirective(0)],
  ['trapcommunity', readDirective(0)],
  ['com2sec', readDirective(2)],
  ['authentication-key', readRouterKey],
  ['pre-shared-key', readRouterKey],
  ['preshared-key', readRouterKey],
  ['key-string', readRouterKey],
  ['hooks.slack.com', readHook],
  ['isakmp', readPeerKey],
  ['identify', readIdentify],
  ['com2sec6', readDirective(2)],
]);
