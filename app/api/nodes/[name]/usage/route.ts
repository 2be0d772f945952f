import { answerNode, type NamedRoute } from '#lib/server/answers/answer-named.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/nodes/{name}/usage`: what Swarm's containers on a node use; 409 when several nodes have that hostname. */
export const GET = (_request: Request, route: NamedRoute): Promise<Response> =>
  answerNode(route, (vitals, id) => vitals.usage.node(id));
