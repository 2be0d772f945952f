import { answerReplica, type ReplicaRoute } from '#lib/server/answers/answer-named.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/{key}`: one replica with its probes, its life and its slot's earlier tasks. */
export function GET(_request: Request, route: ReplicaRoute): Promise<Response> {
  return answerReplica(route, (vitals, name, key) => vitals.replicaDetail(name, key));
}
