import { randomBytes } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import type { OwnCookie } from '#lib/server/access/cookies.ts';
import { newId } from '#lib/server/access/create-sessions.ts';
import { toNextPath } from '#lib/server/access/to-next-path.ts';
import type { Visitor } from '#lib/server/access/visitor.ts';
import { createExchangeTurns } from './create-exchange-turns.ts';
import type { OidcClient } from './create-oidc-client.ts';
import { EVERYBODY } from './parse-oidc.ts';
import { formatProviderError, isCodeOver } from './provider-errors.ts';
import type { SignedIn } from './read-claims.ts';

/** The way to the provider and back. */
export interface OidcSignIn {
  /**
   * @param seal the flow's cookie, if the browser brings one: all its tabs share one flow, so each may come back first
   * @param way where to go on to afterwards, and whether it was tried a moment ago
   */
  start(seal: string | null, way: Way): Promise<{ location: string; cookie: OwnCookie } | Failed>;
  finish(seal: string | null, query: URLSearchParams, visitor: Visitor): Promise<Finished>;
  /** Where a browser ends its session at the provider; `null`: there is no such place, or it does not answer. */
  toSignOutUrl(): Promise<string | null>;
}

export interface Way {
  next: string;
  isAgain: boolean;
}

export interface Failed {
  kind: 'failed';
  /**
   * `refused`: the provider, or its groups, do not let them in. `stale`: not begun here, too long ago, or over at the
   * provider: begun once more it nearly always succeeds. `busy`: too many sign in.
   */
  why: 'refused' | 'stale' | 'unanswered' | 'busy';
}

export type Finished = { kind: 'welcome'; who: SignedIn; next: string } | (Failed & Way);

interface Flow {
  kind: 'flow';
  id: string;
  nonce: string;
  verifier: string;
  endsAtMs: number;
}

const FLOW_SECONDS = 600;
/** Whoever makes codes up sends the provider no flood through us, and keeps nobody else from signing in. */
const TURNS = { maxAtOnce: 4, maxWaiting: 256, holdMs: 1_000 };
/** Longer ones hold no `next`. */
const MAX_STATE = 2_000;
/** What strangers can bring about is said in the log this often. */
const LOG_EVERY_MS = 10_000;
const MAX_GROUPS_IN_LOG = 20;

export function createOidcSignIn(options: {
  client: OidcClient;
  groups: readonly string[];
  /** What seals are made with. */
  key(): Promise<string>;
  /** Whom an exchange counts for. */
  partyOf(visitor: Visitor): string;
  /** Monotonic, in milliseconds. */
  nowMs(): number;
  /** Epoch milliseconds. */
  wallMs(): number;
  log(text: string): void;
}): OidcSignIn {
  const { client, groups, key, partyOf, wallMs, log } = options;
  const turns = createExchangeTurns(TURNS);
  const logSeldom = createSeldomLog(log, options.nowMs);

  async function open(seal: string | null): Promise<Flow | null> {
    if (seal === null) return null;
    const sealed = unsealData<Partial<Flow>>(seal, { password: await key(), ttl: FLOW_SECONDS });
    const { kind, id, nonce, verifier, endsAtMs } = await sealed.catch((): Partial<Flow> => ({}));
    if (kind !== 'flow' || !id || !nonce || !verifier || !endsAtMs || endsAtMs < wallMs()) return null;
    return { kind, id, nonce, verifier, endsAtMs };
  }

  function begin(): Omit<Flow, 'endsAtMs'> {
    const verifier = randomBytes(32).toString('base64url');
    return { kind: 'flow', id: newId(), nonce: newId(), verifier };
  }

  function isLetIn(who: SignedIn): boolean {
    return groups.includes(EVERYBODY) || who.groups?.some((group) => groups.includes(group)) === true;
  }

  return {
    async start(seal, way) {
      // Whoever begins once more has all the time there is.
      const flow = { ...((await open(seal)) ?? begin()), endsAtMs: wallMs() + FLOW_SECONDS * 1_000 };
      const state = toState(flow.id, { ...way, next: toNextPath(way.next) });
      try {
        const location = await client.toSignInUrl({ ...flow, state });
        const value = await sealData(flow, { password: await key(), ttl: FLOW_SECONDS });
        return { location, cookie: { kind: 'flow', value, maxAgeSeconds: FLOW_SECONDS } };
      } catch (error) {
        logSeldom(`the sign-in provider does not answer as it should: ${formatProviderError(error)}`);
        return { kind: 'failed', why: 'unanswered' };
      }
    },
    async finish(seal, query, visitor) {
      const state = query.get('state') ?? '';
      const way = toWay(state);
      const fail = (why: Failed['why']): Finished => ({ kind: 'failed', why, ...way });
      const flow = await open(seal);
      if (flow === null || state !== toState(flow.id, way)) return fail('stale');
      const error = query.get('error');
      if (error !== null) {
        logSeldom(`the provider signed nobody in: ${error} ${query.get('error_description') ?? ''}`);
        // Keycloak says it of a page that somebody left open for long, or in several tabs.
        return fail(error === 'temporarily_unavailable' ? 'stale' : 'refused');
      }
      try {
        const who = await turns.take(
          partyOf(visitor),
          () => visitor.isGone?.() === true,
          () => client.exchange(query, { ...flow, state }),
        );
        if (who === null) return fail('busy');
        if (isLetIn(who)) return { kind: 'welcome', who, next: way.next };
        log(
          `${who.name} signed in at the provider and is in none of VITALS_OIDC_GROUPS: ${formatGroups(who)}`,
        );
        return fail('refused');
      } catch (failure) {
        logSeldom(`a sign-in could not be checked with the provider: ${formatProviderError(failure)}`);
        return fail(isCodeOver(failure) ? 'stale' : 'unanswered');
      }
    },
    async toSignOutUrl() {
      try {
        return await client.toSignOutUrl();
      } catch (error) {
        logSeldom(`the sign-in provider does not answer as it should: ${formatProviderError(error)}`);
        return null;
      }
    },
  };
}

/** Where each tab goes on to comes back with it. */
function toState(id: string, { next, isAgain }: Way): string {
  const state = [id, Buffer.from(next).toString('base64url'), ...(isAgain ? ['again'] : [])].join('.');
  return state.length <= MAX_STATE ? state : toState(id, { next: '/', isAgain });
}

function toWay(state: string): Way {
  const [, next = '', again] = state.split('.', 3);
  const text = Buffer.from(next, 'base64url').toString();
  return { next: state.length > MAX_STATE ? '/' : toNextPath(text), isAgain: again === 'again' };
}

function createSeldomLog(log: (text: string) => void, nowMs: () => number): (text: string) => void {
  let atMs = Number.NEGATIVE_INFINITY;
  let left = 0;
  return (text) => {
    if (nowMs() - atMs < LOG_EVERY_MS) {
      left += 1;
      return;
    }
    log(left === 0 ? text : `${text} (${left} more since the last such line)`);
    atMs = nowMs();
    left = 0;
  };
}

/** So that an operator sees at once what to set. */
function formatGroups({ groups, areElsewhere }: SignedIn): string {
  if (areElsewhere)
    return 'it does not say which, because they are too many (Entra ID: have it send those of the application alone)';
  if (groups === null) return 'it says nothing in the claim VITALS_OIDC_GROUPS_CLAIM';
  if (groups.length === 0) return 'they are in none';
  const more = groups.length > MAX_GROUPS_IN_LOG ? ', …' : '';
  return `they are in ${groups.slice(0, MAX_GROUPS_IN_LOG).join(', ')}${more}`;
}
