import { answerLogin } from '#lib/server/access/answer-login.ts';
import { toSetCookie } from '#lib/server/access/cookies.ts';
import { isSecure } from '#lib/server/access/create-gate.ts';
import { getGate } from '#lib/server/access/get-gate.ts';
import { toNextPath } from '#lib/server/access/to-next-path.ts';
import { toVisitor } from '#lib/server/access/to-visitor.ts';
import { toWaitSentence } from '#lib/server/access/to-wait-sentence.ts';
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
    const problem = toWaitSentence(signIn.wait);
    const headers = { 'retry-after': String(signIn.wait.seconds) };
    return answerLogin(request, { next, problem, status: 429 }, headers);
  }
  const headers = new Headers({ location: toNextPath(next), 'cache-control': 'no-store' });
  for (const cookie of signIn.cookies) headers.append('set-cookie', toSetCookie(cookie, isSecure(visitor)));
  return new Response(null, { status: 303, headers });
}
