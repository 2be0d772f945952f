import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { answerQuery, parseWindow } from '#lib/server/answers/queries.ts';
import { notFound, toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/history`: every slot over time. */
export function GET(request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  return answerQuery(request, async (query) => {
    const name = toVisibleName((await params).name);
    const vitals = await getVitals();
    const past = await vitals.history.service(name, parseWindow(query, Date.now()));
    return past ? toJson(past) : notFound(`No service "${name}" is known.`, vitals.picture().ready);
  });
}
