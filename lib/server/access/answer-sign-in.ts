import { toPath } from '#lib/view/links/to-path.ts';
import { toSetCookie } from './cookies.ts';
import type { Gate } from './gate.ts';
import type { Account } from './passwords/password-tries.ts';
import { toLoginPage } from './to-login-page.ts';
import { toNextPath } from './to-next-path.ts';
import { toWaitSentence } from './to-wait-sentence.ts';
import { isSecure, type Visitor } from './visitor.ts';

/** What is answered here, and by no route of Next's: whoever waits for a turn takes nobody's place there. */
export const SIGN_IN_PATHS: ReadonlySet<string> = new Set(['/login', '/api/login', '/api/logout']);

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
 */
export async function answerSignIn(gate: Gate, request: SignInRequest): Promise<SignInAnswer> {
  const { visitor, query, body } = request;
  switch (visitor.path) {
    case '/api/login':
      return signIn(gate, request, new URLSearchParams(body));
    case '/api/logout':
      return signOut(gate, visitor);
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

async function signOut(gate: Gate, visitor: Visitor): Promise<SignInAnswer> {
  await gate.signOut(visitor);
  const ended = (['session', 'wall'] as const).map((kind) =>
    toSetCookie({ kind, value: '', maxAgeSeconds: 0 }, isSecure(visitor)),
  );
  return toRedirect('/login', { 'set-cookie': ended });
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
