import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { answerQuery, parseWindow } from '#lib/server/answers/queries.ts';
import { notFound, toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/{key}/history`: one replica's probes, statuses and tasks over time. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ name: string; replica: string }> },
): Promise<Response> {
  return answerQuery(request, async (query) => {
    const { replica, ...raw } = await params;
    const name = toVisibleName(raw.name);
    const vitals = await getVitals();
    const past = await vitals.history.replica(name, replica, parseWindow(query, Date.now()));
    return past
      ? toJson(past)
      : notFound(`No replica "${replica}" of service "${name}" is known.`, vitals.picture().ready);
  });
}
