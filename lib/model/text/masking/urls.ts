import { looksSecret } from './prose.ts';

/** What of an address is a secret, and where the reader goes on. */
export interface UrlSecrets {
  /** Pairs of places, in order. */
  spans: readonly number[];
  /** Behind the last of them. */
  until: number;
  /** Where the address ends. */
  end: number;
}

/** Databases and queues: `@` is hardly ever in their paths, so a password reaches to the last one. */
const STORES =
  /^(?:postgres(?:ql)?|mysql|mariadb|mongodb|redis|rediss|valkey|amqps?|mssql|sqlserver|oracle|cassandra|clickhouse|couchbase|couchdb|neo4j|bolt|memcached|kafka|nats|mqtts?|ldaps?|smtps?|imaps?|pop3s?|s?ftps?|smb|cifs|influxdb|elasticsearch|jdbc|tcp|ssh|rtsp|rtmp|socks[45]?h?|vertica|snowflake|hive|presto|trino|cockroachdb|crdb|sqlalchemy|psycopg2?|asyncpg|pymysql|dameng|sybase|informix|db2|firebird|tls|ws|wss)(?:\+[a-z0-9]+)*$/i;
/** Addresses of those who are notified, as shoutrrr and apprise write them: all of each is tokens. */
export const NOTIFIER_NAMES: readonly string[] =
  `discord slack teams msteams tgram telegram pover pushover gotify gotifys pbul pushbullet matrix matrixs mmost mmosts
  mattermost rocket rockets rocketchat opsgenie ifttt zulip googlechat gchat ntfys prowl`.split(/\s+/);
const NOTIFIERS: ReadonlySet<string> = new Set(NOTIFIER_NAMES);
const PORT = /^\d{1,5}$/;
/** People's and programs' names that say nothing. */
const USER = /^(?:[a-z][a-z_]{0,15}|\$\{?[A-Za-z_]\w{0,40}\}?|<[a-z ]{1,20}>|\d{1,12})$/;

const ANY_HOST = /./;
/** Hosts whose paths are the secret, and what stays of the path. */
const WEBHOOKS: readonly [host: RegExp, path: RegExp][] = [
  [/^hooks\.slack(?:-gov)?\.com$/, /\/(?:services|workflows|triggers)\/(?:[A-Z][A-Z0-9]*\/){0,2}/y],
  [/(?:^|\.)discord(?:app)?\.com$/, /\/api\/(?:v\d+\/)?webhooks\/\d+\//y],
  [/^api\.telegram\.org$/, /\/(?:file\/)?bot/y],
  [/(?:^|\.)sumologic\.com$/, /\/receiver\/v\d\/http\//y],
  [/(?:^|\.)loggly\.com$/, /\/(?:inputs|bulk)\//y],
  [/(?:^|\.)webhook\.office\.com$|^outlook\.office(?:365)?\.com$/, /\/webhook(?:b2)?\//y],
  [/^hooks\.zapier\.com$/, /\/hooks\/(?:catch|standard)\//y],
  [/^hook\.[\w.]*(?:make|integromat)\.com$/, /\//y],
  [/^maker\.ifttt\.com$/, /\/trigger\/[\w-]{1,80}\/(?:json\/)?with\/key\//y],
  [/^open\.(?:feishu\.cn|larksuite\.com)$/, /\/open-apis\/bot\/(?:v\d\/)?hook\//y],
  [
    /^(?:hc-ping\.com|nosnch\.in|cronitor\.link|ping\.checklyhq\.com|push\.statuscake\.com)$/,
    /\/(?:p\/|ping\/)?/y,
  ],
  [
    /^uptime\.better(?:stack|uptime)\.com$|^betteruptime\.com$/,
    /\/api\/v1\/(?:heartbeat|incoming-webhook)\//y,
  ],
  [/^events\.pagerduty\.com$/, /\/integration\//y],
  [/^[\w.-]*\.pipedream\.net$/, /\//y],
  [/^in-?coming\.webhook[\w.-]*$/, /\//y],
  [
    ANY_HOST,
    /\/(?:reset|(?:reset|password|confirm|verify|magic|invite|activate)[-_](?:password|reset|email|link|account))\/(?=[A-Za-z_-]{0,40}\d)(?=[A-Za-z0-9_-]{16,})/y,
  ],
  [ANY_HOST, /\/hooks\/(?=[a-zA-Z0-9]{16,}(?:[/?#]|$))/y],
  [ANY_HOST, /\/api\/(?:push|webhooks?)\/(?=[A-Za-z0-9_-]{0,30}\d)(?=[A-Za-z0-9_-]{16,})/y],
  [ANY_HOST, /\/api\/push\/(?=[A-Za-z]{0,30}\d)(?=[A-Za-z0-9]{8,32}(?:[?\s]|$))/y],
];
const MAX_HOST = 256;

/** Where an address ends; `@` and `/` and the rest of it on the way. One walk, up to another address in it. */
function walk(text: string, from: number) {
  let [slash, colon, firstAt, lastAt, lastAtBeforeSlash] = [-1, -1, -1, -1, -1];
  let end = from;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (
      code <= 0x20 ||
      code === 0x7f ||
      code === 0x22 ||
      code === 0x27 ||
      code === 0x60 ||
      code === 0x3c ||
      code === 0x3e
    )
      break;
    if (code === 0x40) {
      if (firstAt < 0) firstAt = end;
      lastAt = end;
      if (slash < 0) lastAtBeforeSlash = end;
    } else if (code === 0x2f || code === 0x3f || code === 0x23) {
      if (slash < 0) slash = end;
    } else if (code === 0x3a) {
      // The next address of a list.
      if (end > from && text.startsWith('//', end + 1)) break;
      if (colon < 0) colon = end;
    }
    // `file:////name:secret@host/share`: a share's address in the path of another.
    if (code === 0x2f && slash >= 0 && colon < 0 && firstAt < 0 && text.charCodeAt(end + 1) === 0x2f) break;
  }
  return { end, slash: slash < 0 ? end : slash, colon, firstAt, lastAt, lastAtBeforeSlash };
}

/** @param from behind the `://` */
export function findUrlSecrets(text: string, from: number, scheme: string): UrlSecrets {
  const { end, slash, colon, firstAt, lastAt, lastAtBeforeSlash } = walk(text, from);
  const spans: number[] = [];
  let host = from;
  if (NOTIFIERS.has(scheme.toLowerCase()) && !isLeft(text.slice(from, Math.min(end, from + 80))))
    return { spans: end > from ? [from, end] : [], until: end, end };
  const at = findUserEnd({ text, from, scheme, slash, colon, firstAt, lastAt, lastAtBeforeSlash });
  if (at >= 0) {
    host = at + 1;
    const secretFrom = colon >= 0 && colon < at ? colon + 1 : from;
    const isUser = secretFrom === from && colon !== from && isHarmlessUser(text, from, at, scheme);
    if (secretFrom < at && !isUser && !isLeft(text.slice(secretFrom, at))) spans.push(secretFrom, at);
  }
  if (at < 0 && end === text.length && isCutLogin(text, from, colon, slash)) {
    spans.push(colon + 1, end);
    return { spans, until: end, end };
  }
  const path = findPathSecret(text, host, end);
  if (path >= 0) spans.push(path, end);
  return { spans, until: spans.at(-1) ?? from, end };
}

/**
 * `//name:secret@host/share` and `\\\\name:secret@host`, without a scheme, as mounts of SMB have it; `name%secret` is the same.
 *
 * @param from behind the slashes
 */
export function findShareSecrets(text: string, from: number): UrlSecrets {
  const { end, ...places } = walk(text, from);
  const { slash, colon } = places;
  const at = findUserEnd({ text, from, scheme: '', ...places, colon: colon < 0 ? slash : colon });
  if (at < 0) {
    const isCut = end === text.length && isCutLogin(text, from, colon, slash);
    return isCut ? { spans: [colon + 1, end], until: end, end } : { spans: [], until: from, end };
  }
  const percent = text.slice(from, Math.min(at, from + MAX_HOST)).indexOf('%');
  const mark = colon >= 0 && colon < at ? colon : percent < 0 ? at : from + percent;
  const isSecret = mark + 1 < at && !isLeft(text.slice(mark + 1, at));
  return isSecret ? { spans: [mark + 1, at], until: at, end } : { spans: [], until: from, end };
}

/** The text ends in it: what is no port is the beginning of a password whose `@` was cut off. */
function isCutLogin(text: string, from: number, colon: number, slash: number): boolean {
  if (colon < 0 || colon >= slash || text[from] === '[') return false;
  const value = text.slice(colon + 1, Math.min(slash, colon + 256));
  // Ports, and the hosts of a list.
  if (/^\d{1,5}(?:,[\w.-]{1,64}(?::\d{1,5})?)*,?$/.test(value)) return false;
  return value !== '' && /[^\d.,;)\]}]/.test(value) && !isLeft(value);
}

interface Authority extends Omit<ReturnType<typeof walk>, 'end'> {
  text: string;
  from: number;
  scheme: string;
}

/** The `@` behind user and password; -1: there are none. */
function findUserEnd({
  text,
  from,
  scheme,
  slash,
  colon,
  firstAt,
  lastAt,
  lastAtBeforeSlash,
}: Authority): number {
  if (firstAt < 0 || lastAt === from) return -1;
  const isStore = STORES.test(scheme);
  if (lastAtBeforeSlash >= 0) {
    // A slash or a second `@` in the password.
    if (isStore && lastAt > slash && !text.slice(slash, Math.min(lastAt, slash + 512)).includes('?'))
      return lastAt;
    return lastAtBeforeSlash;
  }
  if (colon < 0 || colon > slash) return -1;
  // `http://api:8080/users@1.2.3`: a port, and a path with `@` in it.
  if (PORT.test(text.slice(colon + 1, Math.min(slash, colon + 8))) && !isStore) return -1;
  return isStore ? lastAt : firstAt;
}

function isHarmlessUser(text: string, from: number, at: number, scheme: string): boolean {
  if (/(?:^|\.)(?:ingest\.(?:[a-z]+\.)?sentry\.io|sentry\.[\w.-]{1,60})/.test(text.slice(at + 1, at + 80)))
    return false;
  const user = text.slice(from, Math.min(at, from + 64));
  if (STORES.test(scheme) || scheme === 'git')
    return (
      (!/^[A-Za-z0-9_-]{20,}$/.test(user) || CAMEL.test(user)) && !(scheme === 'nats' && looksSecret(user))
    );
  return USER.test(user) || CAMEL.test(user);
}
/** `sparkDriver`, `akka.tcp://executorActorSystem@host`. */
const CAMEL = /^[A-Za-z][a-z]{2,}(?:[A-Z][a-z]{2,}){1,5}$/;

/** Variables and masks of others. */
const isLeft = (value: string): boolean =>
  /^(?:\$\{?[A-Z_][A-Z0-9_]{0,60}\}?|\*+|x{3,}|•+|<[a-z_ ]{1,30}>|\{\{[^}]{0,60}\}\}|%s)$/.test(value);

function findPathSecret(text: string, host: number, end: number): number {
  let slash = host;
  while (slash < Math.min(end, host + MAX_HOST) && text.charCodeAt(slash) !== 0x2f) slash += 1;
  if (text.charCodeAt(slash) !== 0x2f || slash >= end) return -1;
  const paths = findWebhookPaths(text.slice(host, slash));
  for (const path of paths) {
    path.lastIndex = slash;
    if (path.test(text) && path.lastIndex < end) return path.lastIndex;
  }
  return -1;
}

const MAX_KNOWN = 1_024;
const MAX_KNOWN_HOST = 64;
const known = new Map<string, readonly RegExp[]>();

/** What the path of an address with this host, and maybe a port, may begin with. Kept, up to a bound. */
function findWebhookPaths(host: string): readonly RegExp[] {
  const found = known.get(host);
  if (found !== undefined) return found;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const paths = /[a-z\d]/.test(name)
    ? WEBHOOKS.filter(([hosts]) => hosts === ANY_HOST || hosts.test(name)).map(([, path]) => path)
    : [];
  if (host.length > MAX_KNOWN_HOST) return paths;
  if (known.size >= MAX_KNOWN) known.clear();
  // A copy: a part of a text keeps the whole of it in memory.
  known.set(Buffer.from(host).toString(), paths);
  return paths;
}

/** `scott/SECRET@//db`, `root:SECRET@tcp(db)`: a name, a mark, a secret and a host, without a scheme. */
const NO_USERS =
  /^(?:mailto|sips?|xmpp|acct|from|to|cc|bcc|e?mail|user|username|login|users|author|committer|sender|recipient|contact|owner|by|git|jid|upn|principal|at)$/i;

/** Whether `name:value@host` (without `://`) holds a password. */
export function isLoginBefore(text: string, name: string, value: string, at: number): boolean {
  const host = text.slice(at + 1, at + 24);
  const isDriver = /^(?:tcp6?|unix)\(/.test(host);
  if (
    value === '' ||
    (!isDriver && /^\d{1,6}$/.test(value)) ||
    isLeft(value) ||
    (!isDriver && NO_USERS.test(name))
  )
    return false;
  if (!/^[\w.$%+-]{1,64}$/.test(name)) return false;
  // A class of Java and its line (`:FastLeaderElection@774]`), a class before a user (`LeaseRenewer:bob@host`).
  if (OTHER_FIELD.test(value) || PEER.test(value)) return false;
  if (/^\d{1,6}(?![\w.-])/.test(host) || (CLASS.test(name) && !looksSecret(value))) return false;
  return !/^(?:sha\d{3}:|[\s"',;)\]}]|$)/.test(host);
}

/** `"ServiceAddr":"api:80","ServiceName":"api@docker"`. */
const OTHER_FIELD = /["'],[ ]?\\{0,3}["']/;
/** PostgreSQL's `UTC:10.0.0.7(50662):app@shop:[127]:FATAL`: who is connected from where. */
const PEER = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]{3,40}|[\w.-]{1,64})\(\d{1,5}\):/i;
const CLASS = /^(?:[A-Z][a-z]+){2,6}$/;

/** `user=name%secret` among the options of a mount (mount.cifs): where the secret ends; -1: it is none. */
export function findPercentEnd(text: string, percent: number): number {
  const before = text.slice(Math.max(0, percent - 96), percent);
  if (!/(?:^|[\s,"'`:=\\])user(?:name)?=[\w.$/\\-]{1,64}$/.test(before)) return -1;
  let end = percent + 1;
  while (end < text.length && !/[\s\u007f,"'`]/.test(text[end] as string)) end += 1;
  return end > percent + 1 && !isLeft(text.slice(percent, Math.min(end, percent + 80))) ? end : -1;
}

/** Names of a query that say "secret" only there. */
const PARAMETERS =
  /^(?:key|code|sig|sign|signature|auth|pw|appid|app_?key|ticket|subscription-key|ocp-apim-subscription-key|hapikey|sas|otp|se?cret|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|oauth_\w{1,30}|id_token|saml(?:request|response)|sid|session|jwt|tkn|apptoken)$/i;

/** InfluxDB's `?u=bob&p=…`. */
const OF_LOGIN = /[?&]u(?:ser(?:name)?)?=[^&\s]{1,64}&$/;

/** `?key=…`: the end of a value that looks like a secret; -1: it does not. `at` is where the name begins. */
export function findParameterEnd(text: string, at: number, end: number): number {
  const before = text[at - 1];
  if ((before !== '?' && before !== '&' && before !== ';') || text[end] !== '=' || end - at > 40) return -1;
  const name = text.slice(at, end);
  if (!PARAMETERS.test(name) && !(name === 'p' && OF_LOGIN.test(text.slice(Math.max(0, at - 80), at))))
    return -1;
  let until = end + 1;
  while (until < text.length && !/[\s\u007f&"'<>#`)\]}]/.test(text[until] as string)) until += 1;
  const value = text.slice(end + 1, Math.min(until, end + 65));
  const isSecret =
    value.length >= 6 &&
    !(/^app/i.test(name) && /^[\da-f]{8}-/i.test(value)) &&
    ((/\d/.test(value) && /[A-Za-z]/.test(value)) ||
      value.length >= 20 ||
      /%[0-9a-f]{2}/i.test(value) ||
      (/^(?:code|otp)$/i.test(name) && /^\d{6,8}$/.test(value)));
  return isSecret && !isLeft(value) ? until : -1;
}
