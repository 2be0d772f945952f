import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import type { AccessConfig, Level } from './access.ts';
import { deriveAccessKeys } from './access-keys.ts';
import { createPasswordCheck } from './check-password.ts';
import { createAddressList } from './create-address-list.ts';
import { createSignOuts } from './create-sign-outs.ts';
import { createThrottle } from './create-throttle.ts';
import { createWallTokens, WALL_SECONDS } from './create-wall-tokens.ts';
import { type AccessDecision, decideAccess } from './decide-access.ts';
import { isKnownHost } from './is-known-host.ts';
import { createPeerAsk, createPeerCheck, type PeerAsk } from './peer-proof.ts';
import { SIGNED_OUT_PATH } from './watch-peers.ts';

/** What a request shows of itself. */
export interface Visitor {
  method: string;
  path: string;
  header(name: string): string | null;
  cookie(name: string): string | null;
  /** The other end of the connection; `null` when it is not known. */
  peer: string | null;
}

export interface Admission {
  decision: AccessDecision;
  level: Level;
}

export type SignIn =
  | { kind: 'welcome'; cookie: string; maxAgeSeconds: number }
  | { kind: 'wrong' }
  | { kind: 'wait'; seconds: number };

/** Stands before every route. */
export interface Gate {
  readonly config: AccessConfig;
  admit(visitor: Visitor): Promise<Admission>;
  /** Asks nothing of who it is: for streams, which stay open while credentials end. */
  isStillAdmitted(visitor: Visitor): Promise<boolean>;
  signIn(password: string, visitor: Visitor): Promise<SignIn>;
  /** From now on this session opens nothing. */
  signOut(visitor: Visitor): Promise<void>;
  /** The sessions that were signed out, sealed for the server that asks; `null`: there are no others, or it is none. */
  answerPeer(visitor: Visitor): Promise<string | null>;
  /** What to ask another server with. */
  askPeer(): Promise<PeerAsk>;
  /** What another server answered. @returns whether it has our keys */
  mergeSignOuts(sealed: string, answerKey: string): Promise<boolean>;
  /** The cookie for a screen that shows this token; `null`: it is none of ours. */
  openWall(token: string, visitor: Visitor): Promise<{ cookie: string; maxAgeSeconds: number } | null>;
  /** Whether the person's browser came here over TLS, also by way of a proxy that we trust. */
  isSecure(visitor: Visitor, url: URL): boolean;
}

export const SESSION_COOKIE = 'vitals-session';
export const WALL_COOKIE = 'vitals-wall';
const SESSION_SECONDS = 7 * 24 * 3600;
/** Passwords are compared one at a time, and no more than these wait: each takes a core for a while. */
const MAX_CHECKS = 4;
const MAX_REMEMBERED = 2_000;

interface Session {
  kind: 'session';
  id: string;
}

export interface GateOptions {
  /** Monotonic, in milliseconds. */
  nowMs(): number;
  log(text: string): void;
  /** What all servers of the installation have and nobody types; `null`: there is none. */
  installationSecret: string | null;
}

export function createGate(config: AccessConfig, { nowMs, log, installationSecret }: GateOptions): Gate {
  const { mode } = config;
  const isTrusted = createAddressList(config.trustedProxies);
  const throttle = createThrottle(nowMs);
  const wallTokens = createWallTokens(config.wallTokens, log);
  // Slow on purpose, and off this thread: who comes before it is done waits for it.
  const keys = deriveAccessKeys(mode, installationSecret);
  const peerCheck =
    config.peers === null || mode.kind !== 'password'
      ? null
      : keys.then(({ peers }) => createPeerCheck(peers, () => Date.now()));
  const isPassword = mode.kind === 'password' ? createPasswordCheck(mode.password) : null;
  const signOuts = createSignOuts({ lastsMs: SESSION_SECONDS * 1_000, nowMs });
  const basicKey = randomBytes(32);
  const basics = new Map<string, true>();
  let checks = 0;
  let line: Promise<unknown> = Promise.resolve();

  /** Whom to count tries against: the person behind a proxy that we trust, else the other end. */
  function fromOf({ peer, header }: Visitor): string {
    const forwarded = header('x-forwarded-for')?.split(',').at(-1)?.trim();
    return (isTrusted(peer) && forwarded) || (peer ?? 'unknown');
  }

  async function sessionOf(visitor: Visitor): Promise<string | null> {
    const seal = visitor.cookie(SESSION_COOKIE);
    if (seal === null || seal.length > 2_000) return null;
    const { kind, id } = await unsealData<Partial<Session>>(seal, {
      password: (await keys).session,
      ttl: SESSION_SECONDS,
    }).catch((): Partial<Session> => ({}));
    return kind === 'session' && typeof id === 'string' && !signOuts.has(id) ? id : null;
  }

  async function hasWall(visitor: Visitor): Promise<boolean> {
    const pass = visitor.cookie(WALL_COOKIE);
    return pass !== null && (await wallTokens.open(pass)) !== null;
  }

  function isApiToken(authorization: string | null): boolean {
    const given = /^Bearer (\S{1,512})$/.exec(authorization ?? '')?.[1];
    return given !== undefined && config.apiToken !== null && isSame(given, config.apiToken);
  }

  /** Programs may send the password as `Basic`; the slow comparison is made once for each. */
  async function isBasic(authorization: string | null, visitor: Visitor): Promise<boolean> {
    const encoded = /^Basic ([\w+/=-]{1,1024})$/.exec(authorization ?? '')?.[1];
    if (encoded === undefined || isPassword === null) return false;
    const key = createHmac('sha256', basicKey).update(encoded).digest('base64url');
    if (basics.has(key)) return true;
    const text = Buffer.from(encoded, 'base64').toString();
    const result = await tryPassword(text.slice(text.indexOf(':') + 1), visitor);
    if (result !== 'right') return false;
    if (basics.size >= MAX_REMEMBERED) basics.clear();
    basics.set(key, true);
    return true;
  }

  async function tryPassword(
    given: string,
    visitor: Visitor,
  ): Promise<'right' | 'wrong' | { waitMs: number }> {
    const from = fromOf(visitor);
    const waitMs = throttle.waitMs(from);
    if (waitMs > 0) return { waitMs };
    if (checks >= MAX_CHECKS || isPassword === null) return { waitMs: 1_000 };
    checks += 1;
    const turn = line.then(() => isPassword(given.slice(0, 1_024)));
    line = turn.catch(() => {});
    try {
      const right = await turn;
      if (right) throttle.succeeded(from);
      else {
        throttle.failed(from);
        log(`wrong password from ${from}`);
      }
      return right ? 'right' : 'wrong';
    } finally {
      checks -= 1;
    }
  }

  async function levelOf(visitor: Visitor): Promise<Level> {
    if (mode.kind === 'none') return 'full';
    const authorization = visitor.header('authorization');
    if (isApiToken(authorization)) return 'full';
    if (mode.kind === 'proxy' && isTrusted(visitor.peer) && visitor.header(mode.header)) return 'full';
    if (mode.kind === 'password') {
      if ((await sessionOf(visitor)) !== null) return 'full';
      if (await isBasic(authorization, visitor)) return 'full';
    }
    return (await hasWall(visitor)) ? 'wall' : 'none';
  }

  async function admit(visitor: Visitor): Promise<Admission> {
    const level = await levelOf(visitor);
    const { hosts, loopback } = config;
    const host = (isTrusted(visitor.peer) && visitor.header('x-forwarded-host')) || visitor.header('host');
    const decision = decideAccess({
      method: visitor.method,
      path: visitor.path,
      level,
      knownHost: isKnownHost(host, { hosts, loopback, signedIn: mode.kind !== 'none' }),
      fetchSite: visitor.header('sec-fetch-site'),
      fetchMode: visitor.header('sec-fetch-mode'),
    });
    return { decision, level };
  }

  return {
    config,
    admit,
    isStillAdmitted: async (visitor) => (await admit(visitor)).decision.kind === 'allow',
    async signIn(password, visitor) {
      const result = await tryPassword(password, visitor);
      if (result === 'wrong') return { kind: 'wrong' };
      if (result !== 'right') return { kind: 'wait', seconds: Math.ceil(result.waitMs / 1000) };
      const session: Session = { kind: 'session', id: randomBytes(18).toString('base64url') };
      const cookie = await sealData(session, { password: (await keys).session, ttl: SESSION_SECONDS });
      return { kind: 'welcome', cookie, maxAgeSeconds: SESSION_SECONDS };
    },
    async signOut(visitor) {
      const id = await sessionOf(visitor);
      if (id !== null) signOuts.add(id);
    },
    async answerPeer({ method, path, header }) {
      const answerKey = (await peerCheck)?.(method, path, header) ?? null;
      return answerKey === null ? null : signOuts.seal(answerKey);
    },
    askPeer: async () => createPeerAsk((await keys).peers, 'GET', SIGNED_OUT_PATH, Date.now()),
    mergeSignOuts: signOuts.merge,
    async openWall(token, visitor) {
      const from = fromOf(visitor);
      if (throttle.waitMs(from) > 0) return null;
      const cookie = await wallTokens.issue(token);
      if (cookie === null) {
        throttle.failed(from);
        log(`wrong wall token from ${from}`);
        return null;
      }
      return { cookie, maxAgeSeconds: WALL_SECONDS };
    },
    isSecure: (visitor, url) =>
      url.protocol === 'https:' ||
      (isTrusted(visitor.peer) && visitor.header('x-forwarded-proto') === 'https'),
  };
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
