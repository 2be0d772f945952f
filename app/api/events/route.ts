import { parseEventsQuery } from '#lib/server/answers/parse-events-query.ts';
import { answerQuery } from '#lib/server/answers/queries.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/events`: what happened, newest first. */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, async (query) =>
    toJson(await (await getVitals()).history.events(parseEventsQuery(query, Date.now()))),
  );
}
