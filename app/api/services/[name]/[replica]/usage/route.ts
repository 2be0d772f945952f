import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { answerQuery, parseWindow } from '#lib/server/answers/queries.ts';
import { notFound, toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/{key}/usage`: what a replica uses now, and in a time that is asked for. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ name: string; replica: string }> },
): Promise<Response> {
  return answerQuery(request, async (query) => {
    const { replica, ...raw } = await params;
    const name = toVisibleName(raw.name);
    const key = toVisibleName(replica);
    const vitals = await getVitals();
    const isPast = query.has('fromMs') || query.has('untilMs');
    const window = isPast ? parseWindow(query, Date.now()) : null;
    const usage = await vitals.usage.replica(name, key, window);
    return usage
      ? toJson(usage)
      : notFound(`No replica "${key}" of service "${name}" is known.`, vitals.picture().ready);
  });
}
