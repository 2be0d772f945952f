import { SESSION_COOKIE, WALL_COOKIE } from '#lib/server/access/create-gate.ts';
import { getGate } from '#lib/server/access/get-gate.ts';
import { toSetCookie } from '#lib/server/access/to-set-cookie.ts';
import { toVisitor } from '#lib/server/access/to-visitor.ts';

export const dynamic = 'force-dynamic';

/** `POST /api/logout`: the session ends here and now; its cookie opens nothing any more, wherever it is kept. */
export async function POST(request: Request): Promise<Response> {
  await getGate()?.signOut(toVisitor(request));
  const headers = new Headers({ location: '/login' });
  for (const name of [SESSION_COOKIE, WALL_COOKIE])
    headers.append('set-cookie', toSetCookie(name, '', { maxAgeSeconds: 0, secure: false }));
  return new Response(null, { status: 303, headers });
}
