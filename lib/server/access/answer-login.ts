import { toPath } from '#lib/view/links/to-path.ts';
import { getGate } from './get-gate.ts';
import { toLoginPage } from './to-login-page.ts';
import { toNextPath } from './to-next-path.ts';

/** The page that asks for the password; `next` from its own address. */
export function answerLogin(
  request: Request,
  { next, problem, status }: { next: string | null; problem: string | null; status: number },
  headers: Record<string, string> = {},
): Response {
  if (getGate()?.config.mode.kind !== 'password')
    return new Response(null, { status: 303, headers: { location: '/' } });
  const page = toLoginPage({
    nonce: request.headers.get('x-nonce') ?? '',
    action: toPath('/api/login'),
    next: toNextPath(next),
    problem,
  });
  return new Response(page, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}
