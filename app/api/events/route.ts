import { getVitals } from '#lib/server/get-vitals.ts';
import { parseEventsQuery } from '#lib/server/parse-events-query.ts';
import { answerQuery } from '#lib/server/queries.ts';
import { toJson } from '#lib/server/to-json.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/events`: what happened, newest first. */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, async (query) =>
    toJson(await getVitals().history.events(parseEventsQuery(query, Date.now()))),
  );
}
