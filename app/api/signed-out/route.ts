import { getGate } from '#lib/server/access/get-gate.ts';
import { toVisitor } from '#lib/server/access/to-visitor.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import * as words from '#words/pages/gone.ts';

export const dynamic = 'force-dynamic';

/**
 * `GET /api/signed-out`: for the other servers (VITALS_PEERS), who prove themselves. To everybody else, and where there
 * are no others, there is nothing here.
 */
export async function GET(request: Request): Promise<Response> {
  const sealed = (await getGate()?.answerPeer(toVisitor(request))) ?? null;
  if (sealed === null) return toJson({ error: words.nothingHere }, 404);
  return new Response(sealed, { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
}
