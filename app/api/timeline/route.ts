import { answerQuery, parseWindow } from '#lib/server/answers/queries.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/timeline?fromMs=&untilMs=`: what happened, counted by slots and lanes. */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, async (query) =>
    toJson(await (await getVitals()).timeline.read(parseWindow(query, Date.now()), request.signal)),
  );
}
