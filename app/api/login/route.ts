import { answerLogin } from '#lib/server/access/answer-login.ts';
import { SESSION_COOKIE } from '#lib/server/access/create-gate.ts';
import { getGate } from '#lib/server/access/get-gate.ts';
import { toNextPath } from '#lib/server/access/to-next-path.ts';
import { toSetCookie } from '#lib/server/access/to-set-cookie.ts';
import { toVisitor } from '#lib/server/access/to-visitor.ts';
import { toJson } from '#lib/server/to-json.ts';

export const dynamic = 'force-dynamic';

const MAX_BYTES = 8_192;

/** `POST /api/login`: `password` and `next` as a form; a sealed cookie for the right one. */
export async function POST(request: Request): Promise<Response> {
  const gate = getGate();
  if (gate === null || Number(request.headers.get('content-length') ?? MAX_BYTES + 1) > MAX_BYTES)
    return toJson({ error: 'Too long.' }, 413);
  const form = new URLSearchParams(await request.text());
  const next = form.get('next');
  const visitor = toVisitor(request);
  const signIn = await gate.signIn(form.get('password') ?? '', visitor);
  if (signIn.kind === 'wrong')
    return answerLogin(request, { next, problem: 'That is not the password.', status: 401 });
  if (signIn.kind === 'wait') {
    const problem = `Too many wrong passwords. Try again in ${signIn.seconds} s.`;
    return answerLogin(request, { next, problem, status: 429 }, { 'retry-after': String(signIn.seconds) });
  }
  const secure = gate.isSecure(visitor, new URL(request.url));
  const cookie = toSetCookie(SESSION_COOKIE, signIn.cookie, { ...signIn, secure });
  return new Response(null, {
    status: 303,
    headers: { location: toNextPath(next), 'set-cookie': cookie },
  });
}
