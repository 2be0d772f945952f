import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccessConfig, Level } from './access.ts';
import { deriveAccessKeys } from './access-keys.ts';
import { createAccounts } from './create-accounts.ts';
import { createProxyWord } from './create-proxy-word.ts';
import { createSessions, SESSION_LASTS_MS, type Session } from './create-sessions.ts';
import { createSignOuts } from './create-sign-outs.ts';
import { createWallTokens, WALL_SECONDS } from './create-wall-tokens.ts';
import { decideAccess } from './decide-access.ts';
import type { Gate, Grant } from './gate.ts';
import { isKnownHost } from './is-known-host.ts';
import { openSignOutFile } from './open-sign-out-file.ts';
import { createPeerAsk, createPeerCheck } from './peer-proof.ts';
import type { Surroundings } from './proxy-trust.ts';
import { findBasic, findCookie, isForeignOrigin, type Visitor } from './visitor.ts';
import { SIGNED_OUT_PATH } from './watch-peers.ts';

const LOGIN_PATH = '/api/login';
/** Where a password that a program sends along opens nothing that is not open. */
const NEEDLESS_PATHS: ReadonlySet<string> = new Set(['/login', LOGIN_PATH, '/api/logout']);
const LASTING: Grant = { kind: 'lasting' };
/** Wrong wall tokens are said in the log this often: whoever tries many shall not fill a disk. */
const LOG_EVERY_MS = 10_000;

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
  const proxies = createProxyWord(config, surroundings, log);
  const { isTrusted, fromOf } = proxies;
  const wallTokens = createWallTokens(config.wallTokens, log);
  // Slow on purpose, and off this thread: who comes before it is done waits for it.
  const keys = deriveAccessKeys(mode, installationSecret);
  const peerCheck =
    config.peers === null || mode.kind !== 'password'
      ? null
      : keys.then(({ peers }) => createPeerCheck(peers, wallMs));
  const file =
    mode.kind === 'password' && signOutPath !== null ? openSignOutFile(signOutPath, { wallMs, log }) : null;
  const signOuts = createSignOuts({ lastsMs: SESSION_LASTS_MS, nowMs, wallMs, file });
  const sessions = createSessions({
    key: async () => (await keys).session,
    nowMs,
    wallMs,
    isSignedOut: signOuts.has,
  });
  const accounts = createAccounts({
    password: mode.kind === 'password' ? mode.password : null,
    key: async () => (await keys).device,
    fromOf,
    nowMs,
    log,
  });
  let wrongWallAtMs = Number.NEGATIVE_INFINITY;

  async function sessionOf(visitor: Visitor): Promise<Session | null> {
    const seal = findCookie('session', visitor);
    return seal === null || mode.kind !== 'password' ? null : sessions.open(seal);
  }

  function isApiToken(authorization: string | null): boolean {
    const given = /^Bearer (\S{1,512})$/.exec(authorization ?? '')?.[1];
    return given !== undefined && config.apiToken !== null && isSame(given, config.apiToken);
  }

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
      mode.kind === 'password' && (brings || visitor.path === LOGIN_PATH) ? await accounts.of(visitor) : null;
    onOpened();
    const basic = brings && account !== null ? await accounts.tryBasic(visitor, account) : null;
    // That it is known shows in how soon things are answered: with a password that would be an answer to a guess.
    if (basic?.kind === 'right')
      return { level: 'full', grant: LASTING, wait: null, account, shown: null, holder: 'password' } as const;
    const wait = found.level === 'none' && basic?.kind === 'wait' ? accounts.toWait(basic, visitor) : null;
    // What is answered to everybody does not end with anybody's session.
    return { grant: LASTING, shown: null, holder: null, ...found, wait, account };
  }

  return {
    config,
    async admit(visitor, onOpened = () => {}) {
      const { level, grant, wait, account, shown, holder } = await identifyAll(visitor, onOpened);
      const decision = decideAccess(toAccessInput(visitor, level, config, isTrusted(visitor.peer)));
      return {
        decision,
        level,
        grant,
        wait,
        account,
        shown,
        holder,
        doubt: proxies.findDoubt(visitor),
      };
    },
    isLasting(grant) {
      switch (grant.kind) {
        case 'lasting':
          return true;
        case 'session':
          return sessions.isOpen(grant);
        case 'wall':
          return wallTokens.isValid(grant);
        case 'proxy':
          return isTrusted(grant.peer);
      }
    },
    learnSurroundings: proxies.learn,
    async signIn(password, visitor, known = null) {
      const account = known ?? (await accounts.of(visitor));
      const result = await accounts.try(password, visitor, account);
      if (result.kind === 'wrong') return result;
      if (result.kind === 'wait') return { kind: 'wait', wait: accounts.toWait(result, visitor) };
      return { kind: 'welcome', cookies: [await sessions.begin(), await accounts.keep(account)] };
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

/** @param isTrusted whether it came from a proxy whose word counts */
function toAccessInput(
  visitor: Visitor,
  level: Level,
  { mode, hosts, loopback }: AccessConfig,
  isTrusted: boolean,
): Parameters<typeof decideAccess>[0] {
  const forwardedHost = isTrusted ? visitor.header('x-forwarded-host') : null;
  return {
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
  };
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
