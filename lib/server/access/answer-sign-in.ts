import { toPath } from '#lib/view/links/to-path.ts';
import { type CookieKind, type OwnCookie, toSetCookie } from './cookies.ts';
import type { Gate } from './gate.ts';
import type { Person } from './grants/grants.ts';
import type { Failed, OidcSignIn } from './oidc/create-oidc-sign-in.ts';
import { CALLBACK_PATH } from './oidc/parse-oidc.ts';
import type { Account } from './passwords/password-tries.ts';
import { type ProviderPage, toLoginPage, toProviderPage } from './to-login-page.ts';
import { toNextPath } from './to-next-path.ts';
import { toWaitSentence } from './to-wait-sentence.ts';
import { findCookie, isSecure, type Visitor } from './visitor.ts';

/** What is answered here, and by no route of Next's: whoever waits for a turn takes nobody's place there. */
export const SIGN_IN_PATHS: ReadonlySet<string> = new Set([
  '/login',
  CALLBACK_PATH,
  '/api/login',
  '/api/logout',
]);

/** What the guard has let through to one of {@link SIGN_IN_PATHS}. */
export interface SignInRequest {
  visitor: Visitor;
  /** With its `?`, or empty. */
  query: string;
  /** As a form sends it. */
  body: string;
  /** Against whom a wrong password counts (`Admission`). */
  account: Account | null;
  /** What this answer's style carries. */
  nonce: string;
}

export interface SignInAnswer {
  statusCode: number;
  headers: Record<string, string | string[]>;
  body: string;
}

/**
 * `GET /login` asks for the password: a page without scripts, with nothing of the swarm in it. `POST /api/login` takes it
 * (`password` and `next` as a form) and gives a sealed cookie for the right one. `POST /api/logout` ends the session here
 * and now; its cookie opens nothing any more, wherever it is kept.
 *
 * With a provider, `GET /login` leads there, `GET /login/callback` is where it sends people back to, and signing out ends
 * the session there as well.
 */
export async function answerSignIn(gate: Gate, request: SignInRequest): Promise<SignInAnswer> {
  const { visitor, query, body } = request;
  const { oidc } = gate;
  if (oidc !== null && visitor.path !== '/api/logout') return answerProvider(gate, oidc, request);
  switch (visitor.path) {
    case '/api/login':
      return signIn(gate, request, new URLSearchParams(body));
    case '/api/logout':
      return signOut(gate, request);
    default:
      return toPage(gate, request, { next: new URLSearchParams(query).get('next'), problem: null }, 200);
  }
}

async function signIn(gate: Gate, request: SignInRequest, form: URLSearchParams): Promise<SignInAnswer> {
  const { visitor, account } = request;
  const next = form.get('next');
  const password = form.get('password');
  // That is no try: whoever sends JSON, or nothing, shall not wait for it as for wrong ones.
  if (password === null)
    return toPage(gate, request, { next, problem: 'Send the password as a form: password=…' }, 400);
  const result = await gate.signIn(password, visitor, account);
  switch (result.kind) {
    case 'wrong':
      return toPage(gate, request, { next, problem: 'That is not the password.' }, 401);
    case 'wait':
      return toPage(gate, request, { next, problem: toWaitSentence(result.wait) }, 429, {
        'retry-after': String(result.wait.seconds),
      });
    case 'welcome':
      return toRedirect(toNextPath(next), {
        'set-cookie': result.cookies.map((cookie) => toSetCookie(cookie, isSecure(visitor))),
      });
  }
}

/**
 * In the place of a flow, of a browser in which somebody signed out. Its other pages notice, and would be signed in again
 * at once, by what the provider still knows: not before somebody wants it.
 */
const STAYS_OUT: OwnCookie = { kind: 'flow', value: 'out', maxAgeSeconds: 7 * 24 * 3600 };

async function signOut({ oidc, ...gate }: Gate, { visitor, nonce }: SignInRequest): Promise<SignInAnswer> {
  await gate.signOut(visitor);
  const cookies = (['session', 'wall'] as const).map((kind) => toEnded(kind, visitor));
  if (oidc === null) return toRedirect('/login', { 'set-cookie': cookies });
  const headers = { 'set-cookie': [...cookies, toSetCookie(STAYS_OUT, isSecure(visitor))] };
  const href = await oidc.toSignOutUrl();
  if (href === null) return toRedirect('/login?signed-out=1', headers);
  return toProviderAnswer(
    {
      nonce,
      text: 'You are signed out here.',
      isProblem: false,
      links: [toSignOutLink(href)],
      goesOn: { href, inSeconds: 0 },
    },
    200,
    headers,
  );
}

function toEnded(kind: CookieKind, visitor: Visitor): string {
  return toSetCookie({ kind, value: '', maxAgeSeconds: 0 }, isSecure(visitor));
}

/** What people are told whom the provider does not bring in, or not yet. */
const FAILURES: Record<Failed['why'], { statusCode: number; text: string }> = {
  refused: {
    statusCode: 403,
    text: 'The provider did not sign you in, or you are in none of the groups that may see this.',
  },
  stale: {
    statusCode: 400,
    text: 'This sign-in was not begun in this browser, or took longer than ten minutes.',
  },
  unanswered: {
    statusCode: 502,
    text: 'The sign-in provider does not answer as it should; the server’s log says what it did.',
  },
  busy: { statusCode: 503, text: 'Too many people sign in at the moment.' },
};
/** A page that nobody stands before is to come back with the provider. */
const TRY_EVERY_SECONDS = 15;

async function answerProvider(gate: Gate, oidc: OidcSignIn, request: SignInRequest): Promise<SignInAnswer> {
  const { visitor, nonce } = request;
  if (visitor.path === CALLBACK_PATH) return answerCallback(gate, oidc, request);
  if (visitor.path === '/api/login') return toRedirect('/login');
  const query = new URLSearchParams(request.query);
  const seal = findCookie('flow', visitor);
  const next = toNextPath(query.get('next'));
  const isWanted = query.has('start');
  if (query.has('signed-out') || (seal === STAYS_OUT.value && !isWanted)) return toSignedOut(nonce, next);
  const started = await oidc.start(seal, { next, isAgain: query.has('again') });
  if ('kind' in started)
    return toFailure(nonce, started, next, { againPath: toLoginPath(next, isWanted ? 'start' : null) });
  return toRedirect(started.location, { 'set-cookie': toSetCookie(started.cookie, isSecure(visitor)) });
}

async function answerCallback(gate: Gate, oidc: OidcSignIn, request: SignInRequest): Promise<SignInAnswer> {
  const { visitor, nonce } = request;
  const seal = findCookie('flow', visitor);
  const result = await oidc.finish(seal, new URLSearchParams(request.query), visitor);
  const { next } = result;
  if (result.kind === 'failed') {
    if (result.why === 'refused')
      // It would name the same person again, without asking.
      return toFailure(nonce, result, next, { signOutUrl: await oidc.toSignOutUrl() });
    if (result.why !== 'stale') return toFailure(nonce, result, next);
    // Another tab of this browser was here before.
    if (await isSignedIn(gate, visitor)) return toRedirect(next);
    if (seal === STAYS_OUT.value) return toSignedOut(nonce, next);
    // Of tabs that began at the same time only one has its flow in the cookie: the others find it the next time.
    return result.isAgain ? toFailure(nonce, result, next) : toRedirect(toLoginPath(next, 'again'));
  }
  const { name, groups, endsAtMs } = result.who;
  const person = { name, groups: groups ?? [] };
  if (!gate.mayEnter(person)) {
    gate.audit.refused(person, visitor, NO_GRANT);
    return toFailure(nonce, { kind: 'failed', why: 'refused' }, next, {
      signOutUrl: await oidc.toSignOutUrl(),
      text: toNoGrantText(person),
    });
  }
  gate.audit.signedIn(person, visitor);
  const session = await gate.beginSession(endsAtMs, person);
  return toRedirect(next, {
    'set-cookie': [toSetCookie(session, isSecure(visitor)), toEnded('flow', visitor)],
  });
}

/** For the log. */
const NO_GRANT = 'none of their groups has a grant (VITALS_GRANTS)';

/** @param person `null`: nobody is named */
export function toNoGrantText(person: Person | null): string {
  const who = person === null ? 'You are let in' : `You are signed in as ${person.name}`;
  return `${who}, and none of your groups may see anything here. Ask whoever runs Swarm Vitals: it is set in VITALS_GRANTS.`;
}

/** @param flag `start`: somebody wants it. `again`: it was tried a moment ago */
function toLoginPath(next: string, flag: 'start' | 'again' | null): string {
  const query = new URLSearchParams(next === '/' ? {} : { next });
  if (flag !== null) query.set(flag, '1');
  return query.size === 0 ? '/login' : `/login?${query}`;
}

const toSignOutLink = (href: string) => ({ href, text: 'Sign out at the provider' });
const toSignInLink = (next: string) => ({ href: toPath(toLoginPath(next, 'start')), text: 'Sign in' });

function toSignedOut(nonce: string, next: string): SignInAnswer {
  const links = [toSignInLink(next)];
  return toProviderAnswer({ nonce, text: 'You are signed out.', isProblem: false, links, goesOn: null }, 200);
}

/**
 * @param againPath where it goes by itself after a while; `null`: somebody has to want it
 * @param signOutUrl where they can become somebody else at the provider; `null`: that would not help
 */
function toFailure(
  nonce: string,
  { why }: Failed,
  next: string,
  given: { againPath?: string | null; signOutUrl?: string | null; text?: string } = {},
): SignInAnswer {
  const { statusCode } = FAILURES[why];
  const { againPath = null, signOutUrl = null, text = FAILURES[why].text } = given;
  const goesOn = againPath === null ? null : { href: toPath(againPath), inSeconds: TRY_EVERY_SECONDS };
  const links = [toSignInLink(next), ...(signOutUrl === null ? [] : [toSignOutLink(signOutUrl)])];
  return toProviderAnswer({ nonce, text, isProblem: true, links, goesOn }, statusCode);
}

async function isSignedIn(gate: Gate, visitor: Visitor): Promise<boolean> {
  return (await gate.admit(visitor)).level === 'full';
}

/** A page without a word of the swarm. */
export function toProviderAnswer(
  page: ProviderPage,
  statusCode: number,
  headers: Record<string, string | string[]> = {},
): SignInAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: toProviderPage(page),
  };
}

function toPage(
  gate: Gate,
  { nonce }: SignInRequest,
  { next, problem }: { next: string | null; problem: string | null },
  statusCode: number,
  headers: Record<string, string> = {},
): SignInAnswer {
  if (gate.config.mode.kind !== 'password') return toRedirect('/');
  return {
    statusCode,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: toLoginPage({ nonce, action: toPath('/api/login'), next: toNextPath(next), problem }),
  };
}

/** The path alone, so it holds behind any proxy; the server puts the base path before it. */
function toRedirect(location: string, headers: Record<string, string | string[]> = {}): SignInAnswer {
  return { statusCode: 303, headers: { ...headers, location, 'cache-control': 'no-store' }, body: '' };
}
