import { answerLogin } from '#lib/server/access/answer-login.ts';

export const dynamic = 'force-dynamic';

/** Asks for the password. Not a page of React: it needs no script, and nothing of the swarm is in it. */
export function GET(request: Request): Response {
  const next = new URL(request.url).searchParams.get('next');
  return answerLogin(request, { next, problem: null, status: 200 });
}
