import { type Scope, toSwarmScope } from '#lib/model/contract/scope.ts';
import { SWARM_HEADER, toFleetRoute } from '#lib/server/fleet/fleet-address.ts';
import { toParty } from '#lib/server/http/to-party.ts';
import { type AccessConfig, hasSessions } from './access.ts';
import { deriveAccessKeys } from './access-keys.ts';
import { createAudit } from './create-audit.ts';
import { createIdentities } from './create-identities.ts';
import { createSessions, SESSION_LASTS_MS } from './create-sessions.ts';
import { createWallTokens, WALL_SECONDS } from './create-wall-tokens.ts';
import { decideAccess } from './decide-access.ts';
import type { Gate, Identity } from './gate.ts';
import { toKept, toScope } from './grants/grants.ts';
import { isKnownHost } from './is-known-host.ts';
import { createOidcClient } from './oidc/create-oidc-client.ts';
import { createOidcSignIn } from './oidc/create-oidc-sign-in.ts';
import { createAccounts } from './passwords/create-accounts.ts';
import { createProxyWord } from './proxies/create-proxy-word.ts';
import type { Surroundings } from './proxies/proxy-trust.ts';
import { findRouteNeed, READY_PATH } from './routes.ts';
import { createSignOuts } from './sign-outs/create-sign-outs.ts';
import { openSignOutFile } from './sign-outs/open-sign-out-file.ts';
import { joinSignOuts, openSignOutTable, type SignOutDatabase } from './sign-outs/open-sign-out-table.ts';
import { createPeerAsk, createPeerCheck } from './sign-outs/peer-proof.ts';
import { SIGNED_OUT_PATH } from './sign-outs/watch-peers.ts';
import { isForeignOrigin, type Visitor } from './visitor.ts';

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
  /** Where all servers keep who signed out. */
  signOutDatabase?: SignOutDatabase | null;
}

export function createGate(
  config: AccessConfig,
  { nowMs, wallMs, log, installationSecret, surroundings, signOutPath, signOutDatabase = null }: GateOptions,
): Gate {
  const { mode } = config;
  const proxies = createProxyWord(config, surroundings, log);
  const { isTrusted, fromOf } = proxies;
  const wallTokens = createWallTokens(config.wallTokens, log);
  // Slow on purpose, and off this thread: who comes before it is done waits for it.
  const keys = deriveAccessKeys(mode, installationSecret);
  const peerCheck =
    config.peers === null || !hasSessions(mode)
      ? null
      : keys.then(({ peers }) => createPeerCheck(peers, wallMs));
  const kept = hasSessions(mode) ? openSignOuts(signOutPath, signOutDatabase, { wallMs, log }) : null;
  const signOuts = createSignOuts({ lastsMs: SESSION_LASTS_MS, nowMs, wallMs, file: kept });
  const sessions = createSessions({
    key: async () => (await keys).session,
    nowMs,
    wallMs,
    isSignedOut: signOuts.has,
  });
  const audit = createAudit({ config, fromOf, nowMs, log });
  const accounts = createAccounts({
    password: mode.kind === 'password' ? mode.password : null,
    key: async () => (await keys).device,
    fromOf,
    nowMs,
    onWrong: audit.wrongPassword,
  });
  const key = async () => (await keys).flow;
  const oidc = createOidc(config, { key, fromOf, nowMs, wallMs, log });

  const identities = createIdentities({ config, isTrusted, sessions, wallTokens, accounts, nowMs });

  return {
    config,
    fromOf,
    async admit(visitor, onOpened = () => {}) {
      const identity = await identities.of(visitor, onOpened);
      const swarm = visitor.header(SWARM_HEADER);
      const own = swarm === null ? identity.scope : toSwarmScope(identity.scope, swarm);
      const elsewhere = swarm === null ? null : findElsewhere(visitor, identity, own);
      const seen = elsewhere === null ? visitor : { ...visitor, path: elsewhere };
      const scope = elsewhere === null ? own : identity.scope;
      const input = toAccessInput(seen, { ...identity, scope }, config, isTrusted(visitor.peer));
      const decision = decideAccess(input);
      return { ...identity, decision, elsewhere, doubt: proxies.findDoubt(visitor) };
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
          return isTrusted(grant.peer) && nowMs() < grant.untilMs;
      }
    },
    learnSurroundings: proxies.learn,
    async signIn(password, visitor, known = null) {
      const account = known ?? (await accounts.of(visitor));
      const result = await accounts.try(password, visitor, account);
      if (result.kind === 'wrong') return result;
      if (result.kind === 'wait') return { kind: 'wait', wait: accounts.toWait(result, visitor) };
      audit.signedIn(null, visitor);
      return { kind: 'welcome', cookies: [await sessions.begin(), await accounts.keep(account)] };
    },
    oidc,
    beginSession(endsAtMs, person) {
      const leastMs = mode.kind === 'oidc' ? mode.oidc.minSessionMs : 0;
      return sessions.begin(Math.max(endsAtMs, wallMs() + leastMs), toKept(person, config.grants));
    },
    mayEnter: (person) => toScope(config.grants, person).rights.length > 0,
    audit,
    async signOut(visitor) {
      const session = await identities.sessionOf(visitor);
      if (session === null) return;
      await signOuts.add(session.id);
      audit.signedOut(session.person, visitor);
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
      if (value === null) {
        audit.wrongWallToken(visitor);
        return null;
      }
      audit.wallOpened(visitor);
      return { kind: 'wall', value, maxAgeSeconds: WALL_SECONDS };
    },
  };
}

/** Where those who signed out are kept: in the file, in the database, or in both. */
function openSignOuts(
  path: string | null,
  database: SignOutDatabase | null,
  { wallMs, log }: Pick<GateOptions, 'wallMs' | 'log'>,
) {
  const file = path === null ? null : openSignOutFile(path, { wallMs, log });
  const table = database === null ? null : openSignOutTable(database, { wallMs });
  return file !== null && table !== null ? joinSignOuts(file, table) : (file ?? table);
}

function createOidc(
  { mode }: AccessConfig,
  parts: Pick<GateOptions, 'nowMs' | 'wallMs' | 'log'> & Pick<Gate, 'fromOf'> & { key(): Promise<string> },
) {
  if (mode.kind !== 'oidc') return null;
  const { fromOf, ...rest } = parts;
  return createOidcSignIn({
    client: createOidcClient(mode.oidc, rest.nowMs),
    groups: mode.oidc.groups,
    partyOf: (visitor) => toParty(fromOf(visitor)),
    ...rest,
  });
}

/**
 * The route that answers where the swarm of an address is none that they may see; `null`: the one that was asked for does.
 * What anybody may ask for is then answered as above all swarms.
 */
function findElsewhere({ path, address }: Visitor, { level, scope }: Identity, own: Scope): string | null {
  if (findRouteNeed(path)?.who === 'anybody') {
    if (level !== 'none' && own.rights.length > 0) return null;
    return path === READY_PATH ? toFleetRoute(address) : path;
  }
  // To a person without any right that is said; a screen of no swarm finds nothing anywhere.
  const isNamed = scope.isWall || scope.rights.length > 0;
  return level !== 'none' && isNamed && own.rights.length === 0 ? toFleetRoute(address) : null;
}

/** @param isTrusted whether it came from a proxy whose word counts */
function toAccessInput(
  visitor: Visitor,
  { level, scope }: Pick<Identity, 'level' | 'scope'>,
  { mode, hosts, loopback }: AccessConfig,
  isTrusted: boolean,
): Parameters<typeof decideAccess>[0] {
  const forwardedHost = isTrusted ? visitor.header('x-forwarded-host') : null;
  return {
    method: visitor.method,
    path: visitor.path,
    level,
    scope,
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
