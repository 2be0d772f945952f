import { toJson } from '#lib/server/answers/to-json.ts';
import { noFleet } from '#lib/server/fleet/no-fleet.ts';
import { getFleet } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

const MAX_CHARS = 200;

/** `GET /api/fleet/search?q=`: services, nodes, replicas, tasks and containers of all swarms, where there are several. */
export async function GET(request: Request): Promise<Response> {
  const fleet = await getFleet();
  if (fleet === null) return noFleet();
  const query = new URL(request.url).searchParams.get('q') ?? '';
  return toJson(await fleet.find(query.slice(0, MAX_CHARS)));
}
