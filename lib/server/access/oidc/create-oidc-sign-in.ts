import { randomBytes } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { OwnCookie } from '#lib/server/access/cookies.ts';
import { newId } from '#lib/server/access/create-sessions.ts';
import { toNextPath } from '#lib/server/access/to-next-path.ts';
import type { OidcClient } from './create-oidc-client.ts';
import { EVERYBODY } from './parse-oidc.ts';
import type { SignedIn } from './read-claims.ts';

/** The way to the provider and back. */
export interface OidcSignIn {
  /**
   * @param seal the flow's cookie, if the browser brings one: all its tabs share one flow, so each may come back first
   * @param next where to go on to afterwards
   */
  start(seal: string | null, next: string): Promise<{ location: string; cookie: OwnCookie } | Failed>;
  finish(seal: string | null, query: URLSearchParams): Promise<Finished>;
  /** Where a browser ends its session at the provider; `null`: there is no such place, or it does not answer. */
  toSignOutUrl(): Promise<string | null>;
}

export interface Failed {
  kind: 'failed';
  /** `refused`: the provider, or its groups, do not let them in. `stale`: not begun here, or too long ago. */
  why: 'refused' | 'stale' | 'unanswered';
}

export type Finished = { kind: 'welcome'; who: SignedIn; next: string } | (Failed & { next: string });

interface Flow {
  kind: 'flow';
  id: string;
  nonce: string;
  verifier: string;
  endsAtMs: number;
}

const FLOW_SECONDS = 600;
/** So many codes are exchanged at a time: whoever makes some up sends the provider no flood through us. */
const MAX_EXCHANGES = 4;
/** Longer ones hold no `next`. */
const MAX_STATE = 2_000;

export function createOidcSignIn(options: {
  client: OidcClient;
  groups: readonly string[];
  /** What seals are made with. */
  key(): Promise<string>;
  /** Epoch milliseconds. */
  wallMs(): number;
  log(text: string): void;
}): OidcSignIn {
  const { client, groups, key, wallMs, log } = options;
  const exchanges = createSemaphore(MAX_EXCHANGES);

  async function open(seal: string | null): Promise<Flow | null> {
    if (seal === null) return null;
    const sealed = unsealData<Partial<Flow>>(seal, { password: await key(), ttl: FLOW_SECONDS });
    const { kind, id, nonce, verifier, endsAtMs } = await sealed.catch((): Partial<Flow> => ({}));
    if (kind !== 'flow' || !id || !nonce || !verifier || !endsAtMs || endsAtMs < wallMs()) return null;
    return { kind, id, nonce, verifier, endsAtMs };
  }

  function begin(): Flow {
    const verifier = randomBytes(32).toString('base64url');
    return { kind: 'flow', id: newId(), nonce: newId(), verifier, endsAtMs: wallMs() + FLOW_SECONDS * 1_000 };
  }

  function isLetIn(who: SignedIn): boolean {
    return groups.includes(EVERYBODY) || who.groups?.some((group) => groups.includes(group)) === true;
  }

  return {
    async start(seal, next) {
      const flow = (await open(seal)) ?? begin();
      const state = toState(flow.id, toNextPath(next));
      try {
        const location = await client.toSignInUrl({ ...flow, state });
        const value = await sealData(flow, { password: await key(), ttl: FLOW_SECONDS });
        return { location, cookie: { kind: 'flow', value, maxAgeSeconds: FLOW_SECONDS } };
      } catch (error) {
        log(`the sign-in provider does not answer as it should: ${toMessage(error)}`);
        return { kind: 'failed', why: 'unanswered' };
      }
    },
    async finish(seal, query) {
      const state = query.get('state') ?? '';
      const next = toNext(state);
      const flow = await open(seal);
      if (flow === null || state !== toState(flow.id, next)) return { kind: 'failed', why: 'stale', next };
      if (query.has('error')) {
        log(`the provider signed nobody in: ${query.get('error')} ${query.get('error_description') ?? ''}`);
        return { kind: 'failed', why: 'refused', next };
      }
      const permit = exchanges.acquire();
      try {
        await permit.ready;
        const who = await client.exchange(query, { ...flow, state });
        if (isLetIn(who)) return { kind: 'welcome', who, next };
        log(`${who.name} signed in at the provider and is in none of VITALS_OIDC_GROUPS`);
        return { kind: 'failed', why: 'refused', next };
      } catch (error) {
        log(`a sign-in could not be checked with the provider: ${toMessage(error)}`);
        return { kind: 'failed', why: 'unanswered', next };
      } finally {
        permit.release();
      }
    },
    async toSignOutUrl() {
      try {
        return await client.toSignOutUrl();
      } catch (error) {
        log(`the sign-in provider does not answer as it should: ${toMessage(error)}`);
        return null;
      }
    },
  };
}

/** Where each tab goes on to comes back with it. */
function toState(id: string, next: string): string {
  const state = `${id}.${Buffer.from(next).toString('base64url')}`;
  return state.length <= MAX_STATE ? state : toState(id, '/');
}

function toNext(state: string): string {
  const text = Buffer.from(state.slice(state.indexOf('.') + 1), 'base64url').toString();
  return state.length > MAX_STATE ? '/' : toNextPath(text);
}

function toMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return `${error.message}${why}`;
}
