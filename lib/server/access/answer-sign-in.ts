import { toPath } from '#lib/view/links/to-path.ts';
import { type CookieKind, toSetCookie } from './cookies.ts';
import type { Gate } from './gate.ts';
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
  const result = await gate.signIn(form.get('password') ?? '', visitor, account);
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

async function signOut({ oidc, ...gate }: Gate, { visitor, nonce }: SignInRequest): Promise<SignInAnswer> {
  await gate.signOut(visitor);
  const headers = { 'set-cookie': (['session', 'wall'] as const).map((kind) => toEnded(kind, visitor)) };
  if (oidc === null) return toRedirect('/login', headers);
  const url = await oidc.toSignOutUrl();
  if (url === null) return toRedirect('/login?signed-out=1', headers);
  const link = { href: url, text: 'Sign out at the provider' };
  const text = 'You are signed out here.';
  return toProviderAnswer({ nonce, text, isProblem: false, link, isOnItsWay: true }, 200, headers);
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
};

async function answerProvider(gate: Gate, oidc: OidcSignIn, request: SignInRequest): Promise<SignInAnswer> {
  const { visitor, nonce } = request;
  const query = new URLSearchParams(request.query);
  const seal = findCookie('flow', visitor);
  const again = (next: string) => ({
    href: toPath(next === '/' ? '/login' : `/login?${new URLSearchParams({ next })}`),
    text: 'Sign in',
  });
  const fail = ({ why }: Failed, next: string) => {
    const { statusCode, text } = FAILURES[why];
    return toProviderAnswer(
      { nonce, text, isProblem: true, link: again(next), isOnItsWay: false },
      statusCode,
    );
  };
  if (visitor.path === CALLBACK_PATH) {
    const result = await oidc.finish(seal, query);
    if (result.kind === 'failed')
      // Another tab of this browser was here before.
      return result.why === 'stale' && (await isSignedIn(gate, visitor))
        ? toRedirect(result.next)
        : fail(result, result.next);
    gate.noteSignIn(result.who.name, visitor);
    const session = await gate.beginSession(result.who.endsAtMs);
    return toRedirect(result.next, {
      'set-cookie': [toSetCookie(session, isSecure(visitor)), toEnded('flow', visitor)],
    });
  }
  if (visitor.path === '/api/login') return toRedirect('/login');
  const next = toNextPath(query.get('next'));
  if (query.has('signed-out')) {
    const text = 'You are signed out.';
    return toProviderAnswer({ nonce, text, isProblem: false, link: again('/'), isOnItsWay: false }, 200);
  }
  const started = await oidc.start(seal, next);
  if ('kind' in started) return fail(started, next);
  return toRedirect(started.location, { 'set-cookie': toSetCookie(started.cookie, isSecure(visitor)) });
}

async function isSignedIn(gate: Gate, visitor: Visitor): Promise<boolean> {
  return (await gate.admit(visitor)).level === 'full';
}

function toProviderAnswer(
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
