import { answerReplica, type ReplicaRoute } from '#lib/server/answers/answer-named.ts';
import { answerQuery, parseWindow } from '#lib/server/answers/queries.ts';
import { noReplicaKnown } from '#words/pages/history.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/{key}/usage`: what a replica uses now, and in a time that is asked for. */
export function GET(request: Request, route: ReplicaRoute): Promise<Response> {
  return answerQuery(request, (query) => {
    const isPast = query.has('fromMs') || query.has('untilMs');
    const window = isPast ? parseWindow(query, Date.now()) : null;
    return answerReplica(route, ({ usage }, name, key) => usage.replica(name, key, window), noReplicaKnown);
  });
}
