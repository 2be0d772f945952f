import { parseIncidentsQuery } from '#lib/server/answers/parse-incidents-query.ts';
import { answerQuery, refuseOthers } from '#lib/server/answers/queries.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { noFleet } from '#lib/server/fleet/no-fleet.ts';
import { getFleet } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/fleet/incidents?state=`: incidents of all swarms, where there are several. */
export async function GET(request: Request): Promise<Response> {
  const fleet = await getFleet();
  if (fleet === null) return noFleet();
  return answerQuery(request, async (query) => {
    refuseOthers(query, ['state']);
    return toJson(await fleet.incidents(parseIncidentsQuery(query, Date.now()).state));
  });
}
