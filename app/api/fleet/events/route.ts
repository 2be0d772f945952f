import { parseEventsQuery } from '#lib/server/answers/parse-events-query.ts';
import { answerQuery, refuseOthers } from '#lib/server/answers/queries.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { noFleet } from '#lib/server/fleet/no-fleet.ts';
import { getFleet } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/fleet/events?untilMs=&level=`: what happened in all swarms, where there are several. */
export async function GET(request: Request): Promise<Response> {
  const fleet = await getFleet();
  if (fleet === null) return noFleet();
  return answerQuery(request, async (query) => {
    refuseOthers(query, ['untilMs', 'level']);
    const { untilMs, levels } = parseEventsQuery(query, Date.now());
    return toJson(await fleet.events({ untilMs, levels }));
  });
}
