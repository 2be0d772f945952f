import { toSetCookie } from '#lib/server/access/cookies.ts';
import { isSecure } from '#lib/server/access/create-gate.ts';
import { getGate } from '#lib/server/access/get-gate.ts';
import { toVisitor } from '#lib/server/access/to-visitor.ts';

export const dynamic = 'force-dynamic';

/** `POST /api/logout`: the session ends here and now; its cookie opens nothing any more, wherever it is kept. */
export async function POST(request: Request): Promise<Response> {
  const visitor = toVisitor(request);
  await getGate()?.signOut(visitor);
  const headers = new Headers({ location: '/login', 'cache-control': 'no-store' });
  for (const kind of ['session', 'wall'] as const)
    headers.append('set-cookie', toSetCookie({ kind, value: '', maxAgeSeconds: 0 }, isSecure(visitor)));
  return new Response(null, { status: 303, headers });
}
