import { getGate } from '#lib/server/access/get-gate.ts';
import { toJson } from '#lib/server/to-json.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/signed-out`: for the other servers (VITALS_PEERS); sealed, so that whoever else asks reads nothing. */
export async function GET(): Promise<Response> {
  const told = await getGate()?.tellSignOuts();
  if (told === undefined || told === null) return toJson({ error: 'Nobody signs in here.' }, 404);
  return new Response(told, { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
}
