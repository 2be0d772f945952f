import { answerLog } from '#lib/server/answers/answer-log.ts';
import { type ReplicaRoute, readReplicaRoute } from '#lib/server/answers/answer-named.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/{key}/log?task=&tail=&follow=1&format=text`: what one replica, or one task of it, writes. */
export async function GET(request: Request, route: ReplicaRoute): Promise<Response> {
  const { name, key } = await readReplicaRoute(route);
  return answerLog(request, name, key);
}
