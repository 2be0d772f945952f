import { randomBytes } from 'node:crypto';
import type { Pair } from '#lib/server/http/create-pair-queue.ts';
import { toParty } from '#lib/server/http/to-party.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { hasSessions, type Level } from './access.ts';
import { type SignInAnswer, toNoGrantText, toProviderAnswer } from './answer-sign-in.ts';
import { toSetCookie } from './cookies.ts';
import type { Refusal } from './decide-access.ts';
import type { Admission, Gate } from './gate.ts';
import type { Account } from './passwords/password-tries.ts';
import { toSecurityHeaders } from './to-security-headers.ts';
import { toWaitSentence } from './to-wait-sentence.ts';
import { isSecure, type Visitor } from './visitor.ts';

/** How far the sender of a request may go, as routes read it. Whatever a request says there itself is overwritten. */
export const LEVEL_HEADER = 'x-vitals-level';
/** What its sender may see (`Scope`), as JSON. */
export const SCOPE_HEADER = 'x-vitals-scope';
/** Who they are, as far as they are named; percent-encoded. Empty: nobody is named. */
export const PERSON_HEADER = 'x-vitals-person';
/** Where somebody signed in, who can sign out: `here` or at the `provider`. */
export const SESSION_HEADER = 'x-vitals-session';
/** What this answer's scripts and styles carry. */
export const NONCE_HEADER = 'x-nonce';

/** Of all swarms, and below any name: what is said of a token does not say which swarms there are. */
const WALL = /^(\/swarms\/[^/]+)?\/wall$/;

/** All that routes and Next go by and that nobody may say of themselves. Next takes the nonce from the policy. */
export const GUARDED_HEADERS = [
  LEVEL_HEADER,
  SCOPE_HEADER,
  PERSON_HEADER,
  SESSION_HEADER,
  NONCE_HEADER,
  'content-security-policy',
] as const;

export type Verdict =
  /** All that its sender gets. */
  | ({ kind: 'answer' } & SignInAnswer)
  /** On to its route: with these in the place of what it says itself (`GUARDED_HEADERS`), and these in its answer. */
  | {
      kind: 'pass';
      level: Level;
      stamps: Record<string, string>;
      headers: Record<string, string>;
      account: Account | null;
      /** What let it in, and whom it counts for (`Admission`). */
      shown: string | null;
      holder: string | null;
      /** Who it is and from where, where people have to wait in turn. */
      pair: Pair;
      /** The route that answers in the place of the one that was asked for (`Admission`). */
      elsewhere: string | null;
    };

type Answer = Extract<Verdict, { kind: 'answer' }>;

/**
 * What every request but those for files goes through, before Next sees it.
 *
 * @param query with its `?`, or empty
 * @param onOpened called as soon as none of its cookies has to be opened any more
 */
export async function guardRequest(
  gate: Gate,
  visitor: Visitor,
  query: string,
  onOpened?: () => void,
): Promise<Verdict> {
  const nonce = randomBytes(16).toString('base64');
  const security = toSecurityHeaders(nonce, {
    frameAncestors: gate.config.frameAncestors,
    dev: gate.config.development,
  });
  const verdict = await decide(gate, visitor, query, nonce, onOpened);
  if (verdict.kind === 'answer') return { ...verdict, headers: { ...security, ...verdict.headers } };
  const { level, scope, grant, account, shown, holder, person, elsewhere } = verdict;
  const stamps: Record<string, string> = {
    [LEVEL_HEADER]: level,
    [NONCE_HEADER]: nonce,
    'content-security-policy': security['content-security-policy'] ?? '',
  };
  if (grant.kind === 'session') stamps[SESSION_HEADER] = gate.oidc === null ? 'here' : 'provider';
  stamps[PERSON_HEADER] = encodeURIComponent(toPersonName(person, holder));
  stamps[SCOPE_HEADER] = encodeURIComponent(JSON.stringify(scope));
  // Behind a proxy that says from where, people have addresses of their own.
  const from = toParty(gate.fromOf(visitor));
  const who = holder ?? (person === null ? from : `person ${person.name.replaceAll(':', ' ')}`);
  return {
    kind: 'pass',
    level,
    stamps,
    headers: security,
    account,
    shown,
    holder,
    pair: { from, who },
    elsewhere,
  };
}

/** A program that shows the token is named as that. Half of a character, which a name may end with, has no code of its own. */
function toPersonName(person: Admission['person'], holder: string | null): string {
  return (person?.name.slice(0, 200) ?? (holder === 'token' ? 'API token' : '')).toWellFormed();
}

/** Whom we know and who wanted what is not for them: what they can do is said, and nothing leads in a circle. */
function toRefusal({ scope, person, grant }: Admission, refusal: Refusal, nonce: string): Answer {
  const isEmpty = scope.rights.length === 0;
  const links = isEmpty ? [] : [{ href: toPath('/'), text: 'To what you may see' }];
  const signOutPath = grant.kind === 'session' ? toPath('/api/logout') : null;
  const text = isEmpty ? toNoGrantText(person) : refusal.message;
  const page = { nonce, title: 'Not for you', text, isProblem: true, links, signOutPath, goesOn: null };
  return { kind: 'answer', ...toProviderAnswer(page, refusal.statusCode) };
}

async function decide(gate: Gate, visitor: Visitor, query: string, nonce: string, onOpened?: () => void) {
  const admission = await gate.admit(visitor, onOpened);
  const { decision, level, scope, grant, wait, doubt, account, shown, holder } = admission;
  const parameters = new URLSearchParams(query);
  const token = parameters.get('token');
  if (WALL.test(visitor.address) && token !== null && decision.kind !== 'refuse')
    return openWall(gate, visitor, token, parameters);
  if (decision.kind === 'refuse' && decision.isKnown)
    gate.audit.refused(admission.person, visitor, decision.message);
  if (decision.kind === 'refuse')
    return decision.page
      ? toRefusal(admission, decision, nonce)
      : toError(decision.statusCode, decision.message);
  if (decision.kind === 'allow')
    return {
      ...({ kind: 'pass', level, scope, grant, account, shown, holder } as const),
      ...{ person: admission.person, elsewhere: admission.elsewhere },
    };
  if (wait !== null)
    // A program that sends the password learns that it was not even compared.
    return toError(429, toWaitSentence(wait), { 'retry-after': String(wait.seconds) });
  if (!decision.page || !hasSessions(gate.config.mode)) return toError(401, toUnauthorized(gate, doubt));
  // What Next's router in a page adds to an address of its own is no part of where to go on to.
  parameters.delete('_rsc');
  const next = `${visitor.address}${toQuery(parameters)}`;
  return toRedirect(`/login${next === '/' ? '' : toQuery(new URLSearchParams({ next }))}`);
}

/** A screen comes with its token in the address, and goes on without it: addresses are seen and logged. */
async function openWall(
  gate: Gate,
  visitor: Visitor,
  token: string,
  parameters: URLSearchParams,
): Promise<Answer> {
  parameters.delete('token');
  const wall = `${visitor.address}${toQuery(parameters)}`;
  if (gate.config.mode.kind === 'none') return toRedirect(wall);
  const pass = await gate.openWall(token, visitor);
  if (pass === null) return toError(403, 'This token opens no wall: it is wrong, or was revoked.');
  return toRedirect(wall, { 'set-cookie': toSetCookie(pass, isSecure(visitor)) });
}

function toQuery(parameters: URLSearchParams): string {
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** The path alone, so it holds behind any proxy; the server puts the base path before it. */
function toRedirect(location: string, headers: Record<string, string> = {}): Answer {
  return {
    kind: 'answer',
    statusCode: 303,
    headers: { ...headers, location, 'cache-control': 'no-store' },
    body: '',
  };
}

function toError(statusCode: number, error: string, headers: Record<string, string> = {}): Answer {
  return {
    kind: 'answer',
    statusCode,
    headers: { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ error }),
  };
}

function toUnauthorized({ config }: Gate, doubt: string | null): string {
  if (config.mode.kind === 'proxy' && doubt !== null) return doubt;
  return config.mode.kind === 'proxy'
    ? `Sign in at the proxy in front of Swarm Vitals: it names who you are in ${config.mode.header}.`
    : `Sign in at ${toPath('/login')}, or send the API token as a bearer token.`;
}
