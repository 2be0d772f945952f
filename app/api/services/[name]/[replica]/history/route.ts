import { answerReplica, type ReplicaRoute } from '#lib/server/answers/answer-named.ts';
import { answerQuery, parseWindow } from '#lib/server/answers/queries.ts';
import { noReplicaKnown } from '#words/pages/history.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/{key}/history`: one replica's probes, statuses and tasks over time. */
export function GET(request: Request, route: ReplicaRoute): Promise<Response> {
  return answerQuery(request, (query) => {
    const window = parseWindow(query, Date.now());
    return answerReplica(
      route,
      ({ history }, name, key) => history.replica(name, key, window),
      noReplicaKnown,
    );
  });
}
