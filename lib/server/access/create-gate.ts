import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sealData, unsealData } from 'iron-session';
import { createTokenBucket, type TokenBucket } from '#lib/flow/create-rate-limit.ts';
import { toParty } from '#lib/server/http/to-party.ts';
import type { AccessConfig, Level } from './access.ts';
import { deriveAccessKeys } from './access-keys.ts';
import { createPasswordCheck } from './check-password.ts';
import { type CookieKind, type OwnCookie, toCookieName } from './cookies.ts';
import { createSignOuts } from './create-sign-outs.ts';
import { createWallTokens, WALL_SECONDS, type WallPass } from './create-wall-tokens.ts';
import { type AccessDecision, decideAccess } from './decide-access.ts';
import { isKnownHost } from './is-known-host.ts';
import { openSignOutFile } from './open-sign-out-file.ts';
import { type Account, createPasswordTries, type TryResult } from './password-tries.ts';
import { createPeerAsk, createPeerCheck, type PeerAsk } from './peer-proof.ts';
import { createProxyTrust, type Doubt, type Surroundings, toDoubtSentence } from './proxy-trust.ts';
import { SIGNED_OUT_PATH } from './watch-peers.ts';

/** What a request shows of itself. */
export interface Visitor {
  method: string;
  path: string;
  header(name: string): string | null;
  cookie(name: string): string | null;
  /** The other end of the connection; `null` when it is not known. */
  peer: string | null;
  /** Whether nobody waits for the answer any more; not there: somebody does. */
  isGone?(): boolean;
}

export interface Admission {
  decision: AccessDecision;
  level: Level;
  grant: Grant;
  /** It came with a password that was not even compared. */
  wait: Wait | null;
  /** Why the word of the proxy that it came from does not count; `null`: it does, or there is none. */
  doubt: string | null;
  /** Against whom the password counts that it brings, or that comes in its body; `null`: there is none. */
  account: Account | null;
  /** What of it let it in, as it was shown; `null`: nothing did, or nothing that it shows. */
  shown: string | null;
  /**
   * Whom it counts for, whatever it shows: its session, its screen's token, the password. The same seal can be written
   * in many ways, and a screen can have many. `null`: nobody is told apart.
   */
  holder: string | null;
}

/** What let a request in, and so what has to last while it is answered. */
export type Grant =
  /** Nothing that could end: everybody is let in here, or a token of the settings was shown. */
  | { kind: 'lasting' }
  | { kind: 'session'; id: string; endsAtMs: number }
  | ({ kind: 'wall' } & WallPass)
  | { kind: 'proxy'; peer: string | null };

export interface Wait {
  seconds: number;
  whose: Account['kind'] | 'everybody';
  /** Against which tries are counted. */
  address: string;
}

export type SignIn =
  | { kind: 'welcome'; cookies: OwnCookie[] }
  | { kind: 'wrong' }
  | { kind: 'wait'; wait: Wait };

/** Stands before every route. */
export interface Gate {
  readonly config: AccessConfig;
  /** @param onOpened called as soon as none of its cookies has to be opened any more: a password can take much longer */
  admit(visitor: Visitor, onOpened?: () => void): Promise<Admission>;
  /** Whether what let somebody in has not ended: not signed out, not revoked, not over. Cheap: no key is used. */
  isLasting(grant: Grant): boolean;
  /** What Docker says about its networks, and what this process sees of them: until then no address near by is trusted. */
  learnSurroundings(surroundings: Surroundings): void;
  /** @param account what `admit` found; left out, it is found out now */
  signIn(password: string, visitor: Visitor, account?: Account | null): Promise<SignIn>;
  /** From now on this session opens nothing. */
  signOut(visitor: Visitor): Promise<void>;
  /** The sessions that were signed out, sealed for the server that asks; `null`: there are no others, or it is none. */
  answerPeer(visitor: Visitor): Promise<string | null>;
  /** What to ask another server with. */
  askPeer(): Promise<PeerAsk>;
  /** What another server answered. @returns whether it has our keys */
  mergeSignOuts(sealed: string, answerKey: string): Promise<boolean>;
  /** The cookie for a screen that shows this token; `null`: it is none of ours. */
  openWall(token: string, visitor: Visitor): Promise<OwnCookie | null>;
}

const SESSION_SECONDS = 7 * 24 * 3600;
const SESSION_MS = SESSION_SECONDS * 1_000;
/** So far the clock of the machine may be set forth or back without anybody being signed out, or staying for longer. */
const MAX_STEP_MS = 24 * 3_600_000;
const DEVICE_SECONDS = 400 * 24 * 3600;
const MAX_REMEMBERED = 2_000;
const MAX_SEAL_LENGTH = 2_000;
/** Passwords that come from where a program is before it has to wait for turns as others do: five, and 60 an hour. */
const GUESSES = { burst: 5, perSecond: 1 / 60 };
const LOGIN_PATH = '/api/login';
/** Where a password that a program sends along opens nothing that is not open. */
const NEEDLESS_PATHS: ReadonlySet<string> = new Set(['/login', LOGIN_PATH, '/api/logout']);
const LASTING: Grant = { kind: 'lasting' };
/** Wrong wall tokens are said in the log this often: whoever tries many shall not fill a disk. */
const LOG_EVERY_MS = 10_000;

interface Session {
  kind: 'session';
  id: string;
  endsAtMs: number;
}

interface Device {
  kind: 'device';
  id: string;
}

export interface GateOptions {
  /** Monotonic, in milliseconds. */
  nowMs(): number;
  /** The clock of the machine, which can be set at any time; epoch milliseconds. */
  wallMs(): number;
  log(text: string): void;
  /** As it is before Docker's networks are known. */
  surroundings: Surroundings;
  /** What all servers of the installation have and nobody types; `null`: there is none. */
  installationSecret: string | null;
  /** The file that keeps who signed out over a restart; `null`: there is none. */
  signOutPath: string | null;
}

export function createGate(
  config: AccessConfig,
  { nowMs, wallMs, log, installationSecret, surroundings, signOutPath }: GateOptions,
): Gate {
  const { mode } = config;
  const startedAtMs = wallMs() - nowMs();
  /** Goes on evenly when the machine's clock is set, and at most a day behind it: a machine that slept counts the night. */
  const steadyMs = () => Math.max(startedAtMs + nowMs(), wallMs() - MAX_STEP_MS);
  const proxies = { networks: config.trustedProxies, sure: config.sureProxies };
  let trust = createProxyTrust(proxies, surroundings);
  const isTrusted = (address: string | null) => trust.isTrusted(address);
  const doubted = new Set<string>();
  const wallTokens = createWallTokens(config.wallTokens, log);
  // Slow on purpose, and off this thread: who comes before it is done waits for it.
  const keys = deriveAccessKeys(mode, installationSecret);
  const peerCheck =
    config.peers === null || mode.kind !== 'password'
      ? null
      : keys.then(({ peers }) => createPeerCheck(peers, wallMs));
  const tries =
    mode.kind === 'password'
      ? createPasswordTries({ check: createPasswordCheck(mode.password), nowMs, sleep: (ms) => sleep(ms) })
      : null;
  const lastsMs = SESSION_MS + MAX_STEP_MS;
  const file =
    mode.kind === 'password' && signOutPath !== null ? openSignOutFile(signOutPath, { wallMs, log }) : null;
  const signOuts = createSignOuts({ lastsMs, nowMs, wallMs, file });
  const basicKey = randomBytes(32);
  const wrongBasics = new Set<string>();
  let rightBasic: string | null = null;
  /** The addresses from which a program sent the right password, each with what may be sent beside it. */
  const programs = new Map<string, TokenBucket>();
  const opened = new Map<string, Session>();
  const closed = new Set<string>();
  let wrongWallAtMs = Number.NEGATIVE_INFINITY;

  /** Whom to count tries against: the person behind a proxy that we trust, else the other end. */
  function fromOf({ peer, header }: Visitor): string {
    const forwarded = isTrusted(peer) ? toForwardedAddress(header('x-forwarded-for')) : null;
    return forwarded ?? peer ?? 'unknown';
  }

  /** Said in the log once for each network. */
  function toDoubt(address: string, doubt: Doubt): string {
    const sentence = toDoubtSentence(address.replace(/^::ffff:/i, ''), doubt);
    const about = `${doubt.name} ${doubt.subnet}`;
    if (!doubted.has(about)) log(sentence);
    doubted.add(about);
    return sentence;
  }

  function findDoubt({ peer }: Visitor): string | null {
    const doubt = trust.findDoubt(peer);
    return peer === null || doubt === null ? null : toDoubt(peer, doubt);
  }

  function findCookie(kind: CookieKind, visitor: Visitor): string | null {
    const value = visitor.cookie(toCookieName(kind, isSecure(visitor)));
    return value !== null && value.length <= MAX_SEAL_LENGTH ? value : null;
  }

  /** A seal that was opened once is known again, and so is one that opens nothing: a page with its stream asks often. */
  async function sessionOf(visitor: Visitor): Promise<Session | null> {
    const seal = findCookie('session', visitor);
    if (seal === null || mode.kind !== 'password') return null;
    let session = opened.get(seal) ?? null;
    if (session === null) {
      const name = createHash('sha256').update(seal).digest('base64url');
      if (closed.has(name)) return null;
      session = await openSession(seal, (await keys).session);
      if (session === null) {
        // The keys stay, so what they do not open now they never will.
        if (closed.size >= MAX_REMEMBERED) closed.delete(closed.keys().next().value ?? '');
        closed.add(name);
        return null;
      }
      remember(opened, seal, session);
    }
    return isSessionOpen(session) ? session : null;
  }

  /** One that would last for longer than any does was made while a clock was wrong. */
  function isSessionOpen({ id, endsAtMs }: Pick<Session, 'id' | 'endsAtMs'>): boolean {
    const leftMs = endsAtMs - steadyMs();
    return leftMs > 0 && leftMs <= lastsMs && !signOuts.has(id, endsAtMs - SESSION_MS);
  }

  function isApiToken(authorization: string | null): boolean {
    const given = /^Bearer (\S{1,512})$/.exec(authorization ?? '')?.[1];
    return given !== undefined && config.apiToken !== null && isSame(given, config.apiToken);
  }

  /**
   * Programs may send the password as `Basic`. The slow comparison is made once for each: one that asks every minute with
   * yesterday's password, or a proxy's own in everybody's requests, is no guess, and takes nobody's turn. What was right
   * waits for no turn where it came from; but after some guesses beside it, answered or not, it does: what is answered
   * sooner than the others is the password.
   */
  async function tryBasic(visitor: Visitor, account: Account): Promise<TryResult | null> {
    const encoded = findBasic(visitor);
    if (encoded === null || mode.kind !== 'password') return null;
    const text = Buffer.from(encoded, 'base64').toString();
    const given = text.slice(text.indexOf(':') + 1);
    const key = createHmac('sha256', basicKey).update(given).digest('base64url');
    if (wrongBasics.has(key)) return { kind: 'wrong' };
    const party = toParty(fromOf(visitor));
    const guesses = programs.get(party);
    if (guesses !== undefined && key === rightBasic && guesses.waitMs() === 0) return { kind: 'right' };
    if (key !== rightBasic) guesses?.take();
    const result = await tryPassword(given, visitor, account);
    if (result.kind === 'right') {
      rightBasic = key;
      if (guesses === undefined) remember(programs, party, createTokenBucket({ ...GUESSES, nowMs }));
    } else if (result.kind === 'wrong') {
      if (wrongBasics.size >= MAX_REMEMBERED) wrongBasics.delete(wrongBasics.values().next().value ?? '');
      wrongBasics.add(key);
    }
    return result;
  }

  async function deviceOf(visitor: Visitor): Promise<string | null> {
    const seal = findCookie('device', visitor);
    if (seal === null) return null;
    const { kind, id } = await unsealData<Partial<Device>>(seal, {
      password: (await keys).device,
      ttl: DEVICE_SECONDS,
    });
    return kind === 'device' && typeof id === 'string' ? id : null;
  }

  async function accountOf(visitor: Visitor): Promise<Account> {
    const device = await deviceOf(visitor);
    return device === null ? { kind: 'address', address: fromOf(visitor) } : { kind: 'browser', id: device };
  }

  async function tryPassword(given: string, visitor: Visitor, account: Account): Promise<TryResult> {
    // Nothing is no guess, and nobody has to wait for it.
    if (tries === null || given === '') return { kind: 'wrong' };
    const result = await tries.try(account, given, visitor.isGone);
    if (result.kind === 'wrong') log(`wrong password from ${fromOf(visitor)}`);
    return result;
  }

  const toWait = ({ waitMs, whose }: Extract<TryResult, { kind: 'wait' }>, visitor: Visitor): Wait => ({
    seconds: Math.ceil(waitMs / 1_000),
    whose,
    address: fromOf(visitor),
  });

  /** What its cookies and headers say; no password is looked at. */
  async function identify(
    visitor: Visitor,
  ): Promise<
    { level: 'full' | 'wall'; grant: Grant; shown: string | null; holder: string | null } | { level: 'none' }
  > {
    const full = (grant: Grant, shown: string | null = null, holder: string | null = null) =>
      ({ level: 'full', grant, shown, holder }) as const;
    if (mode.kind === 'none') return full(LASTING);
    const authorization = visitor.header('authorization');
    if (isApiToken(authorization)) return full(LASTING, authorization, 'token');
    if (mode.kind === 'proxy' && isTrusted(visitor.peer) && visitor.header(mode.header))
      return full({ kind: 'proxy', peer: visitor.peer });
    const session = await sessionOf(visitor);
    if (session !== null)
      return full(
        { kind: 'session', id: session.id, endsAtMs: session.endsAtMs },
        findCookie('session', visitor),
        `session ${session.id}`,
      );
    const pass = findCookie('wall', visitor);
    const wall = pass === null ? null : await wallTokens.open(pass);
    return wall === null
      ? { level: 'none' }
      : { level: 'wall', grant: { kind: 'wall', ...wall }, shown: pass, holder: `wall ${wall.id}` };
  }

  /** The same, and what a password that comes with it opens. */
  async function identifyAll(visitor: Visitor, onOpened: () => void) {
    const found = await identify(visitor);
    const brings = found.level !== 'full' && !NEEDLESS_PATHS.has(visitor.path) && findBasic(visitor) !== null;
    const account =
      tries !== null && (brings || visitor.path === LOGIN_PATH) ? await accountOf(visitor) : null;
    onOpened();
    const basic = brings && account !== null ? await tryBasic(visitor, account) : null;
    // That it is known shows in how soon things are answered: with a password that would be an answer to a guess.
    if (basic?.kind === 'right')
      return { level: 'full', grant: LASTING, wait: null, account, shown: null, holder: 'password' } as const;
    const wait = found.level === 'none' && basic?.kind === 'wait' ? toWait(basic, visitor) : null;
    // What is answered to everybody does not end with anybody's session.
    return { grant: LASTING, shown: null, holder: null, ...found, wait, account };
  }

  return {
    config,
    async admit(visitor, onOpened = () => {}) {
      const { level, grant, wait, account, shown, holder } = await identifyAll(visitor, onOpened);
      const { hosts, loopback } = config;
      const forwardedHost = isTrusted(visitor.peer) ? visitor.header('x-forwarded-host') : null;
      const decision = decideAccess({
        method: visitor.method,
        path: visitor.path,
        level,
        knownHost: isKnownHost(forwardedHost || visitor.header('host'), {
          hosts,
          loopback,
          signedIn: mode.kind !== 'none',
        }),
        fetchSite: visitor.header('sec-fetch-site'),
        fetchMode: visitor.header('sec-fetch-mode'),
        foreignOrigin: isForeignOrigin(visitor, hosts),
      });
      return {
        decision,
        level,
        grant,
        wait,
        account,
        shown,
        holder,
        doubt: findDoubt(visitor),
      };
    },
    isLasting(grant) {
      switch (grant.kind) {
        case 'lasting':
          return true;
        case 'session':
          return isSessionOpen(grant);
        case 'wall':
          return wallTokens.isValid(grant);
        case 'proxy':
          return isTrusted(grant.peer);
      }
    },
    learnSurroundings(found) {
      trust = createProxyTrust(proxies, found);
      for (const { address, doubt } of trust.listDoubts()) toDoubt(address, doubt);
    },
    async signIn(password, visitor, known = null) {
      const account = known ?? (await accountOf(visitor));
      const result = await tryPassword(password, visitor, account);
      if (result.kind === 'wrong') return result;
      if (result.kind === 'wait') return { kind: 'wait', wait: toWait(result, visitor) };
      const endsAtMs = steadyMs() + SESSION_MS;
      const session: Session = { kind: 'session', id: newId(), endsAtMs };
      const device: Device = { kind: 'device', id: account.kind === 'browser' ? account.id : newId() };
      const own = await keys;
      return {
        kind: 'welcome',
        cookies: [
          {
            kind: 'session',
            value: await sealData(session, { password: own.session, ttl: 0 }),
            maxAgeSeconds: SESSION_SECONDS,
          },
          {
            kind: 'device',
            value: await sealData(device, { password: own.device, ttl: DEVICE_SECONDS }),
            maxAgeSeconds: DEVICE_SECONDS,
          },
        ],
      };
    },
    async signOut(visitor) {
      const session = await sessionOf(visitor);
      if (session !== null) await signOuts.add(session.id);
    },
    async answerPeer({ method, path, header }) {
      const answerKey = (await peerCheck)?.(method, path, header) ?? null;
      return answerKey === null ? null : signOuts.seal(answerKey);
    },
    askPeer: async () => createPeerAsk((await keys).peers, 'GET', SIGNED_OUT_PATH, wallMs()),
    mergeSignOuts: signOuts.merge,
    async openWall(token, visitor) {
      // Nobody is slowed down here: a token cannot be guessed, and a screen must never wait for others.
      const value = await wallTokens.issue(token);
      if (value !== null) return { kind: 'wall', value, maxAgeSeconds: WALL_SECONDS };
      if (nowMs() - wrongWallAtMs >= LOG_EVERY_MS) log(`wrong wall token from ${fromOf(visitor)}`);
      wrongWallAtMs = nowMs();
      return null;
    },
  };
}

/**
 * Whether the person's browser came here over TLS. Anybody's word is taken: who says so of their own request changes
 * the names of their own cookies, and nothing else.
 */
export function isSecure(visitor: Visitor): boolean {
  return visitor.header('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}

/** No page of another site can write these headers, so a proxy's word for the host need not be a trusted one's here. */
function isForeignOrigin({ header }: Visitor, hosts: readonly string[]): boolean {
  const origin = header('origin');
  if (origin === null) return false;
  const { host, hostname } = URL.parse(origin) ?? { host: '', hostname: '' };
  const own = [header('host'), header('x-forwarded-host')?.split(',')[0]?.trim()];
  // A default port is left out of one of them, or of both.
  const isOwn = own.some((one) => one === host || one?.replace(/:(80|443)$/, '') === host);
  return host === '' || !(isOwn || hosts.includes(hostname));
}

/** The name and password of a program that sends them, as they were sent; `null`: it does not. */
function findBasic({ header }: Visitor): string | null {
  return /^Basic ([\w+/=-]{1,3072})$/.exec(header('authorization') ?? '')?.[1] ?? null;
}

async function openSession(seal: string, password: string): Promise<Session | null> {
  const read = unsealData<Partial<Session>>(seal, { password, ttl: 0 });
  const { kind, id, endsAtMs } = await read.catch((): Partial<Session> => ({}));
  if (kind !== 'session' || typeof id !== 'string' || typeof endsAtMs !== 'number') return null;
  return { kind, id, endsAtMs };
}

/** The last of the addresses, which the nearest proxy has seen itself; some write its port, which is another each time. */
function toForwardedAddress(header: string | null): string | null {
  const last = header?.split(',').at(-1)?.trim() ?? '';
  const address = last.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return isIP(address) === 0 ? null : address;
}

function remember<Value>(known: Map<string, Value>, key: string, value: Value): void {
  if (known.size >= MAX_REMEMBERED) known.delete(known.keys().next().value ?? '');
  known.set(key, value);
}

const newId = () => randomBytes(18).toString('base64url');

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
