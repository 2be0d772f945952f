import { parseIncidentsQuery } from '#lib/server/answers/parse-incidents-query.ts';
import { answerQuery } from '#lib/server/answers/queries.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/incidents`: what belongs together of what was wrong, the newest first. */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, async (query) =>
    toJson(await (await getVitals()).incidents.list(parseIncidentsQuery(query, Date.now()))),
  );
}
